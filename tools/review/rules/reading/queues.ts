import { type Fields, flagOf, isObject, jsonOf, textOf, valueAt } from './fields';
import { means, type RuleResource, type System } from './system';

export const queueType = 'aws_sqs_queue';

/** The queue that a value names, in whichever stack. */
export const queueOf = (system: System, value: unknown): RuleResource | undefined =>
  system.resources(queueType).find((queue) => means(value, queue));

/** Where a queue's messages go that are given up: its attribute, or a resource that sets it. */
export interface Redrive {
  /** An ARN. */
  readonly target: string;
  readonly fields: Fields;
}

/** @throws Unreadable for a redrive policy that is no JSON */
export function redriveOf(queue: RuleResource): Redrive | undefined {
  const attached = queue.stack
    .resources('aws_sqs_queue_redrive_policy')
    .filter((policy) => means(valueAt(policy, 'queue_url'), queue));
  for (const holder of [queue, ...attached]) {
    const fields = textOf(holder, 'redrive_policy') ? jsonOf(holder, 'redrive_policy') : undefined;
    const target = fields && textOf(fields, 'deadLetterTargetArn');
    if (fields && target) return { target, fields };
  }
  return undefined;
}

/** Which queues may use this one for their dead letters; nothing where it does not say. */
export function redriveAllowOf(queue: RuleResource): Fields | undefined {
  const attached = queue.stack
    .resources('aws_sqs_queue_redrive_allow_policy')
    .filter((policy) => means(valueAt(policy, 'queue_url'), queue));
  for (const holder of [queue, ...attached]) {
    const fields = textOf(holder, 'redrive_allow_policy')
      ? jsonOf(holder, 'redrive_allow_policy')
      : undefined;
    if (fields) return fields;
  }
  return undefined;
}

/** Queues of any stack whose dead letters end here. */
export const sourcesOf = (system: System, queue: RuleResource): readonly RuleResource[] =>
  system.resources(queueType).filter((source) => {
    const target = redriveOf(source)?.target;
    return target !== undefined && means(target, queue);
  });

export const isFifo = (queue: RuleResource): boolean => flagOf(queue, 'fifo_queue') === true;

/** Event source mappings and pipes of any stack that take messages from a queue. */
export const consumersOf = (system: System, queue: RuleResource): readonly RuleResource[] => [
  ...system
    .resources('aws_lambda_event_source_mapping')
    .filter((mapping) => means(valueAt(mapping, 'event_source_arn'), queue)),
  ...system.resources('aws_pipes_pipe').filter((pipe) => means(valueAt(pipe, 'source'), queue)),
];

/** The function that a name, an ARN, or an ARN with a version or an alias means. */
export const functionOf = (system: System, value: unknown): RuleResource | undefined =>
  system.resources('aws_lambda_function').find((candidate) => isFunction(value, candidate));

export const isFunction = (value: unknown, candidate: RuleResource): boolean => {
  if (typeof value !== 'string') return false;
  const unqualified = /^arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+/.exec(value)?.[0] ?? value;
  return means(unqualified, candidate);
};

/** Whether a resource mentions another anywhere. */
export const mentions = (value: unknown, resource: RuleResource): boolean => {
  if (Array.isArray(value)) return value.some((item) => mentions(item, resource));
  if (isObject(value)) return Object.values(value).some((item) => mentions(item, resource));
  return isFunction(value, resource);
};
