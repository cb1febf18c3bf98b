import { describe, expect, it } from 'vitest';
import {
  account,
  type Blocks,
  concerns,
  policy,
  queue,
  type Resources,
  reviewOf,
  shown,
  together,
} from '../reviewed';

const apiArn = 'arn:aws:execute-api:eu-central-1:111122223333:${aws_api_gateway_rest_api.api.id}';
const all = `${apiArn}/v1/*/*`;
const invoke = { Principal: '*', Action: 'execute-api:Invoke' };

/** An allow-list as it stands in a resource policy. */
const allowList = (blocks: readonly string[], Resource = all) => [
  { Effect: 'Allow', ...invoke, Resource, Condition: { IpAddress: { 'aws:SourceIp': blocks } } },
  { Effect: 'Deny', ...invoke, Resource, Condition: { NotIpAddress: { 'aws:SourceIp': blocks } } },
];

const method = (path: string, more: object = {}) => ({
  rest_api_id: '${aws_api_gateway_rest_api.api.id}',
  resource_id: `\${aws_api_gateway_resource.${path}.id}`,
  http_method: 'POST',
  authorization: 'NONE',
  ...more,
});

/** A REST API with POST /a and POST /a/b. */
const api = (
  statements: readonly object[] | undefined,
  {
    methods = { a: method('a'), b: method('b') },
    settings = {},
  }: { readonly methods?: Resources[string]; readonly settings?: object } = {},
): Blocks =>
  together({
    aws_api_gateway_rest_api: { api: { name: 'receiver', ...settings } },
    aws_api_gateway_stage: { v1: { rest_api_id: '${aws_api_gateway_rest_api.api.id}', stage_name: 'v1' } },
    aws_api_gateway_resource: {
      a: {
        rest_api_id: '${aws_api_gateway_rest_api.api.id}',
        parent_id: '${aws_api_gateway_rest_api.api.root_resource_id}',
        path_part: 'a',
      },
      b: {
        rest_api_id: '${aws_api_gateway_rest_api.api.id}',
        parent_id: '${aws_api_gateway_resource.a.id}',
        path_part: 'b',
      },
    },
    aws_api_gateway_method: methods,
    ...(statements && {
      aws_api_gateway_rest_api_policy: {
        policy: { rest_api_id: '${aws_api_gateway_rest_api.api.id}', policy: policy(...statements) },
      },
    }),
  });

const both = 'POST /a of API receiver, POST /a/b of API receiver';

describe('an allow-list', () => {
  it('that gets wider is told by its addresses, once for all routes, and by nothing else', () => {
    const review = reviewOf(api(allowList(['192.0.2.0/24'])), api(allowList(['192.0.2.0/24', '10.0.0.0/8'])));
    expect(concerns(review)).toEqual([`opens ${both}: 10.0.0.0/8 (16,777,216 addresses, private)`]);
    expect(review.statements).toEqual([]);
    expect(shown(review)).toHaveLength(1);
  });

  it('that gets smaller is told, and no concern', () => {
    const review = reviewOf(api(allowList(['192.0.2.0/24'])), api(allowList(['192.0.2.0/25'])));
    expect(review).toMatchObject({
      concerns: [],
      exposure: [{ opened: [], closed: ['192.0.2.128/25 (128 addresses)'], isNew: false }],
      statements: [],
    });
  });

  it('that is written otherwise is not told', () => {
    const review = reviewOf(
      api(allowList(['192.0.2.0/24'])),
      api(allowList(['192.0.2.0/25', '192.0.2.128/25'])),
    );
    expect(review.exposure).toEqual([]);
    expect(review.concerns).toEqual([]);
  });

  it('of one route is told of that one', () => {
    const base = [
      ...allowList(['192.0.2.1'], `${apiArn}/v1/POST/a`),
      ...allowList(['192.0.2.1'], `${apiArn}/v1/POST/a/b`),
    ];
    const head = [
      ...allowList(['192.0.2.1'], `${apiArn}/v1/POST/a`),
      ...allowList(['192.0.2.1', '::/0'], `${apiArn}/v1/POST/a/b`),
    ];
    expect(reviewOf(api(base), api(head)).exposure.map(({ what, opened }) => [what, opened])).toEqual([
      [['POST /a/b of API receiver'], ['::/0 (2^128 addresses, the whole internet)']],
    ]);
  });

  it('that goes opens the routes to the whole internet', () => {
    const { exposure, statements } = reviewOf(api(allowList(['0.0.0.0/1', '::/0'])), api(undefined));
    expect(exposure).toMatchObject([{ opened: ['128.0.0.0/1 (2,147,483,648 addresses)'] }]);
    expect(statements).toEqual([]);
  });

  it('that says more than addresses is told by its statements too', () => {
    const role = {
      Principal: { AWS: account },
      Effect: 'Allow',
      Action: 'execute-api:Invoke',
      Resource: all,
    };
    const review = reviewOf(
      api([...allowList(['192.0.2.1']), role]),
      api([...allowList(['192.0.2.1', '192.0.2.3']), role]),
    );
    expect(review.exposure).toHaveLength(1);
    expect(review.statements.some(({ widens }) => widens)).toBe(true);
  });

  it('of a route that the API does not have is told by its statement', () => {
    const review = reviewOf(
      api(allowList(['192.0.2.1'])),
      api([...allowList(['192.0.2.1']), ...allowList(['192.0.2.3'], `${apiArn}/v2/*`)]),
    );
    expect(review.exposure).toEqual([]);
    expect(review.statements.some(({ widens }) => widens)).toBe(true);
  });

  it('that cannot be read is not left out', () => {
    const strange = [
      { Effect: 'Allow', ...invoke, Resource: all, Condition: { Strange: { 'aws:SourceIp': 'a' } } },
    ];
    expect(reviewOf(api(allowList(['192.0.2.1'])), api(strange)).concerns.length).toBeGreaterThan(0);
  });
});

