import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Environment } from '../../../../../environments/environment';
import { affectedBy } from '../../../../../tools/doctor/affected';
import type { Check } from '../../../../../tools/doctor/check';
import { type Configuration, type Plan, readPlan } from '../../../../../tools/plan/plan';
import { synthesizeAll } from '../../../../../tools/synth/synthesize';
import { type Answers, answering } from '../../recorded';

/** The plans of an environment's stacks; the pipes' own has the ids that AWS gave. */
export function plansWith(environment: Environment, known: ReadonlyMap<string, string>): readonly Plan[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'doctor-'));
  try {
    return synthesizeAll(folder, [environment]).map(({ id, configuration }) =>
      readPlan(id, configuration as Configuration, id.endsWith('-subscriber-pipe') ? known : new Map()),
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

export const pipePlan = (plans: readonly Plan[]): Plan => {
  const plan = plans.find(({ stackId }) => stackId.endsWith('-subscriber-pipe'));
  if (!plan) throw new Error('no stack has pipes');
  return plan;
};

/** What a check says of the stack with the pipes when AWS answers so. */
export const examined = (check: Check, plans: readonly Plan[], answers: Answers) =>
  check.examine({ plan: pipePlan(plans), affected: affectedBy(plans), aws: answering(answers) });

export const ids = {
  connection:
    'arn:aws:events:ap-northeast-2:444455556666:connection/prod-delivery-results/de38d22b-7d6d-4cec-86ca-9bf2ac7c982d',
  destination:
    'arn:aws:events:ap-northeast-2:444455556666:api-destination/prod-delivery-results/7e68b495-5d7d-4687-85ce-4cc5de97122b',
};

/** As recorded for prod. */
export const known: ReadonlyMap<string, string> = new Map([
  ['aws_cloudwatch_event_connection.delivery_results_subscriber_connection.arn', ids.connection],
  ['aws_cloudwatch_event_api_destination.delivery_results_subscriber_destination.arn', ids.destination],
]);
