import { Testing } from 'cdktf';
import { expect, test } from 'vitest';
import type { State } from '../../environments/environment';
import { addBackend, requiredTerraform } from '../../stacks/backend';
import { ReadableStack } from '../../synthesis/readable-stack';
import { synthesized } from '../support/synthesized';

/** The `terraform` block of a stack with its state there. */
function terraform(state: State) {
  const stack = new ReadableStack(Testing.app(), 'dev-websocket-reply');
  addBackend(stack, 'dev-websocket-reply', state);
  return synthesized(stack).terraform;
}

test.each<[string, State]>([
  ['>= 1.5.0', { kind: 'local' }],
  ['>= 1.5.0', { kind: 'hcp-terraform', organization: 'example-org' }],
  ['>= 1.6.0', { kind: 'hcp-terraform', organization: 'example-org', project: 'gateways' }],
  ['>= 1.10.0', { kind: 's3', bucket: 'example-state', region: 'eu-west-1' }],
])('Terraform %s knows all that is written for %o', (version, state) => {
  expect(requiredTerraform(state)).toBe(version);
});

test('local state is a file of the project, by a path that is the same on every machine', () => {
  expect(terraform({ kind: 'local' })).toEqual({
    backend: { local: { path: '../../../terraform.dev-websocket-reply.tfstate' } },
  });
});

test('HCP Terraform keeps it in a workspace named after the stack', () => {
  expect(terraform({ kind: 'hcp-terraform', organization: 'example-org' })).toEqual({
    cloud: { organization: 'example-org', workspaces: { name: 'dev-websocket-reply' } },
  });
});

test('HCP Terraform can keep it in a project, and on a host of one’s own', () => {
  const state: State = {
    kind: 'hcp-terraform',
    organization: 'example-org',
    project: 'gateways',
    hostname: 'terraform.example.com',
  };

  expect(terraform(state)).toMatchObject({
    cloud: {
      organization: 'example-org',
      hostname: 'terraform.example.com',
      workspaces: { name: 'dev-websocket-reply', project: 'gateways' },
    },
  });
});

test('S3 keeps it encrypted, under the name of the stack, locked by S3 itself', () => {
  expect(terraform({ kind: 's3', bucket: 'example-state', region: 'eu-west-1' })).toMatchObject({
    backend: {
      s3: {
        bucket: 'example-state',
        region: 'eu-west-1',
        key: 'dev-websocket-reply.tfstate',
        encrypt: true,
        use_lockfile: true,
      },
    },
  });
});

test('S3 can keep it under a prefix', () => {
  const state: State = {
    kind: 's3',
    bucket: 'example-state',
    region: 'eu-west-1',
    keyPrefix: 'teams/gateway',
  };

  expect(terraform(state)).toMatchObject({
    backend: { s3: { key: 'teams/gateway/dev-websocket-reply.tfstate' } },
  });
});
