import { expect, test } from 'vitest';
import { NotSimulated } from '../../../../tools/not-simulated';
import { archiveCode } from '../../../../tools/rehearse/lambda/archive-code';
import { exampleFunction, handler, hosted, returnedBy, start, zipped } from './example-function';

const failing = (errorType: string, errorMessage: unknown) => ({ kind: 'failed', errorType, errorMessage });

test('the event goes in and the result comes out as JSON', async () => {
  const { invoke } = hosted(
    exampleFunction(handler('return { event, at: new Date(0), none: undefined, not: NaN };')),
  );

  expect(await invoke({ a: [1, undefined], when: new Date(0) })).toEqual({
    kind: 'returned',
    payload: {
      event: { a: [1, null], when: '1970-01-01T00:00:00.000Z' },
      at: '1970-01-01T00:00:00.000Z',
      not: null,
    },
  });
});

test('a handler may answer by promise, by callback and by the context', async () => {
  for (const code of [
    'exports.handler = () => Promise.resolve(1);',
    'exports.handler = (event, context, callback) => { callback(null, 1); callback(null, 2); };',
    'exports.handler = (event, context) => context.succeed(1);',
    'exports.handler = (event, context) => { context.done(null, 1); };',
  ]) {
    expect(await hosted(exampleFunction(code)).invoke()).toEqual({ kind: 'returned', payload: 1 });
  }
});

test('what a handler returns without a promise is not its result', async () => {
  expect(await hosted(exampleFunction('exports.handler = () => 5;')).invoke()).toEqual({
    kind: 'returned',
    payload: null,
  });
});

test('a callback’s result waits for what the process has still to do, unless it says otherwise', async () => {
  const code = (waits: boolean) => `exports.handler = (event, context, callback) => {
    context.callbackWaitsForEmptyEventLoop = ${waits};
    setTimeout(() => {}, 700);
    callback(null, 1);
  };`;
  const waiting = hosted(exampleFunction(code(true)));
  await waiting.invoke();
  const hasty = hosted(exampleFunction(code(false)));
  await hasty.invoke();

  expect([waiting.passed(), hasty.passed()]).toEqual([700, 0]);
});

test('a callback’s result waits for requests too', async () => {
  const { invoke, passed } = hosted(
    exampleFunction(
      'exports.handler = (event, context, callback) => { require("http").get("http://h/"); callback(null, 1); };',
    ),
  );

  expect(await invoke()).toEqual({ kind: 'returned', payload: 1 });
  expect(passed()).toBe(5);
});

test('timers and requests that are not waited for do not hold a callback’s result', async () => {
  const { invoke, passed } = hosted(
    exampleFunction(
      'exports.handler = (event, context, callback) => { setTimeout(() => {}, 9000).unref(); AbortSignal.timeout(9000); callback(null, 1); };',
    ),
  );

  await invoke();

  expect(passed()).toBe(0);
});

test.each([
  ['throw new TypeError("bad")', 'TypeError', 'bad'],
  ['return Promise.reject(new Error("later"))', 'Error', 'later'],
  ['throw "text"', 'string', 'text'],
  ['class Own extends Error { name = "Own" } throw new Own("mine")', 'Own', 'mine'],
  ['return { get a() { throw new Error("no") } }', 'Error', 'Unable to stringify response body'],
])('%s fails the invocation', async (body, errorType, errorMessage) => {
  const { invoke } = hosted(exampleFunction(handler(body)));

  expect(await invoke()).toEqual(failing(errorType, errorMessage));
});

test('a callback’s error fails the invocation, and an error thrown before any promise does', async () => {
  const called = 'exports.handler = (event, context, callback) => callback(new Error("called"));';
  const thrown = 'exports.handler = () => { throw new Error("thrown"); };';

  expect(await hosted(exampleFunction(called)).invoke()).toEqual(failing('Error', 'called'));
  expect(await hosted(exampleFunction(thrown)).invoke()).toEqual(failing('Error', 'thrown'));
});

test('an async handler whose promise nothing can settle any more fails', async () => {
  const { invoke } = hosted(exampleFunction(handler('await new Promise(() => {});')));

  expect(await invoke()).toMatchObject({ kind: 'failed', errorType: 'Runtime.NodeJsExit' });
});

