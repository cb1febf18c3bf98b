import { expect, test } from 'vitest';
import { deployedStacks } from './deployed-environments';

interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly condition?: unknown;
  readonly principals?: unknown;
}

const documents = deployedStacks().flatMap(({ id, configuration }) =>
  Object.entries(configuration.data.aws_iam_policy_document ?? {}).map(([name, document]) => ({
    stack: id,
    name,
    document,
    statements: document.statement as readonly Statement[],
  })),
);

const isUnknown = (value: unknown) => JSON.stringify(value).includes('${');

test('a policy document is its statements: with depends_on it would be missing from the first plan', () => {
  expect(documents.filter(({ document }) => Object.keys(document).join() !== 'statement')).toEqual([]);
});

test('two kinds of statement are unknown on a first plan, and neither hides another', () => {
  const unknown = documents.filter(({ document }) => isUnknown(document));

  expect(
    unknown.map(({ stack, name, statements }) => [
      `${stack}: ${name}`,
      statements.map(({ sid, actions }) => `${sid} (${actions.join()})`),
    ]),
  ).toEqual([
    [
      'dev-callback-receiver: api_policy_document',
      [
        'ListedAddressesCallEveryCallback (execute-api:Invoke)',
        'NobodyElseCallsEveryCallback (execute-api:Invoke)',
      ],
    ],
    [
      'dev-websocket-reply: reply_role_connections_document',
      ['ReplyOnTheConnectionsOfThisStage (execute-api:ManageConnections)'],
    ],
    [
      'prod-callback-receiver: api_policy_document',
      [
        'ListedAddressesCallDeliveryResults (execute-api:Invoke)',
        'NobodyElseCallsDeliveryResults (execute-api:Invoke)',
        'ListedAddressesCallPaymentEvents (execute-api:Invoke)',
        'NobodyElseCallsPaymentEvents (execute-api:Invoke)',
        'ListedAddressesCallInboundSms (execute-api:Invoke)',
        'NobodyElseCallsInboundSms (execute-api:Invoke)',
      ],
    ],
    [
      'prod-websocket-reply: reply_role_connections_document',
      ['ReplyOnTheConnectionsOfThisStage (execute-api:ManageConnections)'],
    ],
  ]);
});

test('of an unknown statement only the id of the API is unknown', () => {
  const unknown = documents.flatMap(({ statements }) => statements).filter(isUnknown);

  const otherwise = unknown.map(({ resources = [], ...statement }) => ({
    ...statement,
    resources: resources.map((arn) =>
      arn.replace(/\$\{aws_(api_gateway_rest_api|apigatewayv2_api)\.api\.id\}/, 'ID'),
    ),
  }));
  expect(otherwise.filter(isUnknown)).toEqual([]);
});

test('nobody is allowed everything, nor everyone anything without a condition', () => {
  const allowing = documents
    .flatMap(({ stack, name, statements }) => statements.map((statement) => ({ stack, name, ...statement })))
    .filter(({ effect }) => effect === 'Allow');

  expect(
    allowing
      .filter(({ actions }) => actions.some((action) => action.endsWith('*')))
      .map(({ stack, name, sid }) => `${stack}: ${name}: ${sid}`),
  ).toEqual([
    'prod-callback-receiver: key_policy: IdentityPoliciesOfThisAccountDecide',
    'prod-callback-receiver: key_policy: CloudWatchLogsEncryptsTheseLogGroups',
    'prod-websocket-reply: key_policy: IdentityPoliciesOfThisAccountDecide',
    'prod-websocket-reply: key_policy: CloudWatchLogsEncryptsTheseLogGroups',
    'prod-subscriber-pipe: key_policy: IdentityPoliciesOfThisAccountDecide',
    'prod-subscriber-pipe: key_policy: CloudWatchLogsEncryptsTheseLogGroups',
  ]);
  expect(
    allowing.filter(
      ({ principals, condition }) => JSON.stringify(principals ?? '').includes('"*"') && !condition,
    ),
  ).toEqual([]);
});

test('every policy document is the policy of one resource', () => {
  const used = deployedStacks().flatMap(({ id, configuration }) =>
    [
      ...JSON.stringify(configuration.resource).matchAll(/\$\{data\.aws_iam_policy_document\.(\w+)\.json\}/g),
    ].map(([, name]) => `${id}: ${name}`),
  );

  expect(used.sort()).toEqual(documents.map(({ stack, name }) => `${stack}: ${name}`).sort());
});
