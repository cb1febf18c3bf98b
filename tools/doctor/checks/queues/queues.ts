import { dnsSuffix } from '../../../plan/computed-attributes';
import type { Actor } from '../../affected';
import type { Check, Permission, Subject } from '../../check';
import type { Finding } from '../../finding';
import { rolePolicyPermissions } from '../roles/role-policies';
import { type QueueAttributes, queueAttributes, queuePermissions } from './queue-attributes';
import { bothSee, names } from './queue-consequences';
import { deadLetters } from './queue-dead-letters';
import { encryptionDifference } from './queue-encryption';
import { type PlannedQueue, plannedQueues } from './queue-plan';
import { queuePolicyDifferences } from './queue-policy';
import { redriveAllowDifference, redriveDifferences } from './queue-redrive';
import { senderRoles } from './queue-sender';
import { fifoDifferences, numberDifferences } from './queue-settings';

/** Queues: their settings, who may use them, and what lies in the dead-letter queues. */
export const queues: Check = {
  name: 'queues',
  permissions: (plan) => plannedQueues(plan).flatMap(permissionsFor),
  examine: async (subject) => {
    const all = plannedQueues(subject.plan);
    const findings = await Promise.all(all.map((queue) => examineQueue(queue, subject)));
    return { resources: all.length, findings: findings.flat() };
  },
};

const permissionsFor = ({ arn, policy }: PlannedQueue): readonly Permission[] => [
  ...queuePermissions(arn),
  ...senderRoles(policy?.json).flatMap(rolePolicyPermissions),
];

const byHand = 'It was changed in the console or by another tool';

async function examineQueue(queue: PlannedQueue, subject: Subject): Promise<readonly Finding[]> {
  const { plan, affected, aws } = subject;
  const deployed = await queueAttributes(queue.arn, aws);
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  const fix = `${deploy} restores it; what was meant belongs in environments/`;
  const { address } = queue.resource;
  const about = { subject: `queue ${queue.name}` };
  // Nobody sends to a dead-letter queue by itself: whoever uses its source is affected.
  const actors = [queue.arn, ...queue.sources].flatMap((arn) => affected.at(arn));
  if (!deployed) return [{ ...about, at: address, ...missing(queue, actors, deploy) }];
  const attributes = [
    ...numberDifferences(queue, deployed, actors),
    ...fifoDifferences(queue, deployed, actors),
    ...encryptionDifference(queue, deployed, { plan, actors }),
  ];
  const told = (at: string, findings: readonly Partial<Finding>[]) =>
    findings.map((finding) => ({ ...about, at, cause: byHand, fix, ...finding }) as Finding);
  const { policy, redrivePolicy, redriveAllowPolicy } = queue;
  return [
    ...told(address, attributes),
    ...told(redrivePolicy?.at ?? address, redriveDifferences(queue, deployed.RedrivePolicy, actors)),
    ...told(redriveAllowPolicy?.at ?? address, redriveAllowDifference(queue, deployed.RedriveAllowPolicy)),
    ...told(policy?.at ?? address, await queuePolicyDifferences(queue, deployed.Policy, subject)),
    ...told(address, deadLettersOf(queue, deployed, subject)),
  ];
}

function deadLettersOf(queue: PlannedQueue, deployed: QueueAttributes, { plan }: Subject) {
  const { region, accountId } = plan;
  const url = `https://sqs.${region}.${dnsSuffix(plan)}/${accountId}/${queue.name}`;
  return deadLetters(queue, deployed, { region, url });
}

function missing(
  { sources }: PlannedQueue,
  actors: readonly Actor[],
  deploy: string,
): Omit<Finding, 'at' | 'subject'> {
  const takers = names(actors, 'function', 'pipe');
  const isDeadLetterQueue = sources.length > 0;
  return {
    code: 'queue-missing',
    severity: 'error',
    problem: 'it does not exist',
    seen: isDeadLetterQueue
      ? `messages that ${takers || 'the consumer'} cannot process have nowhere to go: they come back until their queue deletes them`
      : bothSee(actors, 'AWS.SimpleQueueService.NonExistentQueue'),
    cause:
      'The stack was never deployed to the end, or someone has deleted the queue, and its messages with it',
    fix: `${deploy}; a queue that was deleted can be made again under its name after 60 seconds`,
  };
}
