import { test } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { prod } from '../../../fixtures/environments/prod';
import { expectFound, expectHeld, sabotaged, synthesized } from './sabotage';

const environment: Environment = { ...prod, deploymentRoles: { hcpTerraform: {} } };
const intact = synthesized(environment);
const stackId = 'prod-deployment-roles';
const at = `${stackId}: aws_iam_policy.boundary`;

test.each(['callback/arrives', 'websocket/echo', 'subscription/delivers'])(
  'within its boundary %s holds',
  (scenario) => expectHeld(intact, scenario),
);

const flows = [
  ['callback/arrives', 'SendToAndReceiveFromTheQueues', 'sqs:SendMessage'],
  ['callback/arrives', 'UseKeysWhichHaveIdsInsteadOfNamesThroughQueuesOnly', 'kms:GenerateDataKey'],
  ['callback/arrives', 'UseKeysWhichHaveIdsInsteadOfNamesThroughQueuesOnly', 'kms:Decrypt'],
  ['websocket/echo', 'SendToAndReceiveFromTheQueues', 'sqs:ReceiveMessage'],
  ['websocket/echo', 'SendToAndReceiveFromTheQueues', 'sqs:DeleteMessage'],
  ['websocket/echo', 'SendToAndReceiveFromTheQueues', 'sqs:GetQueueAttributes'],
  [
    'websocket/echo',
    'AnswerOnTheConnectionsOfApisWhichHaveIdsInsteadOfNames',
    'execute-api:ManageConnections',
  ],
  ['subscription/delivers', 'CallTheFunctions', 'lambda:InvokeFunction'],
  ['subscription/delivers', 'CallTheApiDestinations', 'events:InvokeApiDestination'],
  ['subscription/delivers', 'WriteToTheBuckets', 's3:PutObject'],
] as const;

test.each(flows)('%s breaks where the boundary’s %s lacks %s', (scenario, sid, action) => {
  const written = /^sqs:/.test(action) ? action.toLowerCase() : action;
  return expectFound(
    sabotaged(intact, stackId, (stack) => {
      const statement = stack.statement('boundary_document', sid);
      const others = (statement.actions as readonly string[]).filter((other) => other !== action);
      // A statement has at least one action.
      stack.set(statement, 'actions', others.length > 0 ? others : ['sqs:SendMessage']);
    }),
    scenario,
    { what: `because no permissions boundary allows the ${written} action`, at },
  );
});

test('a boundary that no stack makes is not passed over', () => {
  const stacks = intact.stacks.filter(({ id }) => id !== stackId);
  return expectFound({ ...intact, stacks }, 'callback/arrives', {
    what: 'the policy arn:aws:iam::444455556666:policy/prod-boundary, which the stacks do not have, is not simulated',
  });
});
