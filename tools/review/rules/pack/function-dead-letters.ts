import { integrationTarget } from '../../picture/integration-target';
import { blocksOf, textOf, valueAt } from '../reading/fields';
import { isFunction, mentions, queueOf, redriveOf } from '../reading/queues';
import type { RuleResource, System } from '../reading/system';
import type { Rule } from '../rule';

/** Resources that let someone invoke a function, or do so themselves, without waiting for it. */
const otherInvokers = [
  'aws_lambda_permission',
  'aws_cloudwatch_event_target',
  'aws_scheduler_schedule',
  'aws_sns_topic_subscription',
  'aws_s3_bucket_notification',
];

export const functionDeadLetters: Rule = {
  id: 'function-dead-letters',
  title: 'No invocation of a function is lost when it fails',
  scanners: ['CKV_AWS_116', 'HIPAA.Security-LambdaDLQ', 'KICS Lambda Function Without Dead Letter Queue'],
  protects: 'Lambda tries an asynchronous invocation three times, and then drops it.',
  fix:
    'constructs/function/queue-event-source.ts and pipe/lambda-subscriber.ts invoke functions from queues ' +
    'with a redrive policy',
  differs:
    'A function’s own dead-letter queue gets asynchronous invocations only. Where nothing but event ' +
    'source mappings and ' +
    'pipes that wait for the answer invoke it, there are none: what fails stays in the queue that they ' +
    'poll, whose ' +
    'redrive policy is looked for, in other stacks as well. An API waits for its authorizer, and its caller for ' +
    'the API.',
  types: ['aws_lambda_function'],
  problems(resource, system) {
    if (hasOwn(resource, system)) return [];
    const pollers = pollersOf(resource, system);
    const others = otherInvokers
      .flatMap((type) => system.resources(type))
      .filter((other) => mentions(other.values, resource));
    if (others.length > 0) {
      return others.map(
        ({ where }) =>
          `it has neither a dead-letter queue nor a destination for failures, and ${where} may invoke it`,
      );
    }
    if (pollers.length === 0 && isAuthorizer(resource, system)) return [];
    if (pollers.length === 0) return ['it has no dead-letter queue, and what invokes it is not to be seen'];
    return pollers.flatMap((poller) => pollerProblems(poller, system));
  },
};

const hasOwn = (resource: RuleResource, system: System): boolean =>
  blocksOf(resource, 'dead_letter_config').some((config) => valueAt(config, 'target_arn') !== undefined) ||
  system
    .resources('aws_lambda_function_event_invoke_config')
    .filter((config) => isFunction(valueAt(config, 'function_name'), resource))
    .flatMap((config) => blocksOf(config, 'destination_config'))
    .some((destination) => blocksOf(destination, 'on_failure').length > 0);

const isAuthorizer = (resource: RuleResource, system: System): boolean =>
  ['aws_api_gateway_authorizer', 'aws_apigatewayv2_authorizer']
    .flatMap((type) => system.resources(type))
    .some((authorizer) => isFunction(integrationTarget(textOf(authorizer, 'authorizer_uri')), resource));

const pollersOf = (resource: RuleResource, system: System): readonly RuleResource[] => [
  ...system
    .resources('aws_lambda_event_source_mapping')
    .filter((mapping) => isFunction(valueAt(mapping, 'function_name'), resource)),
  ...system
    .resources('aws_pipes_pipe')
    .filter(
      (pipe) =>
        isFunction(valueAt(pipe, 'target'), resource) || isFunction(valueAt(pipe, 'enrichment'), resource),
    ),
];

function pollerProblems(poller: RuleResource, system: System): readonly string[] {
  const isPipe = poller.type === 'aws_pipes_pipe';
  const waits = blocksOf(poller, 'target_parameters')
    .flatMap((block) => blocksOf(block, 'lambda_function_parameters'))
    .every((block) => (textOf(block, 'invocation_type') ?? 'REQUEST_RESPONSE') === 'REQUEST_RESPONSE');
  if (!waits) return [`it has no dead-letter queue, and ${poller.where} does not wait for its answer`];
  const source = valueAt(poller, isPipe ? 'source' : 'event_source_arn');
  const queue = queueOf(system, source);
  if (!queue)
    return [
      `${poller.where} takes from ${source}, which is no queue of these stacks: its redrive policy is not known`,
    ];
  return redriveOf(queue) ? [] : [`${poller.where} takes from ${queue.where}, which has no redrive policy`];
}