test('an error in a timer ends the process and fails the invocation', async () => {
  const { invoke } = hosted(
    exampleFunction(
      `let n = 0; ${handler('if (n++ > 0) return n; setTimeout(() => { throw new RangeError("late") }, 50); await new Promise(() => {});')}`,
    ),
  );

  expect(await invoke()).toEqual(failing('RangeError', 'late'));
  expect(await invoke()).toEqual(failing('RangeError', 'late'));
});

test.each([
  [
    'exports.other = 1;',
    'index.handler',
    'Runtime.HandlerNotFound',
    'index.handler is undefined or not exported',
  ],
  ['exports.handler = 1;', 'index.handler', 'Runtime.HandlerNotFound', 'index.handler is not a function'],
  ['', 'index', 'Runtime.MalformedHandlerName', 'Bad handler'],
  ['', 'other.handler', 'Runtime.ImportModuleError', expect.stringContaining("Cannot find module 'other'")],
  [
    'require("left-pad")',
    'index.handler',
    'Runtime.ImportModuleError',
    "Error: Cannot find module 'left-pad'",
  ],
  ['const = 1', 'index.handler', 'Runtime.UserCodeSyntaxError', expect.stringContaining('SyntaxError')],
  ['throw new Error("no settings")', 'index.handler', 'Error', 'no settings'],
])('code that cannot be loaded, %s, fails each invocation', async (code, entry, type, message) => {
  const { invoke } = hosted(exampleFunction(code, { handler: entry }));

  expect(await invoke()).toEqual(failing(type, message));
  expect(await invoke()).toEqual(failing(type, message));
});

test('a process keeps its modules for the next invocation; at once there are as many as executions', async () => {
  const { host, clock } = hosted(
    exampleFunction(
      `let n = 0; ${handler('const mine = ++n; await new Promise((r) => setTimeout(r, 100)); return mine;')}`,
    ),
  );
  const first = [host.invoke({}), host.invoke({})];
  await clock.run();
  const second = [host.invoke({}), host.invoke({}), host.invoke({})];
  await clock.run();

  const payloads = (await Promise.all([...first, ...second])).map(
    (result) => 'payload' in result && result.payload,
  );
  expect(payloads).toEqual([1, 1, 2, 2, 1]);
});

test('no more executions at once than are reserved', async () => {
  const sleeping = exampleFunction(handler('await new Promise((r) => setTimeout(r, 100));'), {
    reservedConcurrency: 2,
  });
  const { host, clock } = hosted(sleeping);
  const results = [host.invoke({}), host.invoke({}), host.invoke({})];
  await clock.run();

  expect((await Promise.all(results)).map(({ kind }) => kind)).toEqual(['returned', 'returned', 'throttled']);
  const later = host.invoke({});
  await clock.run();
  expect((await later).kind).toBe('returned');
});

test('a function that takes too long is ended: what it had still to do does not happen', async () => {
  const { invoke, passed, requests, logs } = hosted(
    exampleFunction(
      `const http = require("node:http"); let n = 0; ${handler(`
        n++;
        if (event.wait > 3000) setTimeout(() => http.get("http://late/"), 5000);
        await new Promise((r) => setTimeout(r, event.wait));
        return n;`)}`,
      { timeoutSeconds: 3 },
    ),
  );

  expect(await invoke({ wait: 2999 })).toEqual({ kind: 'returned', payload: 1 });
  expect(await invoke({ wait: 3001 })).toEqual({ kind: 'timed-out' });
  expect(passed()).toBe(5999);
  expect(requests).toEqual([]);
  expect(logs.at(-1)).toMatch(/ Task timed out after 3\.00 seconds$/);
  expect(await invoke({ wait: 0 })).toEqual({ kind: 'returned', payload: 1 });
});

