import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { awsProviderVersions } from '../../../stacks/environment-stack';
import { checkout } from '../../support/checkout';
import { findTerraform } from '../../support/terraform';
import { lockedVersion, platform } from '../../terraform/provider-in-mirror';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-'));
const project = path.join(scratch, 'project');
const lockFile = path.join(project, 'stacks/provider-lock.hcl');
const shipped = fs.readFileSync('stacks/provider-lock.hcl', 'utf8');
beforeAll(() => void checkout(project));
beforeEach(() => fs.writeFileSync(lockFile, shipped));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Runs npm run lock in the copy of the project. */
function lock(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['synthesis/run.mjs', 'tools/lock/main.ts', ...args],
    { cwd: project, encoding: 'utf8', env: { ...process.env, ...environment } },
  );
  return { status, stdout, stderr };
}

const written = () => fs.readFileSync(lockFile, 'utf8');

const locked = (version: string, constraints: string) =>
  `provider "registry.terraform.io/hashicorp/aws" {\n  version     = "${version}"\n  constraints = "${constraints}"\n}\n`;

/** A `terraform` that notes what it was asked for, and writes a lock of that version or fails with those words. */
function standIn(answer: { readonly version: string } | { readonly says: string }): NodeJS.ProcessEnv {
  const file = path.join(scratch, 'stand-in');
  fs.writeFileSync(
    file,
    `#!${process.execPath}
const fs = require('node:fs');
const asked = { args: process.argv.slice(2), ...JSON.parse(fs.readFileSync('versions.tf.json', 'utf8')) };
fs.writeFileSync(${JSON.stringify(path.join(scratch, 'asked.json'))}, JSON.stringify(asked));
${
  'version' in answer
    ? `fs.writeFileSync('.terraform.lock.hcl', ${JSON.stringify(locked(answer.version, 'as Terraform wrote it'))});`
    : `console.error(${JSON.stringify(answer.says)}); process.exitCode = 1;`
}
`,
    { mode: 0o755 },
  );
  return { TERRAFORM_BINARY_NAME: file };
}

const asked = () => JSON.parse(fs.readFileSync(path.join(scratch, 'asked.json'), 'utf8'));

describe('npm run lock', () => {
  it('has Terraform lock the newest version that the stacks are written for, for every platform', () => {
    expect(lock([], standIn({ version: '6.2.0' }))).toEqual({
      status: 0,
      stdout:
        'stacks/provider-lock.hcl: hashicorp/aws 5.100.0 → 6.2.0, linux_amd64, linux_arm64, darwin_amd64, darwin_arm64, windows_amd64\n'.replace(
          '5.100.0',
          lockedVersion(shipped),
        ),
      stderr: '',
    });
    expect(asked()).toEqual({
      args: [
        'providers',
        'lock',
        '-no-color',
        ...['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64', 'windows_amd64'].map(
          (name) => `-platform=${name}`,
        ),
      ],
      terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: awsProviderVersions } } },
    });
    expect(written()).toBe(locked('6.2.0', awsProviderVersions));
  });

  it('locks the version, and from the mirror, that it is told to', () => {
    const args = [
      '--version',
      '5.101.0',
      '--mirror',
      'https://providers.example.com/',
      '--platform',
      'linux_arm64',
    ];
    expect(lock(args, standIn({ version: '5.101.0' }))).toMatchObject({ status: 0 });
    expect(asked()).toEqual({
      args: [
        'providers',
        'lock',
        '-no-color',
        '-net-mirror=https://providers.example.com/',
        '-platform=linux_arm64',
      ],
      terraform: {
        required_providers: {
          aws: { source: 'hashicorp/aws', version: `${awsProviderVersions}, = 5.101.0` },
        },
      },
    });
    expect(lock(['--mirror', 'providers'], standIn({ version: '5.101.0' }))).toMatchObject({ status: 0 });
    expect(asked().args).toContain(`-fs-mirror=${path.join(project, 'providers')}`);
  });

  it.each([
    [
      '- registry.terraform.io/hashicorp/aws: could not connect to\nregistry.terraform.io: no such host',
      'Without the registry, give a mirror: npm run lock -- --mirror <folder or https:// URL>',
    ],
    [
      'registry.terraform.io/hashicorp/aws 5.100.0 is not available\nfor darwin_arm64.',
      'Name the platforms that there are: npm run lock -- … --platform linux_amd64',
    ],
  ])('says what Terraform said, and what helps, and leaves the lock as it is: %s', (says, advice) => {
    expect(lock([], standIn({ says }))).toEqual({ status: 1, stdout: '', stderr: `${says}\n\n${advice}\n` });
    expect(written()).toBe(shipped);
  });

  it('adds nothing to what it has no advice for', () => {
    const says = 'Error: no available releases match the given constraints';
    expect(lock([], standIn({ says }))).toEqual({ status: 1, stdout: '', stderr: `${says}\n` });
  });

  it('says so where there is no Terraform', () => {
    expect(lock([], { TERRAFORM_BINARY_NAME: 'no-such-terraform' })).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'no-such-terraform is not on PATH, and only Terraform can make a lock: https://developer.hashicorp.com/terraform/install\n',
    });
  });

  it('refuses what it does not know with 2, and explains itself', () => {
    expect(lock(['--upgrade'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^Unknown option '--upgrade'\n\nUsage: npm run lock/),
    });
    expect(lock(['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage: npm run lock/),
    });
  });
});

const terraform = findTerraform();
describe.skipIf(!terraform?.mirror)('npm run lock with the real Terraform', () => {
  it('locks the provider of a mirror for the platforms that it has', () => {
    const { mirror = '', environment } = terraform ?? {};
    expect(lock(['--mirror', mirror, '--platform', platform], environment)).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(written()).toMatch(
      /^provider "registry\.terraform\.io\/hashicorp\/aws" \{\n {2}version {5}= "\d+\.\d+\.\d+"$/m,
    );
    expect(written()).toContain(`  constraints = "${awsProviderVersions}"\n`);
    expect(written()).toMatch(/^ {4}"h1:.*",$/m);

    const other = lock(['--mirror', mirror, '--platform', 'solaris_amd64'], environment);
    expect(other).toMatchObject({ status: 1, stdout: '' });
    expect(other.stderr).toMatch(/not\s+available\s+for\s+solaris_amd64[\s\S]*Name the platforms/);
  });
});
