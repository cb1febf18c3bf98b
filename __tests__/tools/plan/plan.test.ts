import { expect, test } from 'vitest';
import { flag, map, optionalNumber, optionalText, text } from '../../../tools/plan/attributes';
import { type Configuration, type PlanResource, readPlan, resourcesOf } from '../../../tools/plan/plan';

const provider = { aws: [{ region: 'eu-central-1', allowed_account_ids: ['111122223333'] }] };

const plan = (configuration: Configuration) => readPlan('dev-x', { provider, ...configuration });

const queues = (attributes: object, configuration: Configuration = {}) =>
  resourcesOf(
    plan({
      ...configuration,
      resource: {
        ...configuration.resource,
        aws_sqs_queue: { q: attributes, ...configuration.resource?.aws_sqs_queue },
      },
    }),
    'aws_sqs_queue',
    { reads: ['name', 'fifo_queue', 'max_message_size', 'tags'], ignores: ['kms_master_key_id'] },
  );

const only = (attributes: object, configuration?: Configuration) =>
  queues(attributes, configuration)[0] as PlanResource;

test.each([
  ['eu-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('a plan for %s is in the partition %s', (region, partition) => {
  expect(
    readPlan('s', { provider: { aws: [{ region, allowed_account_ids: ['111122223333'] }] } }),
  ).toMatchObject({
    region,
    partition,
    accountId: '111122223333',
  });
});

test.each([
  [undefined],
  [{ aws: [] }],
  [{ aws: [{ region: 'eu-central-1' }] }],
  [{ aws: [...provider.aws, ...provider.aws] }],
  [{ aws: [{ region: 'eu-central-1', allowed_account_ids: ['111122223333', '444455556666'] }] }],
])('the provider %j is refused', (given) => {
  expect(() => readPlan('dev-x', { provider: given })).toThrow(
    'dev-x: a provider other than one "aws" with a region and one allowed account is not simulated',
  );
});

test('a partition that is not known is refused', () => {
  expect(() =>
    readPlan('s', {
      provider: { aws: [{ region: 'eusc-de-east-1', allowed_account_ids: ['111122223333'] }] },
    }),
  ).toThrow('region eusc-de-east-1: its partition is not simulated');
});

test('an attribute that nobody has thought about is refused', () => {
  expect(() => queues({ name: 'q', delay_seconds: 5 })).toThrow(
    'dev-x: aws_sqs_queue.q: its attribute "delay_seconds" is not simulated',
  );
});

test('what is ignored need not be understood, and Terraform’s own arguments count for nothing', () => {
  const { attributes, address } = only({
    name: 'q',
    kms_master_key_id: '${aws_kms_key.key.arn}',
    depends_on: ['aws_iam_role.r'],
    lifecycle: {},
    '//': {},
    tags: null,
  });

  expect(address).toBe('dev-x: aws_sqs_queue.q');
  expect(attributes).toEqual(new Map([['name', 'q']]));
});

test.each([
  ['plain', 'plain'],
  ['$${n} and %%{x} and $context and 100%', '${n} and %{x} and $context and 100%'],
  ['a-${aws_kms_key.key.description}-${aws_kms_key.key.policy}', 'a-literal-a${b}'],
  ['${aws_kms_key.key.deletion_window_in_days}', 7],
  ['${ aws_kms_key.key.description }', 'literal'],
  ['${aws_kms_alias.alias.target_key_id}', 'literal'],
])('the text %j means %j', (written, meaning) => {
  const resource = {
    aws_kms_key: { key: { description: 'literal', policy: 'a$${b}', deletion_window_in_days: 7 } },
    aws_kms_alias: { alias: { target_key_id: '${aws_kms_key.key.description}' } },
  };

  expect(only({ name: written }, { resource }).attributes.get('name')).toBe(meaning);
});

test.each([
  ['${upper("x")}', 'the Terraform template "${upper(\\"x\\")}"'],
  ['${local.secret}', 'the expression ${local.secret}'],
  ['${var.list}', 'the variable list, which is no text,'],
  ['${aws_sqs_queue.q[0].name}', 'the expression ${aws_sqs_queue.q[0].name}'],
  ['%{ if true }x%{ endif }', 'the Terraform template "%{ if true }x%{ endif }"'],
  ['$$${x}', 'the Terraform template "$$${x}"'],
  ['${data.aws_region.here.name}', 'the data source ${data.aws_region.here.name}'],
  ['x${aws_kms_key.key.tags}', 'text around ${aws_kms_key.key.tags}, which is neither text nor a number,'],
])('the text %j is refused by name', (written, named) => {
  const configuration = {
    resource: { aws_kms_key: { key: { tags: {} } } },
    data: { aws_region: { here: {} } },
    variable: { list: { type: 'list(string)' } },
  };

  expect(() => only({ name: written }, configuration)).toThrow(
    `dev-x: aws_sqs_queue.q.name: ${named} is not simulated`,
  );
});

test('a reference to nothing is an error, one to what only AWS knows is refused', () => {
  expect(() => only({ name: '${aws_kms_key.none.arn}' })).toThrow(
    'dev-x: aws_sqs_queue.q.name: ${aws_kms_key.none.arn} refers to nothing that the stack has; correct the reference',
  );
  expect(() => only({ name: '${var.none}' })).toThrow(
    'dev-x: aws_sqs_queue.q.name: ${var.none} refers to nothing that the stack has; correct the reference',
  );
  const resource = { aws_kms_key: { key: {} } };
  expect(() => only({ name: '${aws_kms_key.key.rotation_period_in_days}' }, { resource })).toThrow(
    'dev-x: aws_kms_key.key: its attribute "rotation_period_in_days", which only AWS gives, is not simulated',
  );
});

test('a variable is its default, or a text that stands for what is entered', () => {
  const variable = { secret: { type: 'string', sensitive: true }, stage: { type: 'string', default: 'v1' } };

  expect(only({ name: '${var.secret}' }, { variable }).attributes.get('name')).toBe('value-of-secret');
  expect(only({ name: '${var.stage}' }, { variable }).attributes.get('name')).toBe('v1');
});

test.each([
  ['aws_iam_role', { name: 'r' }, 'arn', /^arn:aws:iam::111122223333:role\/r$/],
  ['aws_iam_role', { name: 'r' }, 'id', /^r$/],
  [
    'aws_lambda_function',
    { function_name: 'f' },
    'arn',
    /^arn:aws:lambda:eu-central-1:111122223333:function:f$/,
  ],
  ['aws_pipes_pipe', { name: 'p' }, 'arn', /^arn:aws:pipes:eu-central-1:111122223333:pipe\/p$/],
  ['aws_s3_bucket', { bucket: 'b' }, 'id', /^b$/],
  ['aws_s3_bucket', { bucket: 'b' }, 'arn', /^arn:aws:s3:::b$/],
  ['aws_sqs_queue', { name: 'q.fifo' }, 'arn', /^arn:aws:sqs:eu-central-1:111122223333:q\.fifo$/],
  ['aws_sqs_queue', { name: 'q' }, 'url', /^https:\/\/sqs\.eu-central-1\.amazonaws\.com\/111122223333\/q$/],
  [
    'aws_kms_key',
    {},
    'arn',
    /^arn:aws:kms:eu-central-1:111122223333:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  ],
  [
    'aws_cloudwatch_event_api_destination',
    { name: 'd' },
    'arn',
    /^arn:aws:events:eu-central-1:111122223333:api-destination\/d\/[0-9a-f-]{36}$/,
  ],
])('%s %j has the %s that AWS computes', (type, attributes, attribute, expected) => {
  const name = `\${${type}.x.${attribute}}`;

  expect(only({ name }, { resource: { [type]: { x: attributes } } }).attributes.get('name')).toMatch(
    expected,
  );
});

test('a key has one id, also within its ARN', () => {
  const [key] = resourcesOf(plan({ resource: { aws_kms_key: { k: {} } } }), 'aws_kms_key', {
    reads: ['arn', 'key_id'],
    ignores: [],
  });

  expect(key?.attributes.get('arn')).toBe(
    `arn:aws:kms:eu-central-1:111122223333:key/${key?.attributes.get('key_id')}`,
  );
});

test('an id that AWS would give is made up: always the same, and another for each resource', () => {
  const ids = () =>
    resourcesOf(
      plan({
        resource: {
          aws_api_gateway_resource: {
            a: { parent_id: '${aws_api_gateway_rest_api.api.root_resource_id}' },
            b: { parent_id: '${aws_api_gateway_resource.a.id}' },
          },
          aws_api_gateway_rest_api: { api: {} },
        },
      }),
      'aws_api_gateway_resource',
      { reads: ['id', 'parent_id'], ignores: [] },
    ).map((resource) => [text(resource, 'id'), text(resource, 'parent_id')]);

  const [[a, root], [b, parent]] = ids() as [[string, string], [string, string]];

  expect(ids()).toEqual([
    [a, root],
    [b, parent],
  ]);
  expect(parent).toBe(a);
  expect(new Set([a, b, root]).size).toBe(3);
  expect(a).toMatch(/^[0-9a-z]{10}$/);
});

test('a policy document is assembled as the provider does it', () => {
  const configuration = {
    data: {
      aws_iam_policy_document: {
        d: {
          statement: [
            {
              sid: 'One',
              actions: ['a:B'],
              resources: ['arn:${aws_kms_key.key.description}'],
              principals: [{ type: '*', identifiers: ['*'] }],
              condition: [
                { test: 'IpAddress', variable: 'aws:SourceIp', values: ['192.0.2.0/24'] },
                { test: 'IpAddress', variable: 'aws:SourceIp', values: ['198.51.100.0/24'] },
                { test: 'Bool', variable: 'aws:SecureTransport', values: ['true'] },
              ],
            },
            { effect: 'Deny', actions: ['a:C'], principals: { type: 'AWS', identifiers: ['1'] } },
          ],
        },
      },
    },
    resource: { aws_kms_key: { key: { description: 'x' } } },
  };

  const json = only({ name: '${data.aws_iam_policy_document.d.json}' }, configuration).attributes.get('name');

  expect(JSON.parse(json as string)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'One',
        Effect: 'Allow',
        Principal: '*',
        Action: ['a:B'],
        Resource: ['arn:x'],
        Condition: {
          IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] },
          Bool: { 'aws:SecureTransport': ['true'] },
        },
      },
      { Effect: 'Deny', Principal: { AWS: ['1'] }, Action: ['a:C'] },
    ],
  });
});