test('a process is frozen between invocations: its timers go on with the next', async () => {
  const { invoke, clock, logs } = hosted(
    exampleFunction(
      handler(
        'if (event.first) setTimeout(() => console.log("late"), 100); else await new Promise((r) => setTimeout(r, 50));',
      ),
    ),
  );
  await invoke({ first: true });
  await clock.run(start + 60_000);
  expect(logs).toEqual([]);

  await invoke({});

  expect(logs).toEqual([expect.stringMatching(/^2026-01-01T00:01:00\.000Z\t[-0-9a-f]{36}\tINFO\tlate$/)]);
});

test('what arrives while a process is frozen, and what its promises still begin, waits for the next invocation', async () => {
  const { invoke, clock, logs, requests } = hosted(
    exampleFunction(
      `const http = require("node:http"); ${handler(`
        if (!event.first) return new Promise((r) => setTimeout(r, 50));
        http.get("http://h/", () => process.stdout.write(Date.now() + " answered\\n"));
        Promise.resolve().then(() => {}).then(() => {}).then(() => {}).then(() => {}).then(() => {}).then(() => {
          setTimeout(() => process.stdout.write(Date.now() + " timer\\n"), 10);
        });
        return process.nextTick(() => {});`)}`,
    ),
  );
  await invoke({ first: true });
  await clock.run(start + 60_000);
  expect([requests.length, logs]).toEqual([1, []]);

  await invoke();

  expect(logs.sort()).toEqual([`${start + 60_000} answered`, `${start + 60_000} timer`]);
});

test('an error in a microtask or a tick ends the process', async () => {
  for (const later of ['queueMicrotask', 'process.nextTick']) {
    const code = `${later}(() => { throw new RangeError("soon") }); await new Promise((r) => setTimeout(r, 5));`;

    expect(await hosted(exampleFunction(handler(code))).invoke()).toEqual(failing('RangeError', 'soon'));
  }
});

test('a process that has ended does nothing any more, whatever its code goes on with', async () => {
  const { invoke, requests, logs } = hosted(
    exampleFunction(
      handler(
        'try { process.exit(1) } catch { require("http").get("http://h/"); console.log("still here"); }',
      ),
    ),
  );

  await invoke();

  expect([requests, logs]).toEqual([[], []]);
});

test('a killed process waits for no answer', async () => {
  let waiting = 0;
  const { invoke } = hosted(
    exampleFunction(
      handler('require("http").get("http://h/"); await new Promise((r) => setTimeout(r, 100));'),
    ),
    {
      faults: () => ({ killAfterMilliseconds: 10 }),
      network: () => {
        waiting++;
        return () => waiting--;
      },
    },
  );

  await invoke();

  expect(waiting).toBe(0);
});

test('a kill that came too late kills nothing else', async () => {
  const { host, clock } = hosted(
    exampleFunction(handler('await new Promise((r) => setTimeout(r, event.takes));')),
    {
      faults: (invocation) => (invocation === 1 ? { killAfterMilliseconds: 50 } : undefined),
    },
  );
  const both = host.invoke({ takes: 5 }).then(async (first) => [first, await host.invoke({ takes: 100 })]);
  await clock.run();

  expect((await both).map(({ kind }) => kind)).toEqual(['returned', 'returned']);
});

test('a clock is told while a function is at work, and no longer', async () => {
  let working = 0;
  const seen: number[] = [];
  const { invoke } = hosted(exampleFunction(handler('process.stdout.write("x\\n");')), {
    onLog: () => seen.push(working),
    asyncWork: () => {
      working++;
      return () => working--;
    },
  });

  await invoke();

  expect([seen, working]).toEqual([[1], 0]);
});

test('a killed process fails its invocation; requests that it made stay made', async () => {
  const { invoke, requests, passed } = hosted(
    exampleFunction(
      `const http = require("node:http"); let n = 0; ${handler(`
        n++;
        http.get("http://a/1");
        await new Promise((r) => setTimeout(r, 20));
        http.get("http://a/2");
        await new Promise((r) => setTimeout(r, 20));
        return n;`)}`,
    ),
    { faults: (invocation) => (invocation === 2 ? { killAfterMilliseconds: 10 } : undefined) },
  );

  expect(await invoke()).toEqual({ kind: 'returned', payload: 1 });
  expect(await invoke()).toEqual(
    failing(
      'Runtime.ExitError',
      expect.stringMatching(/^RequestId: .{36} Error: Runtime exited with error: signal: killed$/),
    ),
  );
  expect([requests.length, passed()]).toEqual([3, 50]);
  expect(await invoke()).toEqual({ kind: 'returned', payload: 1 });
});

