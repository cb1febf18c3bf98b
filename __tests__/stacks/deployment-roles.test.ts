import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { synthesizeAll } from '../../tools/synth/synthesize';
import type { Configuration } from '../support/synthesized';
import { github, hcpTerraform, repository, rolesWith, s3, whole } from './example-deployment-roles';
import { exampleEnvironment } from './example-environment';

const roleNames = ({ resource }: Configuration) =>
  Object.values(resource.aws_iam_role ?? {}).map(({ name }) => name);

/** The policies of a role, by their names without what they have in common. */
const policiesOf = ({ resource }: Configuration, role: string) =>
  Object.values(resource.aws_iam_role_policy_attachment ?? {})
    .filter((attachment) => attachment.role === `\${aws_iam_role.${role}.name}`)
    .map(({ policy_arn }) => String(policy_arn).replace(/^arn:aws:iam::\d+:policy\/test-deploy-/, ''))
    .sort();

describe('the roles', () => {
  test('are one to plan and one to apply for each of those who deploy', () => {
    expect(roleNames(rolesWith(github))).toEqual(['test-github-apply', 'test-github-plan']);
    expect(roleNames(rolesWith(hcpTerraform))).toEqual([
      'test-hcp-terraform-apply',
      'test-hcp-terraform-plan',
    ]);
    expect(
      roleNames(
        rolesWith({ ...hcpTerraform, deploymentRoles: { github: { repository }, hcpTerraform: {} } }),
      ),
    ).toHaveLength(4);
  });

  test('may be assumed with a token of the provider that is made with them', () => {
    const { resource, data } = rolesWith(github);
    expect(resource.aws_iam_openid_connect_provider).toEqual({
      github_provider: {
        url: 'https://token.actions.githubusercontent.com',
        client_id_list: ['sts.amazonaws.com'],
      },
    });
    expect(Object.values(resource.aws_iam_role ?? {})).toMatchObject(
      ['apply', 'plan'].map((phase) => ({
        assume_role_policy: `\${data.aws_iam_policy_document.github_${phase}_trust.json}`,
        depends_on: ['aws_iam_openid_connect_provider.github_provider'],
      })),
    );
    expect(data.aws_iam_policy_document?.github_apply_trust?.statement).toMatchObject([
      {
        principals: [
          {
            type: 'Federated',
            identifiers: ['arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'],
          },
        ],
        condition: [
          {},
          { values: ['repo:example@1/gateways@2:environment:test'] },
          { values: ['refs/heads/main'] },
        ],
      },
    ]);
  });

  test('use the provider that there is, where the settings say so', () => {
    const { resource } = rolesWith({
      deploymentRoles: { github: { repository, branch: 'release', oidcProvider: 'existing' } },
    });
    expect(resource).not.toHaveProperty('aws_iam_openid_connect_provider');
    expect(resource.aws_iam_role?.github_plan).not.toHaveProperty('depends_on');
    const cloud = rolesWith({
      ...hcpTerraform,
      deploymentRoles: { hcpTerraform: { oidcProvider: 'existing' } },
    });
    expect(cloud.resource).not.toHaveProperty('aws_iam_openid_connect_provider');
  });

  test('are for the workspaces of the environment’s other stacks', () => {
    const { data } = rolesWith({ ...hcpTerraform, ...whole });
    const of = 'organization:example-org:project:gateways:workspace';
    expect(data.aws_iam_policy_document?.hcp_terraform_apply_trust?.statement).toMatchObject([
      {
        condition: [
          { variable: 'app.terraform.io:aud', values: ['aws.workload.identity'] },
          {
            test: 'StringEquals',
            variable: 'app.terraform.io:sub',
            values: [
              `${of}:test-callback-receiver:run_phase:apply`,
              `${of}:test-websocket-reply:run_phase:apply`,
              `${of}:test-subscriber-pipe:run_phase:apply`,
            ],
          },
        ],
      },
    ]);
  });

  test('have policies by what they are about: to plan, those that read; to apply, all', () => {
    const plain = rolesWith(github);
    expect(policiesOf(plain, 'github_plan')).toEqual(['read']);
    expect(policiesOf(plain, 'github_apply')).toEqual(['apis', 'consumers', 'messages', 'read', 'roles']);
    const inS3 = rolesWith({ ...github, state: s3 });
    expect(policiesOf(inS3, 'github_plan')).toEqual(['read', 'state-read']);
    expect(policiesOf(inS3, 'github_apply')).toEqual([
      'apis',
      'consumers',
      'messages',
      'read',
      'roles',
      'state-read',
      'state-write',
    ]);
  });

  test('are told to whoever sets up the pipelines', () => {
    expect(rolesWith(github).output).toEqual({
      role_arns: {
        description: 'The roles that pipelines assume',
        value: {
          'github-plan': 'arn:aws:iam::111122223333:role/test-github-plan',
          'github-apply': 'arn:aws:iam::111122223333:role/test-github-apply',
        },
      },
    });
  });
});

describe('as HCL', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'deployment-roles-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  test('the stack reads as it does in JSON', () => {
    const environment = { ...exampleEnvironment, websocketReply: {}, ...github };
    const stack = synthesizeAll(folder, [environment]).find(({ id }) => id === 'test-deployment-roles');
    const blocks = [...(stack?.hcl ?? '').matchAll(/^(?:resource|data) "(\w+)" "(\w+)" \{$/gm)];
    const { resource, data } = rolesWith(github);
    expect(blocks.map(([, type, name]) => `${type}.${name}`).sort()).toEqual(
      Object.entries({ ...resource, ...data })
        .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
        .sort(),
    );
    expect(stack?.hcl).toContain('variable = "token.actions.githubusercontent.com:sub"');
  });
});
