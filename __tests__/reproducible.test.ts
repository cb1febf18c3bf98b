import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkout } from './support/checkout';
import { fingerprint } from './support/files';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'reproducible-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

interface Machine {
  readonly folder: string;
  readonly umask: string;
  readonly environment: NodeJS.ProcessEnv;
}

const seoul: Machine = {
  folder: 'a',
  umask: '022',
  environment: { TZ: 'Asia/Seoul', LANG: 'ko_KR.UTF-8', LC_ALL: 'C' },
};
const kathmandu: Machine = {
  folder: path.join('another', 'folder with spaces'),
  umask: '077',
  environment: { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8' },
};

/** Runs `command` in a copy of the project on that machine, and returns what it left in `cdktf.out`. */
function outputOn({ folder, umask, environment }: Machine, command: string, format: 'hcl' | 'json') {
  const project = path.join(scratch, format, folder);
  if (!fs.existsSync(project)) checkout(project);
  execFileSync('sh', ['-c', `umask ${umask} && ${command}`], {
    cwd: project,
    stdio: 'pipe',
    env: { ...process.env, SYNTH_HCL_OUTPUT: undefined, CDKTF_OUTDIR: undefined, ...environment },
  });
  return fingerprint(path.join(project, 'cdktf.out'));
}

describe.each([
  ['json', 'node synthesis/run.mjs main.ts'],
  ['hcl', 'node synthesis/run.mjs tools/synth/main.ts'],
] as const)('two machines synthesize the same bytes as %s', (format, command) => {
  it('whatever the folder, the file times, the umask, the time zone and the locale', {
    timeout: 60_000,
  }, () => {
    const one = outputOn(seoul, command, format);
    const other = outputOn(kathmandu, command, format);

    expect(one).toEqual(other);
    expect(Object.keys(one)).toContain(
      `stacks/dev-callback-receiver/${format === 'hcl' ? 'cdk.tf' : 'cdk.tf.json'}`,
    );
    expect(Object.keys(one)).toContain('stacks/dev-websocket-reply/functions/websocket-reply.zip');
  });

  it('and name no folder of theirs', () => {
    const output = path.join(scratch, format, seoul.folder, 'cdktf.out');
    for (const file of Object.keys(fingerprint(output))) {
      const content = fs.readFileSync(path.join(output, file), 'latin1');
      expect(content.includes(scratch), file).toBe(false);
      expect(content.includes(process.cwd()), file).toBe(false);
    }
  });
});