test.each([
  [0, 'Runtime exited without providing a reason'],
  [3, 'Runtime exited with error: exit status 3'],
])('a process that exits with %i fails its invocation', async (status, reason) => {
  const { invoke } = hosted(exampleFunction(handler(`process.exit(${status}); return 1;`)));

  expect(await invoke()).toEqual(failing('Runtime.ExitError', expect.stringContaining(`Error: ${reason}`)));
});

test('a function whose role Lambda may not assume is not started', async () => {
  const { invoke } = hosted(exampleFunction(handler('return 1')), { credentials: () => undefined });

  expect(await invoke()).toEqual(
    failing('AccessDeniedException', 'The role defined for the function cannot be assumed by Lambda.'),
  );
});

test('events and responses have at most six megabytes', async () => {
  const { invoke } = hosted(exampleFunction(handler('return "x".repeat(event.size ?? 0)')));

  expect(await invoke({ text: 'x'.repeat(6_291_456 - 11) })).toMatchObject({ kind: 'returned' });
  expect(await invoke({ text: 'x'.repeat(6_291_456 - 10) })).toMatchObject({
    errorType: 'RequestEntityTooLargeException',
  });
  expect(await invoke({ size: 6_291_556 - 2 })).toMatchObject({ kind: 'returned' });
  expect(await invoke({ size: 6_291_556 - 1 })).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
});

test('the context tells about the function, and how much time is left', async () => {
  const { invoke } = hosted(
    exampleFunction(
      handler(`
        const before = context.getRemainingTimeInMillis();
        await new Promise((r) => setTimeout(r, 1500));
        return { ...context, left: [before, context.getRemainingTimeInMillis()] };`),
    ),
  );

  expect(await invoke()).toEqual({
    kind: 'returned',
    payload: {
      callbackWaitsForEmptyEventLoop: true,
      functionName: 'dev-f',
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
      invokedFunctionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:dev-f',
      logGroupName: '/aws/lambda/dev-f',
      logStreamName: expect.stringMatching(/^2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/),
      awsRequestId: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      left: [30_000, 28_500],
    },
  });
});

test('a function sees Lambda’s variables and its own, and none of this machine', async () => {
  const { invoke } = hosted(
    exampleFunction(handler('process.env.N = 1; return { ...process.env, asText: process.env.N === "1" };'), {
      variables: new Map([['OWN', 'value']]),
    }),
  );

  const { payload } = (await invoke()) as { payload: Record<string, unknown> };
  expect(payload).toMatchObject({
    OWN: 'value',
    asText: true,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SESSION_TOKEN: 'token',
    AWS_LAMBDA_FUNCTION_NAME: 'dev-f',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
    _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-6955b900-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/),
  });
  expect(
    Object.keys(payload).filter((name) => name in process.env && name !== 'LANG' && name !== 'TZ'),
  ).toEqual([]);
});

test('what a function uses and nobody knows how to simulate ends the rehearsal, even if it catches that', async () => {
  const { invoke } = hosted(
    exampleFunction(`const net = require("net"); ${handler('try { net.connect(1) } catch {} return 1;')}`),
  );

  const failure = invoke();

  await expect(failure).rejects.toThrow(NotSimulated);
  await expect(failure).rejects.toThrow('dev-x: aws_lambda_function.f: node:net.connect is not simulated');
});

test('lines come out whole, with what stands before them in Lambda’s log', async () => {
  const { invoke, logs } = hosted(
    exampleFunction(
      handler(
        'process.stdout.write("one\\ntw"); process.stderr.write("o\\nthr"); console.warn("%d\\nlines", 2);',
      ),
    ),
  );
  await invoke();

  expect(logs).toEqual([
    'one',
    'two',
    expect.stringMatching(/^thr2026-01-01T00:00:00\.000Z\t[-0-9a-f]{36}\tWARN\t2\rlines$/),
  ]);
});

