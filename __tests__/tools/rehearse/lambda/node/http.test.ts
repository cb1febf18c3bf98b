import { expect, test } from 'vitest';
import { exampleFunction, handler, hosted, type Respond, returnedBy } from '../example-function';

const setup = 'const http = require("node:http"), https = require("node:https"); const events = [];';

/** Notes what a request tells. */
const noted = (request: string) => `
  const request = ${request};
  request.on("socket", () => events.push("socket"));
  request.on("timeout", () => events.push("timeout"));
  request.on("error", (error) => events.push([error.code, error.message]));
  await new Promise((resolve) => {
    request.on("close", () => { events.push("close"); resolve(); });
    request.on("response", (response) => {
      events.push(response.statusCode);
      response.on("error", (error) => events.push("response " + error.code));
      response.on("end", () => events.push("end"));
      if (event.read !== false) response.resume();
    });
    request.end();
  });
  return events;`;

const run = (body: string, respond?: Respond) => returnedBy(setup + body, respond && { respond });

test('a response comes with its status, headers and body', async () => {
  const body = `
    const response = await new Promise((resolve) => https.get("https://user:pass@host:8443/a?b=c", { headers: { "X-A": ["1", "2"] } }, resolve));
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) text += chunk;
    const { statusCode, statusMessage, headers, rawHeaders, httpVersion, complete } = response;
    return { statusCode, statusMessage, headers, rawHeaders, httpVersion, complete, text };`;
  const { invoke, requests } = hosted(exampleFunction(handler(setup + body)), {
    respond: () => ({
      status: 404,
      headers: { 'content-type': 'text/plain', 'set-cookie': 'a=1' },
      body: '고객',
    }),
  });

  expect(await invoke()).toMatchObject({
    payload: {
      statusCode: 404,
      statusMessage: 'Not Found',
      headers: { 'content-type': 'text/plain', 'set-cookie': ['a=1'] },
      rawHeaders: ['content-type', 'text/plain', 'set-cookie', 'a=1'],
      httpVersion: '1.1',
      complete: true,
      text: '고객',
    },
  });
  expect(requests).toMatchObject([
    {
      request: { protocol: 'https', method: 'GET', host: 'host:8443', path: '/a?b=c', body: Buffer.alloc(0) },
    },
  ]);
  expect(Object.fromEntries(requests[0]?.request.headers ?? [])).toEqual({
    'x-a': '1, 2',
    authorization: 'Basic dXNlcjpwYXNz',
    host: 'host:8443',
    connection: 'keep-alive',
  });
});

test('a body is sent whole, written in parts or piped', async () => {
  const body = `
    const { Readable } = require("stream");
    const post = (send) => new Promise((resolve) => send(http.request({ host: "h", port: 80, path: "/", method: "post" }, resolve)));
    await post((request) => { request.write("a"); request.setHeader("X-Late", 1); request.end(Buffer.from("b")); });
    await post((request) => Readable.from(["c", "d"]).pipe(request));`;
  const { invoke, requests } = hosted(exampleFunction(handler(setup + body)));
  await invoke();

  expect(
    requests.map(({ request }) => [
      request.body.toString(),
      request.host,
      request.headers.get('content-length'),
      request.headers.get('x-late'),
    ]),
  ).toEqual([
    ['ab', 'h', '2', '1'],
    ['cd', 'h', '2', undefined],
  ]);
});

test.each([
  ['ECONNREFUSED', 'connect ECONNREFUSED h:81'],
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND h'],
  ['ETIMEDOUT', 'connect ETIMEDOUT h:81'],
  ['ECONNRESET', 'read ECONNRESET'],
] as const)('%s is an error of Node’s, and the request closes', async (fault, text) => {
  expect(await run(noted('http.get("http://h:81/")'), () => fault)).toEqual([
    'socket',
    [fault, text],
    'close',
  ]);
});

test('an error that nobody listens for ends the process', async () => {
  const { invoke } = hosted(
    exampleFunction(handler(`${setup} http.get("http://h/"); await new Promise((r) => setTimeout(r, 100));`)),
    { respond: () => 'ENOTFOUND' },
  );

  expect(await invoke()).toMatchObject({ kind: 'failed', errorMessage: 'getaddrinfo ENOTFOUND h' });
});

