import { expect, test } from 'vitest';
import { boundaryStatements, setPermissionsBoundary } from '../../../constructs/iam/permissions-boundary';
import { placement } from '../../../constructs/iam/placement';
import { ServiceRole } from '../../../constructs/iam/service-role';
import { exampleStack, resource, synthesized } from '../../support/synthesized';

const roleWith = (boundary?: string) => {
  const stack = exampleStack();
  if (boundary) setPermissionsBoundary(stack, boundary);
  new ServiceRole(stack, 'actor', {
    name: 'dev-actor',
    description: 'What the tests act as',
    trust: { service: 'lambda' },
  });
  return resource(synthesized(stack), 'aws_iam_role', 'actor');
};

test('a role has the boundary of its stack, where there is one', () => {
  const arn = 'arn:aws:iam::111122223333:policy/dev-boundary';
  expect(roleWith(arn).permissions_boundary).toBe(arn);
  expect(roleWith()).not.toHaveProperty('permissions_boundary');
});

const props = {
  names: 'dev-*',
  bucketNames: 'dev-*-111122223333-ap-northeast-2',
  otherQueues: [],
  otherFunctions: [],
  secrets: { secretArns: [], keyArns: [] },
  encryptsVariables: false,
  setsAccountLogging: false,
};
const statementsWith = (changes: Partial<typeof props> | object) =>
  boundaryStatements(placement('ap-northeast-2', '111122223333'), { ...props, ...changes });
const resourcesOf = (sid: string, changes: object) =>
  statementsWith(changes).find((statement) => statement.sid === sid)?.resources;

test('the boundary is about what is named after the environment, and what of others the settings name', () => {
  const queue = 'arn:aws:sqs:ap-northeast-2:444455556666:theirs';
  const lambda = 'arn:aws:lambda:ap-northeast-2:111122223333:function:theirs';
  expect(resourcesOf('SendToAndReceiveFromTheQueues', { otherQueues: [queue] })).toEqual([
    'arn:aws:sqs:ap-northeast-2:111122223333:dev-*',
    queue,
  ]);
  expect(resourcesOf('CallTheFunctions', { otherFunctions: [lambda] })).toEqual([
    'arn:aws:lambda:ap-northeast-2:111122223333:function:dev-*',
    lambda,
  ]);
});

test('the boundary lets the secrets be read that the settings name, and no other', () => {
  const [secretArn, keyArn] = ['arn:of:a:secret', 'arn:of:its:key'];
  const secrets = { secretArns: [secretArn], keyArns: [keyArn] };
  expect(resourcesOf('ReadTheSecretOfTheSignatures', { secrets })).toEqual([secretArn]);
  expect(resourcesOf('DecryptThroughTheKeyOfTheSecret', { secrets })).toEqual([keyArn]);
  expect(statementsWith({}).flatMap(({ actions }) => actions)).not.toContain('secretsmanager:GetSecretValue');
});

test('the boundary lets the logs of other APIs be written only where the environment sets the role that does', () => {
  const everywhere = (changes: object) =>
    statementsWith(changes)
      .filter(({ resources }) => resources.includes('*'))
      .flatMap(({ actions }) => actions);
  expect(everywhere({})).toEqual([
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ]);
  expect(everywhere({ setsAccountLogging: true })).toContain('logs:CreateLogGroup');
});

test('the boundary leaves Lambda’s grant of a key alone where variables are encrypted, for its own functions only', () => {
  const sid = 'ReadTheVariablesOfTheFunctions';
  expect(statementsWith({}).some((statement) => statement.sid === sid)).toBe(false);
  expect(statementsWith({ encryptsVariables: true }).find((statement) => statement.sid === sid)).toEqual({
    sid,
    actions: ['kms:Decrypt'],
    resources: ['*'],
    conditions: [
      {
        test: 'ArnLike',
        variable: 'kms:EncryptionContext:aws:lambda:FunctionArn',
        values: ['arn:aws:lambda:ap-northeast-2:111122223333:function:dev-*'],
      },
    ],
  });
});
