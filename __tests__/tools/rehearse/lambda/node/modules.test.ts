import { expect, test } from 'vitest';
import { exampleFunction, handler, hosted, returnedBy } from '../example-function';

test('modules that compute are Node’s, under both of their names', async () => {
  expect(
    await returnedBy(`
      const { createHash } = require("crypto");
      return [
        createHash("sha256").update("a").digest("hex").slice(0, 8),
        require("node:path") === require("path"),
        require("zlib").gunzipSync(require("node:zlib").gzipSync("zip")).toString(),
        require("util").inspect({ a: 1 }),
        require("net").isIP("::1"),
      ];`),
  ).toEqual(['ca978112', true, 'zip', '{ a: 1 }', 6]);
});

test('the machine is Lambda’s', async () => {
  expect(
    await returnedBy(`
      const os = require("os");
      return [process.platform, process.arch, process.cwd(), os.tmpdir(), os.homedir(), os.platform(), process.argv0, require("worker_threads").isMainThread, require("tty").isatty(1), require("process") === process];`),
  ).toEqual([
    'linux',
    'arm64',
    '/var/task',
    '/tmp',
    '/home/sbx_user1051',
    'linux',
    'node',
    true,
    false,
    true,
  ]);
});

test('files are those of the archive; where nothing is, nothing is found', async () => {
  const { invoke } = hosted(
    exampleFunction({
      'index.js': handler(`
        const fs = require("fs");
        const missing = [];
        for (const file of ["/var/task/none", "/home/sbx_user1051/.aws/config", "/tmp/x"]) {
          try { fs.readFileSync(file); } catch (error) { missing.push(error.code); }
        }
        await fs.promises.readFile("/opt/x").catch((error) => missing.push(error.code));
        return [fs.readFileSync(__dirname + "/a.txt", "utf8"), (await require("fs/promises").readFile("a.txt")).length, fs.existsSync("b.txt"), missing,
          await new Promise((r) => fs.readFile("a.txt", { encoding: "hex" }, (error, text) => r(text)))];`),
      'a.txt': 'text',
    }),
  );

  expect(await invoke()).toMatchObject({
    payload: ['text', 4, false, ['ENOENT', 'ENOENT', 'ENOENT', 'ENOENT'], '74657874'],
  });
});

test.each([
  ['require("net").createConnection(1)', 'node:net.createConnection'],
  ['new (require("tls").TLSSocket)()', 'node:tls.TLSSocket'],
  ['require("dns").promises.resolve("x")', 'node:dns.promises.resolve'],
  ['require("child_process").execSync("true")', 'node:child_process.execSync'],
  ['require("http2").connect("https://x")', 'node:http2.connect'],
  ['new (require("worker_threads").Worker)("x")', 'node:worker_threads.Worker'],
  ['require("fs").writeFileSync("/tmp/x", "")', 'node:fs.writeFileSync'],
  ['require("fs").readFileSync("/etc/passwd")', 'the file /etc/passwd'],
  ['require("fs").readFileSync("/optional/x")', 'the file /optional/x'],
  ['await require("fs/promises").writeFile("/tmp/x", "")', 'node:fs/promises.writeFile'],
  ['require("zlib").gzip("x", () => {})', 'node:zlib.gzip'],
  ['require("crypto").pbkdf2("a", "b", 1, 1, "sha1", () => {})', 'node:crypto.pbkdf2'],
  ['await crypto.subtle.digest("SHA-256", new Uint8Array())', 'crypto.subtle.digest'],
  ['require("os").hostname()', 'node:os.hostname'],
  ['performance.mark("x")', 'performance.mark'],
  ['process.memoryUsage()', 'process.memoryUsage'],
  ['console.table([])', 'console.table'],
  ['new MessageChannel()', 'MessageChannel'],
  ['awslambda.streamifyResponse(() => {})', 'awslambda.streamifyResponse'],
  ['require("@aws-sdk/client-s3")', 'the package @aws-sdk/client-s3, which is not in the archive,'],
])('%s is not simulated', async (code, what) => {
  await expect(returnedBy(`try { ${code} } catch {}`)).rejects.toThrow(
    `dev-x: aws_lambda_function.f: ${what} is not simulated`,
  );
});

test('to name what is not simulated is no use of it', async () => {
  expect(
    await returnedBy(`
      const { promises, createReadStream } = require("fs"); const { Socket } = require("net"); class Own extends Socket {}
      return [typeof createReadStream, typeof promises, typeof Own, typeof fetch, typeof WebSocket];`),
  ).toEqual(['function', 'object', 'function', 'function', 'function']);
});