test('an error in a listener of a response ends the process', async () => {
  const { invoke } = hosted(
    exampleFunction(
      handler(
        `${setup} http.get("http://h/", (response) => response.on("data", () => { throw new RangeError("in data"); })); await new Promise((r) => setTimeout(r, 100));`,
      ),
    ),
    { respond: () => ({ body: 'x' }) },
  );

  expect(await invoke()).toMatchObject({ kind: 'failed', errorType: 'RangeError' });
});

test('a request that is destroyed hangs up, before a response as an error of its own', async () => {
  expect(await run(noted('http.get("http://h/"); setTimeout(() => request.destroy(), 3)'))).toEqual([
    'socket',
    ['ECONNRESET', 'socket hang up'],
    'close',
  ]);
  expect(
    await run(noted('http.get("http://h/"); setTimeout(() => request.destroy(new Error("mine")), 3)')),
  ).toEqual(['socket', [undefined, 'mine'].map((part) => part ?? null), 'close']);
  expect(
    await run(
      `event.read = false; ${noted('http.get("http://h/"); setTimeout(() => request.destroy(), 9)')}`,
      () => ({
        body: 'x',
      }),
    ),
  ).toEqual(['socket', 200, 'response ECONNRESET', 'close']);
});

test('nobody has to listen for the end of a response that was given up, and nobody waits for an answer then', async () => {
  let waiting = 0;
  const { invoke } = hosted(
    exampleFunction(
      handler(`${setup}
        await new Promise((resolve) => http.get("http://h/", (response) => { response.destroy(); resolve(); }));
        const request = http.get("http://silent/").on("error", () => {});
        await new Promise((r) => setImmediate(r));
        request.destroy();
        await new Promise((r) => setTimeout(r, 5));
        return "alive";`),
    ),
    {
      network: ({ host }, answer) => {
        waiting++;
        if (host === 'h') {
          process.nextTick(() => {
            waiting--;
            answer({ status: 200, headers: new Map(), body: Buffer.from('x') });
          });
        }
        return () => waiting--;
      },
    },
  );

  expect(await invoke()).toEqual({ kind: 'returned', payload: 'alive' });
  expect(waiting).toBe(0);
});

test('a signal aborts a request', async () => {
  expect(await run(noted('http.get("http://h/", { signal: AbortSignal.timeout(3) })'))).toEqual([
    'socket',
    ['ABORT_ERR', 'The operation was aborted'],
    'close',
  ]);
});

test('a timeout tells, and ends nothing', async () => {
  const waiting = (timeout: string) => run(noted(timeout), (_request, count) => (count ? {} : 'silence'));

  expect(await waiting('http.get("http://h/", { timeout: 3 })')).toEqual([
    'socket',
    'timeout',
    200,
    'end',
    'close',
  ]);
  expect(await waiting('http.get("http://h/").setTimeout(3)')).toEqual([
    'socket',
    'timeout',
    200,
    'end',
    'close',
  ]);
  expect(await waiting('http.get("http://h/", { timeout: 30 })')).toEqual(['socket', 200, 'end', 'close']);
});

test('an agent opens so many sockets and no more, and uses them again where it keeps them alive', async () => {
  const body = `
    const agent = new http.Agent({ keepAlive: event.keepAlive, maxSockets: 2 });
    const get = () => new Promise((resolve) => { const request = http.get({ host: "h", agent }, (response) => response.resume().on("end", () => resolve(request.reusedSocket))); });
    const waiting = [get(), get(), get()];
    await new Promise((r) => setImmediate(r));
    const during = [agent.sockets["h:80:"].length, agent.requests["h:80:"].length];
    const reused = await Promise.all(waiting);
    await new Promise((r) => setTimeout(r, 1));
    return [during, reused, Object.keys(agent.sockets), agent.freeSockets["h:80:"]?.length ?? 0];`;
  const { invoke, requests } = hosted(exampleFunction(handler(setup + body)));

  expect(await invoke({ keepAlive: true })).toMatchObject({ payload: [[2, 1], [false, false, true], [], 2] });
  expect(requests.map(({ at }) => at)).toEqual([0, 0, 5]);
  expect(await invoke({ keepAlive: false })).toMatchObject({
    payload: [[2, 1], [false, false, false], [], 0],
  });
});

