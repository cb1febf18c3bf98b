import { expect, test } from 'vitest';
import { type Configuration, readPlan } from '../../../../tools/plan/plan';
import { arrives } from '../../../../tools/rehearse/scenarios/callback/arrives';
import { consumedElsewhere } from '../../../../tools/rehearse/scenarios/callback/consumed-elsewhere';
import { runScenario } from '../../../../tools/rehearse/scenarios/run-scenario';
import type { Scenario } from '../../../../tools/rehearse/scenarios/scenario';
import { printedPoliciesOf } from '../../../../tools/rehearse/world/printed-policies';
import { systemOf } from '../../../../tools/rehearse/world/system';
import { wantedOf } from '../../../../tools/rehearse/world/wanted';
import { plansOf } from '../synthesized-plans';
import { variants } from '../variants';

const environment = variants['consumerRoleArns: queues that roles of other accounts consume'];
if (!environment) throw new Error('no such variant');
const [stack] = plansOf([environment]);
if (!stack) throw new Error('no stack');
const { plan } = stack;

const documents = plan.configuration.data?.aws_iam_policy_document ?? {};
const printed = Object.keys(documents).filter((name) => name.startsWith('policies_for_other_accounts_'));

/** What a scenario says of the stack with one of its policy documents written otherwise. */
async function failuresWith(
  scenario: Scenario,
  path: string,
  document: string,
  change: (json: string) => string,
) {
  const before = JSON.stringify(documents[document]);
  const after = change(before);
  if (after === before) throw new Error(`the change changes nothing of ${document}`);
  const configuration = {
    ...plan.configuration,
    data: { aws_iam_policy_document: { ...documents, [document]: JSON.parse(after) } },
  } as Configuration;
  const system = systemOf([{ id: plan.stackId, configuration, folder: '' }], wantedOf(environment as never));
  const flow = system.flows.find((one) => one.kind === 'callback' && one.method.path === path);
  if (!flow) throw new Error(`no flow of ${path}`);
  const { failures, denials } = await runScenario(scenario, flow, system, { seed: 'printed' });
  return failures.length > 0 ? (denials[0]?.action ?? failures[0]?.what) : undefined;
}

test('two queues, a key and two roles are printed for', () => {
  expect([...printedPoliciesOf([plan]).keys()].map((arn) => arn.split(':').slice(2, 5).join(':'))).toEqual([
    'iam::444455556666',
    'iam::777788889999',
    'sqs:ap-northeast-2:444455556666',
    'kms:ap-northeast-2:444455556666',
  ]);
  expect(printed).toHaveLength(4);
});

test.each([
  ['sqs_ap_northeast_2_444455556666_theirs', 'dev-theirs-to-queue', 'dev-other-to-queue', 'sqs:SendMessage'],
  ['sqs_ap_northeast_2_444455556666_theirs', ':theirs', ':thairs', 'sqs:SendMessage'],
  [
    'kms_ap_northeast_2_444455556666_key_1234abcd_12ab_34cd_56ef_1234567890ab',
    'kms:GenerateDataKey',
    'kms:Decrypt',
    'kms:GenerateDataKey',
  ],
  [
    'kms_ap_northeast_2_444455556666_key_1234abcd_12ab_34cd_56ef_1234567890ab',
    'sqs.ap-northeast-2',
    'sqs.eu-west-1',
    'kms:GenerateDataKey',
  ],
])('a wrong %s (%s → %s) breaks what is sent there', async (document, from, to, denied) => {
  const change = (json: string) => json.replace(from, to);
  const broken = await failuresWith(
    arrives as Scenario,
    '/theirs',
    `policies_for_other_accounts_${document}`,
    change,
  );
  expect(broken).toBe(denied);
});

test.each([
  ['sqs:ReceiveMessage', 'sqs:SendMessage', 'sqs:ReceiveMessage'],
  ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
  ['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:DeleteMessage'],
  ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:Decrypt'],
])('a consumer without %s is refused', async (from, to, denied) => {
  const broken = await failuresWith(
    consumedElsewhere as Scenario,
    '/two',
    'policies_for_other_accounts_iam_444455556666_role_consumer',
    (json) => json.replace(from, to),
  );
  expect(broken).toBe(denied);
});

test('a consumer that the queue’s own policy does not name is refused', async () => {
  const broken = await failuresWith(
    consumedElsewhere as Scenario,
    '/two',
    'two_queue_policy_document',
    (json) => json.replace('444455556666:role/consumer', '444455556666:role/other'),
  );
  expect(broken).toBe('sqs:GetQueueAttributes');
});

test('what is printed by two stacks for one owner is added together', () => {
  const printing = (stackId: string, sid: string) =>
    readPlan(stackId, {
      ...plan.configuration,
      output: {
        policies_for_other_accounts: {
          value: {
            q: JSON.stringify({
              Version: '2012-10-17',
              Statement: {
                Sid: sid,
                Effect: 'Allow',
                Principal: '*',
                Action: 'sqs:SendMessage',
                Resource: '*',
              },
            }),
          },
        },
      },
    } as Configuration);
  const both = printedPoliciesOf([printing('a', 'One'), printing('b', 'Two')]);

  expect(both.get('q')?.statements.map(({ sid }) => sid)).toEqual(['One', 'Two']);
});

test.each(['text', { q: 7 }])('an output that is %j is no map of policies', (value) => {
  const configuration = {
    ...plan.configuration,
    output: { policies_for_other_accounts: { value } },
  } as Configuration;
  expect(() => printedPoliciesOf([readPlan('dev', configuration)])).toThrow(/no map of policies|no policy/);
});