test.each([
  [{ source_policy_documents: [] }, 'its attribute "source_policy_documents"'],
  [{ statement: [{ sid: 'S', not_actions: ['a:B'] }] }, '"not_actions" in the statement "S"'],
])('the policy document %j is refused by name', (document, named) => {
  expect(() =>
    only(
      { name: '${data.aws_iam_policy_document.d.json}' },
      { data: { aws_iam_policy_document: { d: document } } },
    ),
  ).toThrow(`dev-x: data.aws_iam_policy_document.d: ${named} is not simulated`);
});

test('attributes are what they are read as, or an error that names them', () => {
  const queue = only({ name: 'q', fifo_queue: true, max_message_size: 1024, tags: { a: 'b' } });

  expect(text(queue, 'name')).toBe('q');
  expect(flag(queue, 'fifo_queue')).toBe(true);
  expect(optionalNumber(queue, 'max_message_size')).toBe(1024);
  expect(map(queue, 'tags', 'string')).toEqual(new Map([['a', 'b']]));

  const without = only({});
  expect(() => text(without, 'name')).toThrow('dev-x: aws_sqs_queue.q has no "name"');
  expect(optionalText(without, 'name')).toBeUndefined();
  expect(flag(without, 'fifo_queue')).toBe(false);
  expect(optionalNumber(without, 'max_message_size')).toBeUndefined();
  expect(map(without, 'tags', 'string')).toEqual(new Map());

  expect(() => flag(queue, 'name')).toThrow(
    'dev-x: aws_sqs_queue.q: "name" is "q", which is not true or false',
  );
  expect(() => text(queue, 'tags')).toThrow('dev-x: aws_sqs_queue.q: "tags" is {"a":"b"}, which is not text');
  expect(() => optionalNumber(queue, 'name')).toThrow('which is not a number');
  expect(() => map(queue, 'name', 'string')).toThrow('which is not a map');
  expect(() => map(queue, 'tags', 'boolean')).toThrow('which is not a map of booleans');
});

