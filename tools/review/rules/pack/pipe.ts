import { blocksOf, numberOf, textOf, valueAt } from '../reading/fields';
import type { PolicyStatement } from '../reading/statements';
import { attributeOf, means, type RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';
import { allowed, identityPolicies } from './identity-policy';
import { isApiDestination } from './queue-consumer';
import { trustOf } from './role-trust';

const pipe = ['aws_pipes_pipe'];

export const pipeTrust: Rule = {
  id: 'pipe-trust',
  title: 'A pipe’s role is for that pipe',
  scanners: [],
  protects: 'Another pipe, or another account’s, could read the queue with it.',
  fix: 'constructs/pipe/pipe.ts pins aws:SourceAccount and aws:SourceArn to the pipe',
  types: pipe,
  problems(resource) {
    const role = roleOf(resource);
    if (!role) return ['its role is none of the stack'];
    const own = attributeOf(resource, 'arn');
    return trustOf(role)
      .filter(({ effect }) => effect === 'Allow')
      .filter((statement) => !isFor(statement, own))
      .map(({ called }) => `${called} of its role’s trust policy is not for ${own} alone`);
  },
};

const isFor = ({ principals = [], notPrincipals, conditions }: PolicyStatement, arn: string): boolean =>
  notPrincipals === undefined &&
  principals.every(({ type, id }) => type === 'Service' && id === 'pipes.amazonaws.com') &&
  conditions.some(
    ({ operator, key, values }) =>
      ['ArnEquals', 'ArnLike', 'StringEquals'].includes(operator) &&
      key === 'aws:sourcearn' &&
      values.join() === arn,
  ) &&
  conditions.some(
    ({ operator, key, values }) =>
      operator === 'StringEquals' && key === 'aws:sourceaccount' && values.join() === arn.split(':')[4],
  );

const roleOf = (resource: RuleResource) =>
  resource.stack.resources('aws_iam_role').find((role) => means(valueAt(resource, 'role_arn'), role));

export const pipeRole: Rule = {
  id: 'pipe-role',
  title: 'A pipe may use its one source and its one target',
  scanners: [],
  protects:
    'With a wider role, a change of the pipe alone sends other queues’ messages to other subscribers.',
  fix: 'constructs/pipe/pipe.ts grants both; grant nothing further to the role',
  differs: 'The source’s key and what a pipe writes to its log are let through.',
  types: pipe,
  problems(resource) {
    const role = roleOf(resource);
    if (!role) return ['its role is none of the stack'];
    const ends = ['source', 'enrichment', 'target'].flatMap((end) => endsAt(textOf(resource, end)));
    return identityPolicies
      .flatMap((type) => resource.stack.resources(type))
      .filter((policy) => policy === role || means(valueAt(policy, 'role'), role))
      .flatMap((policy) => allowed(policy))
      .flatMap(({ called, actions, notActions, resources, notResources }) => {
        if (notActions || notResources) return [`${called} of its role allows all but some`];
        if (actions.every((action) => /^(kms|logs|xray):/i.test(action))) return [];
        return resources
          .filter((other) => !ends.includes(other))
          .map(
            (other) =>
              `${called} of its role allows ${actions.join(', ')} on ${other}, neither its source nor its target`,
          );
      });
  },
};

/** The id that EventBridge adds to an API destination's ARN changes when it is made again: its name is enough. */
const endsAt = (arn: string | undefined): readonly string[] =>
  arn === undefined ? [] : isApiDestination(arn) ? [arn, arn.replace(/\/[^/]*$/, '/*')] : [arn];

export const pipeLog: Rule = {
  id: 'pipe-log',
  title: 'A pipe logs what goes wrong, without the messages',
  scanners: [],
  protects: 'Without a log nobody sees why deliveries fail; with execution data, whole messages stand in it.',
  fix: 'constructs/pipe/pipe.ts writes the log configuration',
  types: pipe,
  problems(resource) {
    const [log] = blocksOf(resource, 'log_configuration');
    const level = log && textOf(log, 'level');
    if (!log || level === undefined || level === 'OFF') return ['it has no log'];
    const data = [valueAt(log, 'include_execution_data') ?? []].flat();
    return when(data.length > 0, `include_execution_data is ${data.join(', ')}: messages are logged`);
  },
};

export const pipeBatchSize: Rule = {
  id: 'pipe-batch-size',
  title: 'A pipe gives an API destination one message at a time',
  scanners: [],
  protects:
    'An API destination takes no batches: of more than one message, each is sent alone and they fail ' +
    'together.',
  fix: 'constructs/pipe/https-subscriber.ts sets the batch size 1',
  types: pipe,
  problems(resource) {
    const [source] = blocksOf(resource, 'source_parameters').flatMap((block) =>
      blocksOf(block, 'sqs_queue_parameters'),
    );
    const size = source && numberOf(source, 'batch_size');
    return when(
      isApiDestination(textOf(resource, 'target') ?? '') && size !== 1,
      `batch_size is ${size ?? 'not set, which means 10'}`,
    );
  },
};
