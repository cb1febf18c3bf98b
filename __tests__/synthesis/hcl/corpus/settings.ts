import {
  CloudBackend,
  GcsBackend,
  LocalBackend,
  NamedCloudWorkspace,
  NamedRemoteWorkspace,
  PrefixedRemoteWorkspaces,
  RemoteBackend,
  S3Backend,
  TaggedCloudWorkspaces,
  TerraformOutput,
} from 'cdktf';
import type { Case } from './case';

/** The terraform block. */
export const settings: readonly Case[] = [
  {
    name: 'a local backend',
    terraform: 'root',
    build: (stack) => new LocalBackend(stack, { path: './state "of" ${x}.tfstate' }),
  },
  {
    name: 'an S3 backend',
    terraform: 'text',
    build: (stack) => {
      const backend = new S3Backend(stack, {
        bucket: 'states',
        key: 'a "b"/c',
        region: 'ap-northeast-2',
        encrypt: true,
        dynamodbTable: 'locks',
      });
      backend.addOverride('assume_role', { role_arn: 'arn:aws:iam::1:role/x', session_name: 's' });
      backend.addOverride('use_lockfile', false);
    },
  },
  {
    name: 'a GCS backend',
    terraform: 'text',
    build: (stack) => new GcsBackend(stack, { bucket: 'b', prefix: 'p' }),
  },
  {
    name: 'a remote backend with a workspace',
    terraform: 'text',
    build: (stack) =>
      new RemoteBackend(stack, { organization: 'o', workspaces: new NamedRemoteWorkspace('w') }),
  },
  {
    name: 'a remote backend with a prefix',
    terraform: 'text',
    build: (stack) =>
      new RemoteBackend(stack, {
        organization: 'o',
        hostname: 'tfe.example',
        workspaces: new PrefixedRemoteWorkspaces('w-'),
      }),
  },
  {
    name: 'a cloud block with a project',
    terraform: 'text',
    build: (stack) =>
      new CloudBackend(stack, { organization: 'o', workspaces: new NamedCloudWorkspace('w', 'p "q"') }),
  },
  {
    name: 'a cloud block with tags',
    terraform: 'text',
    build: (stack) =>
      new CloudBackend(stack, {
        organization: 'o',
        hostname: 'tfe.example',
        workspaces: new TaggedCloudWorkspaces(['a', 'b']),
      }),
  },
  {
    name: 'a required version of Terraform',
    build: (stack) => {
      stack.addOverride('terraform.required_version', '>= 1.5.0, < 99');
      new TerraformOutput(stack, 'x', { value: 1 });
    },
  },
  {
    name: 'required providers of a stack',
    build: (stack) => {
      stack.addOverride('terraform.required_providers', {
        terraform: { source: 'terraform.io/builtin/terraform' },
      });
      new TerraformOutput(stack, 'x', { value: 1 });
    },
  },
  {
    name: 'required providers with versions and aliases',
    terraform: 'text',
    build: (stack) => {
      stack.addOverride('terraform.required_providers.aws', {
        version: '>= 5.100.0, < 7.0.0',
        source: 'hashicorp/aws',
        configuration_aliases: ['aws.primary', 'aws.replica'],
      });
      stack.addOverride('terraform.required_providers.random', '~> 3.0');
      stack.addOverride('terraform.experiments', ['x']);
    },
  },
];
