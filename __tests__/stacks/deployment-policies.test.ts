import { describe, expect, test } from 'vitest';
import type { Environment } from '../../environments/environment';
import type { Configuration } from '../support/synthesized';
import { github, rolesWith, s3, whole } from './example-deployment-roles';

describe('their policies', () => {
  const everything: Partial<Environment> = {
    ...github,
    ...whole,
    state: s3,
    encryption: 'customer-key',
    manageAccountLogging: true,
  };

  interface Statement {
    readonly sid: string;
    readonly effect: string;
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly condition?: unknown;
  }

  const statementsOf = ({ data }: Configuration) =>
    Object.entries(data.aws_iam_policy_document ?? {})
      .filter(([name]) => name.startsWith('deploy_'))
      .flatMap(([, document]) => document.statement as readonly Statement[]);

  test('are literals, and so is every ARN: all is known in the first plan', () => {
    const { data, resource } = rolesWith(everything);
    expect(JSON.stringify(data)).not.toContain('${');
    const arns = Object.values(resource.aws_iam_role_policy_attachment ?? {}).map(
      ({ policy_arn }) => policy_arn,
    );
    expect(JSON.stringify(arns)).not.toContain('${');
  });

  test('are as long as AWS takes for the longest names there may be', () => {
    const longest = { name: 'a23456789012', region: 'us-gov-west-1' };
    const state = { ...s3, keyPrefix: 'p'.repeat(512) };
    expect(() => rolesWith({ ...everything, ...longest, state })).not.toThrow();
  });

  test('say why, where a statement reaches beyond the environment’s names', () => {
    const wide = statementsOf(rolesWith(everything)).filter(
      ({ effect, resources, condition }) =>
        effect === 'Allow' && !condition && resources.some((resource) => !/test-|states/.test(resource)),
    );
    expect(wide.map(({ sid }) => sid).sort()).toEqual([
      'ChangeThePartsOfWebSocketApisWhichHaveNoTags',
      'DeliverLogsOfPipesForWhichAwsDefinesNoResource',
      'ListAlarmsWhichAwsAllowsForAllOrNone',
      'ListAliasesForWhichAwsDefinesNoResource',
      'ListLogGroupsForWhichAwsDefinesNoResource',
      'ReadApisWhichHaveIdsInsteadOfNames',
      'ReadEventSourceMappingsWhichHaveIdsInsteadOfNames',
      'ReadTheRoleThatWritesTheLogsOfTheAccount',
      'ReadWhatKeysAreLikeSinceTheyHaveIdsInsteadOfNames',
      'RotateAKeyThatWasJustMadeAndWhoseTagsDoNotCountYet',
      'SetTheRoleThatWritesTheLogsOfTheAccount',
      'TagApisAndStagesForWhichThereIsNoNarrowerResource',
      'TagEventSourceMappingsWhichHaveIdsInsteadOfNames',
    ]);
  });

  test('have no action with a wildcard', () => {
    expect(
      statementsOf(rolesWith(everything))
        .flatMap(({ actions }) => actions)
        .join(),
    ).not.toContain('*');
  });

  test('are about keys, the account’s logging and the state only where the environment has them', () => {
    const actions = statementsOf(rolesWith({ ...github, ...whole })).flatMap(
      (statement) => statement.actions,
    );
    expect(actions.filter((action) => action.startsWith('kms:'))).toEqual([]);
    expect(actions.filter((action) => /^s3:(Get|Put|Delete)Object$/.test(action))).toEqual([]);
    expect(JSON.stringify(statementsOf(rolesWith({ ...github, ...whole })))).not.toContain('::/account');
  });

  test('are about the state of the stacks that are deployed, each with its lock', () => {
    const state = 'arn:aws:s3:::states/gateway/test-websocket-reply.tfstate';
    const about = statementsOf(rolesWith({ ...github, state: s3 })).filter(({ resources }) =>
      resources.some((resource) => resource.startsWith('arn:aws:s3:::states')),
    );
    expect(about).toEqual([
      expect.objectContaining({
        actions: ['s3:ListBucket'],
        resources: ['arn:aws:s3:::states'],
        condition: [
          {
            test: 'StringEquals',
            variable: 's3:prefix',
            values: ['env:/', 'gateway/test-websocket-reply.tfstate'],
          },
        ],
      }),
      expect.objectContaining({ actions: ['s3:GetObject'], resources: [state, `${state}.tflock`] }),
      expect.objectContaining({ actions: ['s3:PutObject'], resources: [state] }),
      expect.objectContaining({
        actions: ['s3:DeleteObject', 's3:PutObject'],
        resources: [`${state}.tflock`],
      }),
    ]);
  });
});
