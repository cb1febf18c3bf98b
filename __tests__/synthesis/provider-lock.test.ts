import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildApp, synthesizeApp } from '../../stacks/app';
import { awsProviderVersions } from '../../stacks/environment-stack';
import { providerLockFile } from '../../synthesis/provider-lock';
import { environments } from '../fixtures/environments';

const lock = fs.readFileSync(providerLockFile, 'utf8');
const value = (argument: string) => new RegExp(`^  ${argument} *= "(.*)"$`, 'm').exec(lock)?.[1];
const hashes = [...lock.matchAll(/^ {4}"(.*)",$/gm)].map(([, hash]) => hash);

describe('the checked-in provider lock', () => {
  // Where they differ, the CDKTF CLI has Terraform ask the registry for hashes on every deploy.
  it('is of the versions that the stacks are written for', () => {
    expect(value('constraints')).toBe(awsProviderVersions);
    expect(lock).toContain('\nprovider "registry.terraform.io/hashicorp/aws" {\n');
  });

  it('has hashes as Terraform writes them, sorted and each once', () => {
    expect(hashes).toEqual([...new Set(hashes)].sort());
    expect(hashes.filter((hash) => !/^(h1:[\w+/]{43}=|zh:[0-9a-f]{64})$/.test(hash ?? ''))).toEqual([]);
  });

  it('as it was shipped holds on Linux, macOS and Windows', ({ skip }) => {
    if (value('version') !== '5.100.0') skip('it was made anew');
    // Those of unpacked providers that were seen on linux_amd64, darwin_arm64 and windows_amd64.
    expect(hashes).toEqual(
      expect.arrayContaining([
        'h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0=',
        'h1:Ijt7pOlB7Tr7maGQIqtsLFbl7pSMIj06TVdkoSBcYOw=',
        'h1:H3mU/7URhP0uCRGK8jeQRKxx2XFzEqLiOq/L2Bbiaxs=',
      ]),
    );
    // And one each for the archives of the 14 platforms and their manifest, signed by HashiCorp.
    expect(hashes.filter((hash) => hash?.startsWith('zh:'))).toHaveLength(15);
  });
});

describe('the folder of every stack', () => {
  let outdir: string;
  beforeEach(() => {
    outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'provider-lock-'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    fs.rmSync(outdir, { recursive: true, force: true });
  });

  it.each(['hcl', 'json'])('has the lock, in place of one that a run left there, as %s', (format) => {
    vi.stubEnv('SYNTH_HCL_OUTPUT', format === 'hcl' ? 'true' : undefined);
    const stacks = path.join(outdir, 'stacks');
    const left = path.join(stacks, 'dev-websocket-reply', '.terraform.lock.hcl');
    fs.mkdirSync(path.dirname(left), { recursive: true });
    fs.writeFileSync(left, lock.replace('5.100.0', '6.0.0'));

    synthesizeApp(buildApp(environments, { outdir }));
    const folders = fs.readdirSync(stacks);
    expect(folders).toHaveLength(6);
    for (const folder of folders) {
      expect(fs.readFileSync(path.join(stacks, folder, '.terraform.lock.hcl'), 'utf8'), folder).toBe(lock);
    }
  });
});
