import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../stacks/app';
import { projectRoot } from '../../synthesis/project-root';
import { exampleCallback, exampleEnvironment } from './example-environment';

const root = projectRoot();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'app-'));

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const stackIds = [
  'dev-callback-receiver',
  'dev-subscriber-pipe',
  'dev-websocket-reply',
  'prod-callback-receiver',
  'prod-subscriber-pipe',
  'prod-websocket-reply',
];

describe.each([
  ['JSON', {}, 'cdk.tf.json'],
  ['HCL', { SYNTH_HCL_OUTPUT: 'true' }, 'cdk.tf'],
])('the app, run with nothing on PATH, as %s', (format, variables, configuration) => {
  const outdir = path.join(folder, format);

  beforeAll(() => {
    const nothing = path.join(folder, `nothing-${format}`);
    fs.mkdirSync(nothing);
    execFileSync(process.execPath, ['synthesis/run.mjs', 'main.ts'], {
      cwd: root,
      env: { ...variables, PATH: nothing, CDKTF_OUTDIR: outdir, HOME: os.homedir() },
    });
  }, 60_000);

  test('writes every stack, and with it the code of its functions', () => {
    const files = fs
      .readdirSync(outdir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'metadata.json')
      .map((entry) => path.relative(outdir, path.join(entry.parentPath, entry.name)));

    expect(files.sort()).toEqual(
      [
        'manifest.json',
        ...stackIds.flatMap((id) => [`stacks/${id}/${configuration}`, `stacks/${id}/.terraform.lock.hcl`]),
        'stacks/dev-subscriber-pipe/functions/archive-to-s3.zip',
        'stacks/prod-subscriber-pipe/functions/archive-to-s3.zip',
        'stacks/dev-websocket-reply/functions/websocket-reply.zip',
        'stacks/prod-websocket-reply/functions/websocket-reply.zip',
      ].sort(),
    );
  });

  test('writes nothing that depends on where it ran', () => {
    const texts = fs
      .readdirSync(outdir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.zip'))
      .map((entry) => path.join(entry.parentPath, entry.name));

    const machine = [root, folder, os.homedir(), process.execPath, 'stackTrace'];
    expect(
      texts.flatMap((file) => {
        const text = fs.readFileSync(file, 'utf8');
        return machine.filter((part) => text.includes(part)).map((part) => `${file}: ${part}`);
      }),
    ).toEqual([]);
  });
});

test('the app can be told where to write', () => {
  const outdir = path.join(folder, 'elsewhere');
  const environment = {
    ...exampleEnvironment,
    callbackReceiver: { callbacks: [exampleCallback] },
  };

  buildApp([environment], { outdir }).synth();

  expect(fs.readdirSync(path.join(outdir, 'stacks'))).toEqual(['test-callback-receiver']);
});
