import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { functionArchive } from '../../synthesis/function-archive';
import { projectRoot } from '../../synthesis/project-root';

const FUNCTIONS = ['archive-to-s3', 'websocket-reply'];
const CACHE = 'node_modules/.cache/function-archive';

const root = projectRoot();
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'function-archive-')));

afterEach(() => vi.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true }));

const code = (name: string) =>
  strFromU8(unzipSync(functionArchive(name).bytes)['index.js'] ?? new Uint8Array());
const cached = (project: string) => readdirSync(path.join(project, CACHE)).sort();
const workIn = (directory: string) => vi.spyOn(process, 'cwd').mockReturnValue(directory);

/** A copy of what decides the archives, with this project's packages and no cache. */
function copyOfProject(name: string): string {
  const copy = path.join(folder, name);
  mkdirSync(path.join(copy, 'node_modules'), { recursive: true });
  for (const part of ['lambda-src', 'package.json', 'package-lock.json', 'cdktf.json']) {
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  }
  for (const entry of readdirSync(path.join(root, 'node_modules')).filter((entry) => entry !== '.cache')) {
    symlinkSync(path.join(root, 'node_modules', entry), path.join(copy, 'node_modules', entry));
  }
  return copy;
}

describe('an archive', () => {
  test.each(FUNCTIONS)('of %s holds index.js alone, with a fixed time and mode', (name) => {
    const { bytes } = functionArchive(name);
    const zip = Buffer.from(bytes);
    const header = zip.indexOf(Buffer.from('PK\u0001\u0002'));

    expect(Object.keys(unzipSync(bytes))).toEqual(['index.js']);
    expect({
      madeOnUnix: zip.readUInt8(header + 5),
      time: zip.readUInt16LE(header + 12),
      date: zip.readUInt16LE(header + 14),
      mode: (zip.readUInt32LE(header + 38) >>> 16).toString(8),
    }).toEqual({ madeOnUnix: 3, time: 12 << 11, date: (1 << 5) | 1, mode: '100644' });
  });

  test('comes with its handler, file name and the hash that Terraform computes over the file', () => {
    const { bytes, ...rest } = functionArchive('websocket-reply');

    expect(rest).toEqual({
      sha256Base64: createHash('sha256').update(bytes).digest('base64'),
      fileName: 'websocket-reply.zip',
      handler: 'index.handler',
    });
  });

  test.each(FUNCTIONS)('of %s holds no path of this machine', (name) => {
    const text = code(name);
    for (const leak of [root, homedir(), tmpdir(), 'node_modules', 'lambda-src', 'sourceMappingURL']) {
      expect(text.includes(`${leak}/`), leak).toBe(false);
    }
  });

  test.each(FUNCTIONS)('of %s needs nothing but Node', (name) => {
    const required = [...code(name).matchAll(/\b(?:require|import)\("([^"]+)"\)/g)].map(
      (match) => match[1] ?? '',
    );

    expect(required).toContain('node:https');
    expect(required.filter((module) => !builtinModules.includes(module.replace('node:', '')))).toEqual(
      // S3's client loads this one by itself, only for access points of several regions.
      name === 'archive-to-s3' ? ['@aws-sdk/signature-v4-crt', '@aws-sdk/signature-v4-crt'] : [],
    );
  });

  test.each([
    ['websocket-reply', 75_000],
    ['archive-to-s3', 115_000],
  ])('of %s is smaller than %i bytes, without credential providers that Lambda never uses', (name, limit) => {
    expect(functionArchive(name).bytes.length).toBeLessThan(limit);
    expect(['sso-oidc', 'AssumeRoleWithWebIdentity'].filter((sign) => code(name).includes(sign))).toEqual([]);
  });

  test('is the same from any folder, at any file time, umask, time zone and language', () => {
    const program = buildSync({
      stdin: {
        contents: `import { functionArchive } from './synthesis/function-archive';
          for (const name of process.argv.slice(2)) console.log(functionArchive(name).sha256Base64);`,
        resolveDir: root,
      },
      bundle: true,
      platform: 'node',
      packages: 'external',
      write: false,
    }).outputFiles[0]?.text;
    const hashes = (project: string, umask: string, TZ: string, LANG: string, time: Date) => {
      for (const file of readdirSync(path.join(project, 'lambda-src'), {
        recursive: true,
        encoding: 'utf8',
      })) {
        utimesSync(path.join(project, 'lambda-src', file), time, time);
      }
      writeFileSync(path.join(project, 'program.cjs'), program ?? '');
      const script = `umask ${umask} && exec "$0" program.cjs ${FUNCTIONS.join(' ')}`;
      const env = { PATH: process.env.PATH, TZ, LANG };
      const lines = execFileSync('/bin/sh', ['-c', script, process.execPath], { cwd: project, env });
      return lines.toString().trim().split('\n');
    };

    const here = FUNCTIONS.map((name) => functionArchive(name).sha256Base64);
    const one = hashes(copyOfProject('one'), '022', 'UTC', 'C', new Date('2001-02-03T04:05:06Z'));
    const other = hashes(
      copyOfProject('another place/deeper/b'),
      '077',
      'Asia/Seoul',
      'ko_KR.UTF-8',
      new Date('2031-12-31T23:59:59Z'),
    );
    const west = hashes(copyOfProject('west'), '000', 'Pacific/Pago_Pago', 'de_DE.UTF-8', new Date(0));

    expect([one, other, west]).toEqual([here, here, here]);
  });
});