test('a line that has no end comes out with the invocation’s', async () => {
  const { invoke, logs } = hosted(exampleFunction(handler('process.stdout.write("no end");')));
  await invoke();

  expect(logs).toEqual(['no end']);
});

test('the code of an archive is unpacked and compiled once', () => {
  const archive = zipped({ 'index.js': '1' });

  expect(archiveCode({ ...archive }, 'a')).toBe(archiveCode({ ...archive }, 'b'));
});

test('a module that failed while it was loaded is loaded anew', async () => {
  const { invoke } = hosted(
    exampleFunction({
      'index.js': handler(
        'const errors = []; for (let n = 0; n < 2; n++) try { require("./bad") } catch (error) { errors.push(error.message) } return errors;',
      ),
      'bad.js': 'exports.half = 1; throw new Error("bad");',
    }),
  );

  expect(await invoke()).toMatchObject({ payload: ['bad', 'bad'] });
});

test('processes share nothing', async () => {
  const code = `globalThis.seen = (globalThis.seen ?? 0) + 1; ${handler('return [globalThis.seen, Math.random()]')}`;
  const [a, b] = [
    await hosted(exampleFunction(code)).invoke(),
    await hosted(exampleFunction(code), { seed: 'b' }).invoke(),
  ];

  expect(a).toMatchObject({ payload: [1, expect.any(Number)] });
  expect(b).toMatchObject({ payload: [1, expect.any(Number)] });
  expect(a).not.toEqual(b);
  expect('seen' in globalThis).toBe(false);
});

test('ES modules, import() and several files are loaded as Node does', async () => {
  const esModule = exampleFunction(
    {
      'app/index.mjs':
        'import { handlerOf } from "./other.mjs"; import path from "node:path"; export const handler = handlerOf(path);',
      'app/other.mjs':
        'export const handlerOf = (path) => async () => { const { basename } = await import("node:path"); return [basename("/a/b"), path.basename("/c/d"), "import(1)"]; };',
    },
    { handler: 'app/index.handler' },
  );
  const commonJs = exampleFunction({
    'index.js':
      '#!/usr/bin/env node\nconst process = require("process"); const other = require("./other"); exports.handler = async () => [other.n, require("./data").d, require("./other") === other, process.cwd(), __filename];',
    'other.js': 'module.exports = { n: 1 };',
    'data.json': '{"d":2}',
  });

  expect(await hosted(esModule).invoke()).toMatchObject({ payload: ['b', 'd', 'import(1)'] });
  expect(await hosted(commonJs).invoke()).toMatchObject({
    payload: [1, 2, true, '/var/task', '/var/task/index.js'],
  });
});

test('a result of chance is the seed’s', async () => {
  const body =
    'return [Math.random(), crypto.randomUUID(), require("crypto").randomBytes(4).toString("hex")]';

  expect(await returnedBy(body)).toEqual(await returnedBy(body));
  expect(await returnedBy(body)).not.toEqual(await returnedBy(body, { seed: 'other' }));
});

test('an error that a function gives back or throws is in its log, as Lambda’s runtime writes it', async () => {
  const line = (stack: unknown) =>
    expect.stringMatching(
      new RegExp(
        `^[-0-9T:.]+Z\\t[-0-9a-f]{36}\\tERROR\\tInvoke Error \\t\\{"errorType":"TypeError",.*"stack":\\[${stack}`,
      ),
    );
  for (const code of ['throw new TypeError("bad")', 'await null; throw new TypeError("bad")']) {
    const { invoke, logs } = hosted(exampleFunction(handler(code)));
    await invoke();

    expect(logs).toEqual([line('"TypeError: bad"')]);
    expect(JSON.parse(logs[0]?.split('\t').at(-1) ?? '')).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'bad',
    });
    expect(logs[0]).not.toContain('/tools/rehearse/');
  }
});

test('a function that succeeds, and a callback without an error, log no error', async () => {
  const { invoke, logs } = hosted(exampleFunction('exports.handler = (e, c, done) => done(null, 1);'));
  await invoke();

  expect(logs).toEqual([]);
});
