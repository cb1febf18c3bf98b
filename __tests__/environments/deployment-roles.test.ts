import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../environments/checks';
import type { Environment } from '../../environments/environment';
import { refuses, takes } from './cases';
import { everySetting, faultsWith } from './settings';

describe('the repository that deploys', () => {
  const form =
    'must be owner/name, or with the ids that the tokens of newer repositories have, owner@123/name@456: gh api repos/<owner>/<name>/actions/oidc/customization/sub says which';
  const ids = 'must be the ids of both the owner and the repository, or of neither: owner@123/name@456';
  const field = 'deploymentRoles.github.repository';
  refuses([
    [field, 'gateways', form],
    [field, 'https://github.com/example/gateways', form],
    [field, 'example/*', form],
    [field, 'example/gateways:ref:refs/heads/x', form],
    [field, '-example/gateways', form],
    [field, `${'a'.repeat(40)}/gateways`, form],
    [field, 'example/gate ways', form],
    [field, undefined, form],
    [field, 'example@1/gateways', ids],
    [field, 'example/gateways@2', ids],
  ]);
  takes([
    [field, 'example/gateways'],
    [field, 'Example-Org/.github'],
    [field, 'example@123456/gateways@456789'],
    [field, 'enterprise_user/a.b_c-d'],
  ]);
});

describe('the branch that is planned from', () => {
  const characters =
    'must be the name of a branch in letters, digits and ._/-, without refs/heads/ and without wildcards';
  const name = 'must be the name of a branch as git takes it: main';
  const field = 'deploymentRoles.github.branch';
  refuses([
    [field, '*', characters],
    [field, 'release/*', characters],
    [field, '', characters],
    [field, '${aws:username}', characters],
    [field, 'refs/heads/main', name],
    [field, 'a..b', name],
    [field, 'a//b', name],
    [field, 'a/', name],
    [field, 'a.lock', name],
  ]);
  takes([
    [field, undefined],
    [field, 'release/2026.11'],
    [field, 'lock'],
  ]);
});

describe('deployment roles', () => {
  refuses([
    ['deploymentRoles', 'github', 'must be an object with github and hcpTerraform'],
    ['deploymentRoles.github.oidcProvider', 'make', 'must be "create" or "existing"'],
  ]);

  it('are for somebody', () => {
    expect(faultsWith({ deploymentRoles: {} })).toEqual([
      {
        environment: 'test',
        field: 'deploymentRoles.github | hcpTerraform',
        value: undefined,
        rule: 'at least one must be given, or nobody could assume a role: add one, or leave deploymentRoles out',
      },
    ]);
  });
});

const inCloud = (state: object) => ({
  deploymentRoles: { hcpTerraform: {} },
  state: { kind: 'hcp-terraform', organization: 'example-org', ...state },
});

describe('runs of HCP Terraform', () => {
  it('deploy where their state is, in a project that is named', () => {
    expect(faultsWith(inCloud({ project: 'Message gateways' }))).toEqual([]);
    expect(faultsWith(inCloud({ project: 'gateways', hostname: 'terraform.example.com' }))).toEqual([]);
  });

  it('deploy nothing whose state is elsewhere, for the state names their workspaces', () => {
    expect(faultsWith({ deploymentRoles: { hcpTerraform: {} } })).toEqual([
      {
        environment: 'test',
        field: 'deploymentRoles.hcpTerraform',
        value: {},
        rule: 'needs the state in HCP Terraform, since its runs are told apart by their workspaces: set state.kind to "hcp-terraform", or leave it out',
      },
    ]);
  });

  it('are of a project with a name', () => {
    expect(faultsWith(inCloud({}))).toEqual([
      {
        environment: 'test',
        field: 'state.project',
        value: undefined,
        rule: 'must be given with deploymentRoles.hcpTerraform, since the tokens of its runs name the project, the default one too: write its name',
      },
    ]);
  });

  it('have an issuer without a port', () => {
    expect(faultsWith(inCloud({ project: 'gateways', hostname: 'terraform.example.com:8443' }))).toEqual([
      {
        environment: 'test',
        field: 'state.hostname',
        value: 'terraform.example.com:8443',
        rule: 'must have no port with deploymentRoles.hcpTerraform, since IAM takes no issuer with one: leave deploymentRoles.hcpTerraform out',
      },
    ]);
  });
});

const environment = (name: string, changes: Partial<Environment> = {}): Environment => ({
  name,
  accountId: everySetting.accountId,
  region: everySetting.region,
  state: { kind: 'local' },
  websocketReply: {},
  deploymentRoles: { github: { repository: 'example/gateways' } },
  ...changes,
});

describe('several environments', () => {
  const existing = {
    deploymentRoles: { github: { repository: 'example/gateways', oidcProvider: 'existing' } },
  } as const;
  const elsewhere = { accountId: '444455556666' };

  it('of one account make its provider for an issuer once', () => {
    expect(faultsOf([environment('one'), environment('two')])).toEqual([
      {
        environment: 'two',
        field: 'deploymentRoles.github.oidcProvider',
        value: undefined,
        rule: 'makes the account\'s provider for GitHub, and so does one; an account has one: write "existing" here',
      },
    ]);
    expect(faultsOf([environment('one'), environment('two', existing)])).toEqual([]);
    expect(faultsOf([environment('one'), environment('two', elsewhere)])).toEqual([]);
  });

  it('of one account make that for each host of Terraform once', () => {
    const cloud = (name: string, hostname?: string) =>
      environment(name, {
        state: {
          kind: 'hcp-terraform',
          organization: 'example',
          project: 'gateways',
          ...(hostname && { hostname }),
        },
        deploymentRoles: { hcpTerraform: { oidcProvider: 'create' } },
      });
    expect(faultsOf([cloud('one'), cloud('two', 'terraform.example.com')])).toEqual([]);
    expect(faultsOf([cloud('one'), cloud('two')])).toMatchObject([
      {
        environment: 'two',
        value: 'create',
        rule: expect.stringContaining('provider for app.terraform.io, and so does one'),
      },
    ]);
  });

  it('of one account have no name that begins with that of one with deployment roles', () => {
    const { deploymentRoles: _, ...without } = environment('dev-eu');
    const fault = {
      environment: 'dev',
      field: 'name',
      value: 'dev',
      rule: 'begins the name of dev-eu in the same account, whose resources the deployment roles of dev could then change: rename one, or move it to another account',
    };
    expect(faultsOf([environment('dev'), without])).toEqual([fault]);
    expect(faultsOf([without, environment('dev')])).toEqual([fault]);
    expect(faultsOf([environment('dev'), { ...without, name: 'developers' }])).toEqual([]);
    expect(faultsOf([environment('dev'), { ...without, ...elsewhere }])).toEqual([]);
    const { deploymentRoles: __, ...dev } = environment('dev');
    expect(faultsOf([dev, without])).toEqual([]);
  });
});