test('an agent does not use a broken connection again, nor count it', async () => {
  const body = `
    const agent = new http.Agent({ keepAlive: true, maxTotalSockets: 1 });
    const get = () => http.get({ host: "h", agent }).on("error", () => {});
    const broken = get(), given = get(), last = get();
    await new Promise((r) => setImmediate(r));
    given.destroy();
    await new Promise((r) => setImmediate(r));
    const left = agent.requests["h:80:"].length;
    broken.destroy();
    await new Promise((resolve) => last.on("response", (response) => response.resume().on("end", resolve)));
    return [left, last.reusedSocket];`;

  expect(await run(body)).toEqual([1, false]);
});

test('a connection that was closed counts no more', async () => {
  const body = `
    const agent = new http.Agent({ maxTotalSockets: 1 });
    const get = () => new Promise((resolve) => http.get({ host: "h", agent }, (response) => response.resume().on("end", resolve)));
    await get();
    await new Promise((r) => setTimeout(r, 1));
    await get();
    return "both";`;

  expect(await run(body)).toBe('both');
});

test('an unheard error of a response whose request was destroyed ends nothing', async () => {
  const body = `
    await new Promise((resolve) => { const request = http.get("http://h/", () => { request.destroy(); resolve(); }); });
    await new Promise((r) => setTimeout(r, 5));
    return "alive";`;

  expect(await run(body, () => ({ body: 'x' }))).toBe('alive');
});

test('a connection that is free does not time out for who used it', async () => {
  const body = `
    const agent = new http.Agent({ keepAlive: true });
    const request = http.get({ host: "h", agent }, (response) => response.resume());
    request.on("socket", (socket) => socket.setTimeout(20, () => events.push("timeout")));
    await new Promise((r) => setTimeout(r, 100));
    return events;`;

  expect(await run(body)).toEqual([]);
});

test('a response that nobody reads does not hold its socket', async () => {
  const body = `
    const agent = new http.Agent({ maxSockets: 1 });
    for (let n = 0; n < 2; n++) http.get({ host: "h", agent }).on("error", () => {});
    await new Promise((r) => setTimeout(r, 100));`;
  const { invoke, requests } = hosted(exampleFunction(handler(setup + body)), {
    respond: () => ({ body: 'x' }),
  });
  await invoke();

  expect(requests.map(({ at }) => at)).toEqual([0, 5]);
});

test('HEAD has no body, and 100-continue is answered', async () => {
  expect(
    await run(
      'return new Promise((resolve) => http.request({ host: "h", method: "HEAD" }, async (response) => { let n = 0; for await (const chunk of response) n += chunk.length; resolve(n); }).end());',
      () => ({ body: 'text' }),
    ),
  ).toBe(0);
  expect(
    await run(
      'return new Promise((resolve) => { const request = http.request({ host: "h", method: "PUT", headers: { Expect: "100-continue" } }, () => resolve("response")); request.on("continue", () => request.end("body")); });',
    ),
  ).toBe('response');
});

test.each([
  ['http.request({ socketPath: "/x" })', 'the option socketPath of a request'],
  ['http.request({ agent: { addRequest() {} } })', 'a request of node:http through an agent of another kind'],
  ['http.createServer()', 'node:http.createServer'],
  ['fetch("http://h/")', 'fetch'],
])('%s is not simulated', async (code, what) => {
  await expect(run(`${code};`)).rejects.toThrow(`${what} is not simulated`);
});

test.each([
  ['http.get("https://h/")', 'ERR_INVALID_PROTOCOL'],
  ['http.get({ path: "/a b" })', 'ERR_UNESCAPED_CHARACTERS'],
  ['http.get({ headers: { a: "b\\nc" } })', 'ERR_INVALID_CHAR'],
  ['http.get({ headers: { a: undefined } })', 'ERR_HTTP_INVALID_HEADER_VALUE'],
])('%s is refused as by Node', async (code, error) => {
  expect(await run(`try { ${code}; } catch (error) { return error.code; }`)).toBe(error);
});