test('what AWS gave takes the place of what is made up', () => {
  const configuration = {
    provider,
    resource: {
      aws_apigatewayv2_api: { api: { name: 'chat' } },
      aws_sqs_queue: { q: { name: '${aws_apigatewayv2_api.api.id}-q' } },
    },
  };
  const known = new Map([['aws_apigatewayv2_api.api.id', 'a1b2c3d4e5']]);
  const names = (given: ReturnType<typeof readPlan>) =>
    resourcesOf(given, 'aws_sqs_queue', { reads: ['name'], ignores: 'the rest' }).map(({ attributes }) =>
      attributes.get('name'),
    );
  expect(names(readPlan('dev-x', configuration, known))).toEqual(['a1b2c3d4e5-q']);
  expect(names(readPlan('dev-x', configuration))).not.toEqual(['a1b2c3d4e5-q']);
});

test('a reader who needs little may leave out the rest', () => {
  const resource = { aws_sqs_queue: { q: { name: 'q', delay_seconds: 5, url: '${nonsense()}' } } };
  const [queue] = resourcesOf(readPlan('dev-x', { provider, resource }), 'aws_sqs_queue', {
    reads: ['name'],
    ignores: 'the rest',
  });
  expect([...(queue?.attributes ?? [])]).toEqual([['name', 'q']]);
});