describe('the cache', () => {
  test('saves the bundling: with it, packages that are gone are not missed', () => {
    const project = copyOfProject('cached');
    workIn(project);
    const made = functionArchive('websocket-reply');
    rmSync(path.join(project, 'node_modules/@aws-sdk'));

    expect(functionArchive('websocket-reply')).toEqual(made);
    expect(() => functionArchive('archive-to-s3')).toThrow('@aws-sdk/client-s3');
    expect(cached(project)).toEqual([expect.stringMatching(/^websocket-reply-[0-9a-f]{64}$/)]);
  });

  test.each([
    ['a file of the function', 'lambda-src/websocket-reply/reply.ts'],
    ['a file that functions share', 'lambda-src/shared/log.ts'],
    ['package-lock.json', 'package-lock.json'],
    ['package.json', 'package.json'],
    ['what npm has installed', 'node_modules/.package-lock.json'],
  ])('has no entry yet after a change of %s', (_, file) => {
    const project = copyOfProject(`changed ${path.basename(file)}`);
    workIn(project);
    functionArchive('websocket-reply');
    const before = cached(project);
    const changed = `${readFileSync(path.join(project, file), 'utf8')}\n`;
    rmSync(path.join(project, file));
    writeFileSync(path.join(project, file), changed);

    functionArchive('websocket-reply');

    expect(cached(project)).toHaveLength(2);
    expect(cached(project)).toEqual(expect.arrayContaining(before));
  });

  test('follows the code: other code gives other bytes', () => {
    const project = copyOfProject('other code');
    workIn(project);
    const before = functionArchive('websocket-reply');
    appendFileSync(path.join(project, 'lambda-src/websocket-reply/index.ts'), '\nexport const other = 1;\n');

    expect(functionArchive('websocket-reply').sha256Base64).not.toBe(before.sha256Base64);
  });

  test.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 1_000)],
    ['empty', () => Buffer.alloc(0)],
    [
      'altered',
      (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === 5_000 ? byte ^ 1 : byte))),
    ],
  ])('is made again when its file is %s', (how, damaged) => {
    const project = copyOfProject(`damaged ${how}`);
    workIn(project);
    const made = functionArchive('websocket-reply');
    const file = path.join(project, CACHE, cached(project)[0] ?? '');
    const whole = readFileSync(file);
    writeFileSync(file, damaged(whole));

    expect(functionArchive('websocket-reply')).toEqual(made);
    expect(readFileSync(file).equals(whole)).toBe(true);
  });

  test('is not needed: where its folder cannot be made, the archive is the same', () => {
    const project = copyOfProject('no cache');
    writeFileSync(path.join(project, 'node_modules/.cache'), '');
    const expected = functionArchive('websocket-reply');
    workIn(project);

    expect(functionArchive('websocket-reply')).toEqual(expected);
  });
});

describe('errors', () => {
  test.each(['reply', 'shared', '', '../lambda-src/websocket-reply'])(
    '%j is no function: those there are are named',
    (name) => {
      expect(() => functionArchive(name)).toThrow(
        `There is no function "${name}" in lambda-src/: it has archive-to-s3, hmac-authorizer, websocket-reply.`,
      );
    },
  );

  test('code that cannot be parsed is named with file and line', () => {
    const project = copyOfProject('syntax error');
    writeFileSync(path.join(project, 'lambda-src/shared/log.ts'), 'export const a = 1;\nexport const = 2;\n');
    workIn(project);

    expect(() => functionArchive('websocket-reply')).toThrow(
      'The function "websocket-reply" cannot be bundled:\n  lambda-src/shared/log.ts:2:14: Expected identifier',
    );
  });

  test('an import that leads nowhere is named with file and line', () => {
    const project = copyOfProject('missing import');
    writeFileSync(path.join(project, 'lambda-src/websocket-reply/index.ts'), "\nimport './nowhere';\n");
    workIn(project);

    expect(() => functionArchive('websocket-reply')).toThrow(
      'lambda-src/websocket-reply/index.ts:2:8: Could not resolve "./nowhere"',
    );
  });
});

describe('the project’s root', () => {
  test('is the folder with cdktf.json, seen from any folder below it', () => {
    const below = path.join(root, 'lambda-src/shared');
    workIn(below);

    expect(projectRoot()).toBe(root);
    expect(path.relative(projectRoot(), below)).toBe(path.join('lambda-src', 'shared'));
  });

  test('does not exist outside of the project', () => {
    workIn(folder);

    expect(() => projectRoot()).toThrow(`There is no cdktf.json in ${folder} or above it`);
  });
});