describe('a route', () => {
  const list = allowList(['192.0.2.0/24']);
  const only = (more: object) => api(list, { methods: { a: method('a', more) } });

  it('that is new is told with its addresses and its authorization', () => {
    expect(concerns(reviewOf(only({}), api(list)))).toEqual([
      'adds POST /a/b of API receiver: 192.0.2.0/24 (256 addresses), authorization NONE',
    ]);
  });

  it('that is new and signed is not told', () => {
    const head = api(list, { methods: { a: method('a'), b: method('b', { authorization: 'AWS_IAM' }) } });
    expect(reviewOf(only({}), head).exposure).toEqual([]);
  });

  it.each([
    [{ authorization: 'AWS_IAM' }, {}, ['authorization NONE instead of AWS_IAM'], []],
    [{}, { authorization: 'AWS_IAM' }, [], ['authorization AWS_IAM instead of NONE']],
    [{ api_key_required: true }, {}, ['no API key is asked for any more'], []],
    [{}, { api_key_required: true }, [], ['an API key is asked for']],
  ])('%j, now %j', (base, head, opened, closed) => {
    const review = reviewOf(only(base), only(head));
    expect(review.exposure).toMatchObject([{ what: ['POST /a of API receiver'], opened, closed }]);
    expect(review.concerns).toHaveLength(opened.length);
  });
});

const settings = (name: string, before: object, after: object, opened: string) =>
  [name, before, after, opened] as const;
const webSocket = (type: string, more: object = {}): Resources => ({
  aws_apigatewayv2_api: { api: { name: 'reply', protocol_type: type } },
  aws_apigatewayv2_route: {
    connect: {
      api_id: '${aws_apigatewayv2_api.api.id}',
      route_key: '$connect',
      authorization_type: 'AWS_IAM',
      ...more,
    },
    default: { api_id: '${aws_apigatewayv2_api.api.id}', route_key: '$default', ...more },
  },
});
const bucket = (flag: boolean | undefined): Resources => ({
  aws_s3_bucket: { archive: { bucket: 'archive' } },
  ...(flag !== undefined && {
    aws_s3_bucket_public_access_block: {
      archive: {
        bucket: '${aws_s3_bucket.archive.id}',
        block_public_acls: true,
        block_public_policy: flag,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    },
  }),
});
const url = (authorization_type: string): Resources => ({
  aws_lambda_function_url: { url: { function_name: 'reply', authorization_type } },
});

describe('a setting that opens something', () => {
  it.each([
    settings(
      'API receiver',
      { disable_execute_api_endpoint: true },
      {},
      'its execute-api endpoint answers, beside its own domain',
    ),
    settings(
      'API receiver',
      { endpoint_configuration: { types: ['PRIVATE'] } },
      { endpoint_configuration: [{ types: ['REGIONAL'] }] },
      'it can be reached from outside its VPC endpoints',
    ),
  ])('%s: %j, now %j', (what, before, after, opened) => {
    const [base, head] = [before, after].map((one) => api(allowList(['192.0.2.1']), { settings: one }));
    expect(reviewOf(base, head)).toMatchObject({
      exposure: [{ what: [what], opened: [opened] }],
      concerns: [{}],
    });
    expect(reviewOf(head, base)).toMatchObject({ exposure: [{ what: [what], opened: [] }], concerns: [] });
  });

  it.each<readonly [string, Resources, Resources, readonly string[]]>([
    [
      '$connect of API reply',
      webSocket('WEBSOCKET'),
      webSocket('WEBSOCKET', { authorization_type: 'NONE' }),
      ['everyone, with authorization NONE'],
    ],
    ['bucket archive', bucket(true), bucket(false), ['block_public_policy is off']],
    [
      'bucket archive',
      bucket(true),
      bucket(undefined),
      ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].map(
        (one) => `${one} is off`,
      ),
    ],
    ['URL of function reply', url('AWS_IAM'), url('NONE'), ['authorization NONE']],
    ['URL of function reply', {}, url('NONE'), ['authorization NONE']],
  ])('%s', (what, base, head, opened) => {
    const review = reviewOf(together(base), together(head));
    expect(review.exposure.map((one) => [one.what, one.opened])).toEqual([[[what], opened]]);
    expect(review.concerns).toHaveLength(1);
  });

  it('only $connect of a WebSocket API can ask for authorization', () => {
    expect(reviewOf(together(), together(webSocket('WEBSOCKET'))).exposure).toEqual([]);
  });

  it('every route of an HTTP API asks for authorization by itself', () => {
    const review = reviewOf(
      together(webSocket('HTTP')),
      together(webSocket('HTTP', { authorization_type: 'JWT' })),
    );
    expect(review.exposure.map(({ what, closed }) => [what, closed])).toEqual([
      [['$default of API reply'], ['authorization JWT']],
    ]);
  });

  it('a new bucket without a public access block is as AWS makes it', () => {
    expect(reviewOf(together(queue('a')), together(queue('a'), bucket(undefined))).exposure).toEqual([]);
  });
});

it('a private API without a policy lets nobody in, so that a policy opens it', () => {
  const privately = { settings: { endpoint_configuration: { types: ['PRIVATE'] } } };
  const review = reviewOf(api(undefined, privately), api(allowList(['10.0.0.0/8']), privately));
  expect(review.exposure).toMatchObject([
    { opened: ['10.0.0.0/8 (16,777,216 addresses, private)'], closed: [] },
  ]);
});
