import fs from 'node:fs';
import { TerraformStack, Testing } from 'cdktf';
import { describe, expect, test } from 'vitest';
import type { Environment } from '../../environments/environment';
import { addStacks } from '../../stacks/environment-stacks';
import { providerLockFile } from '../../synthesis/provider-lock';
import type { ReadableStack } from '../../synthesis/readable-stack';
import { type Decision, evaluate } from '../../tools/iam/evaluate';
import { readPlan } from '../../tools/plan/plan';
import { accessPoliciesOf, type Role } from '../../tools/rehearse/world/access-policies';
import { everySetting } from '../environments/settings';
import { environments } from '../fixtures/environments';
import { type Configuration, synthesized } from '../support/synthesized';
import { lockedVersion } from '../terraform/provider-in-mirror';
import { accessOf } from './deployment-calls/access-of';
import type { Access } from './deployment-calls/ask';
import { type Call, type Phase, recording } from './deployment-calls/call';
import { recordedEnvironment } from './deployment-calls/environments';

const { recorded, calls } = recording();

function configurationsOf(environment: Environment): ReadonlyMap<string, Configuration> {
  const app = Testing.app();
  addStacks(app, environment);
  return new Map(
    app.node.children
      .filter((child): child is ReadableStack => TerraformStack.isStack(child))
      .map((stack) => [stack.node.id, synthesized(stack)]),
  );
}

const stacks = configurationsOf(recordedEnvironment);
const roles = accessPoliciesOf([...stacks].map(([id, configuration]) => readPlan(id, configuration))).roles;

const deployer = (phase: 'plan' | 'apply'): Role => {
  const role = roles.get(`arn:aws:iam::111122223333:role/dev-github-${phase}`);
  if (!role) throw new Error(`there is no role to ${phase}`);
  return role;
};
const plan = deployer('plan');
const apply = deployer('apply');

const decide = ({ arn, identity }: Role, access: Access): Decision =>
  evaluate(
    {
      ...access,
      principal: { kind: 'role', roleArn: arn, sessionName: 'deploy' },
      resourceAccountId: '111122223333',
    },
    { identity },
  );

const inPhase = (...phases: readonly Phase[]) =>
  calls.filter((call) => call.phases.some((phase) => phases.includes(phase)));

const text = ({ action, resource }: Access) => `${action} on ${resource}`;

/** What a role may not do of what calls ask for. */
const refused = (role: Role, of: readonly Call[]) =>
  of.flatMap((call) =>
    accessOf(call, 'dev')
      .filter((access) => !decide(role, access).allowed)
      .map((access) => `${call.operation} (${call.phases}): ${text(access)}`),
  );

/** Variables are read with their key. */
const isReading = (action: string) => /:(GET|Get|List|Describe)/.test(action) || action === 'kms:Decrypt';

describe('the recording', () => {
  test('is of every resource type that the stacks have', () => {
    const typesOf = (configurations: Iterable<Configuration>) => [
      ...new Set([...configurations].flatMap(({ resource }) => Object.keys(resource))),
    ];
    const deployed = typesOf(
      [...environments, everySetting].flatMap((environment) => [...configurationsOf(environment).values()]),
    );
    const missing = deployed.filter((type) => !typesOf(stacks.values()).includes(type));
    expect(missing).toEqual([]);
  });

  test('is of the provider that is locked: with another, record it anew', () => {
    const locked = lockedVersion(fs.readFileSync(providerLockFile, 'utf8'));
    expect(recorded.provider).toBe(`hashicorp/aws ${locked}`);
  });
});

