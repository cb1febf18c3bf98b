import { describe, expect, test } from 'vitest';
import {
  githubIdentities,
  terraformIdentities,
  webIdentityStatement,
} from '../../../../constructs/iam/deployment/web-identity';
import { placement } from '../../../../constructs/iam/placement';

const seoul = placement('ap-northeast-2', '111122223333');
const github = 'token.actions.githubusercontent.com';

describe('GitHub', () => {
  const identities = githubIdentities(seoul, {
    repository: 'example@1/gateways@2',
    branch: 'release/1',
    environment: 'dev',
  });

  test('plans with tokens of jobs on the branch, and no others', () => {
    expect(webIdentityStatement(seoul, identities.plan)).toEqual({
      sid: 'TheseJobsAndNoOthersAssumeThisRole',
      actions: ['sts:AssumeRoleWithWebIdentity'],
      principals: [{ type: 'Federated', identifiers: [`arn:aws:iam::111122223333:oidc-provider/${github}`] }],
      conditions: [
        { test: 'StringEquals', variable: `${github}:aud`, values: ['sts.amazonaws.com'] },
        {
          test: 'StringEquals',
          variable: `${github}:sub`,
          values: ['repo:example@1/gateways@2:ref:refs/heads/release/1'],
        },
      ],
    });
  });

  test('applies with tokens of jobs of the environment, which run on the branch', () => {
    expect(webIdentityStatement(seoul, identities.apply).conditions).toEqual([
      { test: 'StringEquals', variable: `${github}:aud`, values: ['sts.amazonaws.com'] },
      {
        test: 'StringEquals',
        variable: `${github}:sub`,
        values: ['repo:example@1/gateways@2:environment:dev'],
      },
      { test: 'StringEquals', variable: `${github}:ref`, values: ['refs/heads/release/1'] },
    ]);
  });

  test('does so by its environment alone where STS does not know the claim of the branch', () => {
    const govcloud = placement('us-gov-west-1', '111122223333');
    const { apply } = githubIdentities(govcloud, {
      repository: 'example/gateways',
      branch: 'main',
      environment: 'dev',
    });
    const statement = webIdentityStatement(govcloud, apply);
    expect(statement.conditions?.map(({ variable }) => variable)).toEqual([`${github}:aud`, `${github}:sub`]);
    expect(statement.principals).toEqual([
      { type: 'Federated', identifiers: [`arn:aws-us-gov:iam::111122223333:oidc-provider/${github}`] },
    ]);
  });
});

describe('HCP Terraform', () => {
  const workspaces = {
    organization: 'example-org',
    project: 'Message gateways',
    names: ['dev-callback-receiver', 'dev-websocket-reply'],
  };

  test.each(['plan', 'apply'] as const)('has a token for the %s of each workspace', (phase) => {
    const identity = terraformIdentities({ ...workspaces, host: undefined })[phase];
    const of = 'organization:example-org:project:Message gateways:workspace';
    expect(webIdentityStatement(seoul, identity)).toMatchObject({
      principals: [{ identifiers: ['arn:aws:iam::111122223333:oidc-provider/app.terraform.io'] }],
      conditions: [
        { test: 'StringEquals', variable: 'app.terraform.io:aud', values: ['aws.workload.identity'] },
        {
          test: 'StringEquals',
          variable: 'app.terraform.io:sub',
          values: [
            `${of}:dev-callback-receiver:run_phase:${phase}`,
            `${of}:dev-websocket-reply:run_phase:${phase}`,
          ],
        },
      ],
    });
  });

  test('may be a Terraform Enterprise, which issues tokens itself', () => {
    const { plan } = terraformIdentities({ ...workspaces, host: 'terraform.example.com' });
    expect(webIdentityStatement(seoul, plan)).toMatchObject({
      principals: [{ identifiers: ['arn:aws:iam::111122223333:oidc-provider/terraform.example.com'] }],
      conditions: [{ variable: 'terraform.example.com:aud' }, { variable: 'terraform.example.com:sub' }],
    });
  });
});