describe('with what Terraform really asks of AWS', () => {
  test('the role to apply may do all of it', () => {
    expect(refused(apply, calls)).toEqual([]);
    expect(calls.length).toBeGreaterThan(900);
  });

  test('the role to plan may do what plans ask', () => {
    const asked = inPhase('first plan', 'second plan');
    expect(refused(plan, asked)).toEqual([]);
    expect(asked.length).toBeGreaterThan(300);
  });

  test('the role to plan may do nothing that writes', () => {
    const accesses = calls.flatMap((call) => accessOf(call, 'dev'));
    const writing = accesses.filter(({ action }) => !isReading(action));
    expect(new Set(writing.map(({ action }) => action)).size).toBeGreaterThan(60);
    expect(writing.filter((access) => decide(plan, access).allowed).map(text)).toEqual([]);
    const granted = plan.identity
      .flatMap(({ statements }) => statements)
      .flatMap(({ actions = [] }) => actions);
    expect(granted.filter((action) => !isReading(action))).toEqual([]);
  });

  test('another environment’s things are refused, but for what AWS does not tell apart', () => {
    const allowed: Record<string, string[]> = {};
    for (const access of calls.flatMap((call) => accessOf(call, 'qa'))) {
      const decision = decide(apply, access);
      for (const { sid = '' } of decision.allowed ? decision.by : []) {
        allowed[sid] = [...new Set([...(allowed[sid] ?? []), access.action])].sort();
      }
    }
    expect(allowed).toEqual({
      ChangeThePartsOfWebSocketApisWhichHaveNoTags: [
        'apigateway:DELETE',
        'apigateway:PATCH',
        'apigateway:POST',
      ],
      ChangeThePartsThatHttpApisHaveBesideThose: ['apigateway:DELETE', 'apigateway:PATCH', 'apigateway:POST'],
      DeliverLogsOfPipesForWhichAwsDefinesNoResource: [
        'logs:CreateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:DescribeResourcePolicies',
        'logs:GetLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:UpdateLogDelivery',
      ],
      FindTheStatesInTheirBucket: ['s3:ListBucket'],
      LetApiGatewayMakeItsRoleForDomains: ['iam:CreateServiceLinkedRole'],
      // Both trust the same callers.
      LetApiGatewayReadWhoseCertificatesCallersShow: ['s3:GetObject', 's3:GetObjectVersion'],
      LetEventBridgeMakeItsRoleForConnections: ['iam:CreateServiceLinkedRole'],
      LetWafGuardStages: ['apigateway:SetWebACL'],
      ListAlarmsWhichAwsAllowsForAllOrNone: ['cloudwatch:DescribeAlarms'],
      ListAliasesForWhichAwsDefinesNoResource: ['kms:ListAliases'],
      ListLogGroupsForWhichAwsDefinesNoResource: ['logs:DescribeLogGroups'],
      // Both have the same web ACL.
      PutTheWebAclInFrontOfStagesAndTakeItAway: ['wafv2:AssociateWebACL', 'wafv2:DisassociateWebACL'],
      ReadApisWhichHaveIdsInsteadOfNames: ['apigateway:GET'],
      ReadCertificatesWhichHaveIdsInsteadOfNames: ['acm:DescribeCertificate', 'acm:ListTagsForCertificate'],
      ReadEventSourceMappingsWhichHaveIdsInsteadOfNames: ['lambda:GetEventSourceMapping', 'lambda:ListTags'],
      ReadTheRoleThatWritesTheLogsOfTheAccount: ['apigateway:GET'],
      ReadTheWebAclOfStages: ['wafv2:GetWebACL', 'wafv2:GetWebACLForResource'],
      // Both have their names in the same zone.
      ReadTheZonesOfTheDomains: ['route53:GetHostedZone', 'route53:ListResourceRecordSets'],
      ReadWhatKeysAreLikeSinceTheyHaveIdsInsteadOfNames: [
        'kms:DescribeKey',
        'kms:GetKeyPolicy',
        'kms:GetKeyRotationStatus',
        'kms:ListResourceTags',
      ],
      RotateAKeyThatWasJustMadeAndWhoseTagsDoNotCountYet: ['kms:EnableKeyRotation'],
      SetTheRoleThatWritesTheLogsOfTheAccount: ['apigateway:PATCH'],
      TagApisAndStagesForWhichThereIsNoNarrowerResource: [
        'apigateway:DELETE',
        'apigateway:POST',
        'apigateway:PUT',
      ],
      TagEventSourceMappingsWhichHaveIdsInsteadOfNames: ['lambda:TagResource', 'lambda:UntagResource'],
      WaitForChangesOfRecordsWhichHaveIds: ['route53:GetChange'],
    });
  });

  test('nothing is granted that no call needs', () => {
    const used = new Set(
      calls
        .flatMap((call) => accessOf(call, 'dev'))
        .flatMap((access) => {
          const decision = decide(apply, access);
          return decision.allowed ? decision.by.map(({ sid }) => `${sid}: ${access.action}`) : [];
        }),
    );
    const granted = apply.identity
      .flatMap(({ statements }) => statements)
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ sid, actions = [] }) => actions.map((action) => `${sid}: ${action}`));
    // What only another version of the project changes: a function's code, a role's trust or description, a log's key.
    const ofVersions = [
      'MakeChangeAndDeleteTheLogGroups: logs:AssociateKmsKey',
      'MakeChangeAndDeleteTheFunctions: lambda:UpdateFunctionCode',
      'ChangeAndDeleteTheRoles: iam:UpdateAssumeRolePolicy',
      'ChangeAndDeleteTheRoles: iam:UpdateRole',
    ];
    expect(granted.filter((grant) => !used.has(grant))).toEqual(ofVersions);
  });
});
