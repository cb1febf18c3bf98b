import { TerraformStack, Testing } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { CallbackRoute } from '../../constructs/api/callback-route';
import { setPlacement } from '../../constructs/iam/placement';
import { ServiceRole } from '../../constructs/iam/service-role';
import { ExistingQueue } from '../../constructs/queue/existing-queue';
import { standardAttributeNames } from '../../environments/checks/headers';
import { refuses, takes } from './cases';
import { everySetting, faultsWith } from './settings';

const first = 'callbackReceiver.callbacks[0]';
const second = 'callbackReceiver.callbacks[1]';

describe('the stage', () => {
  const rate =
    'must be a number of requests a second above 0 and up to 2,147,483,647: at 0 every request is refused';
  const stage = 'must be 1 to 128 letters, digits, _ and -';
  refuses([
    ['callbackReceiver.stageName', '', stage],
    ['callbackReceiver.stageName', 'v1/x', stage],
    ['callbackReceiver.stageName', 'a'.repeat(129), stage],
    ['callbackReceiver.stageName', 1, stage],
    ['callbackReceiver.throttling.rateLimit', 0, rate],
    ['callbackReceiver.throttling.rateLimit', -1, rate],
    ['callbackReceiver.throttling.rateLimit', Number.POSITIVE_INFINITY, rate],
    ['callbackReceiver.throttling.rateLimit', Number.NaN, rate],
    ['callbackReceiver.throttling.rateLimit', '100', rate],
    [
      'callbackReceiver.throttling.burstLimit',
      0,
      'must be a whole number of requests from 1 to 2,147,483,647',
    ],
    [
      'callbackReceiver.throttling.burstLimit',
      1.5,
      'must be a whole number of requests from 1 to 2,147,483,647',
    ],
    ['callbackReceiver.throttling', 100, 'must be an object with rateLimit and burstLimit'],
    ['callbackReceiver.disableExecuteApiEndpoint', 'no', 'must be true or false, without quotes'],
  ]);
  takes([
    ['callbackReceiver.stageName', 'a'.repeat(128)],
    ['callbackReceiver.throttling', undefined],
  ]);
});

describe('the callbacks', () => {
  const name =
    'must be lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen';

  it.each([[[]], [{}], ['orders'], [null]])('may not be %j', (callbacks) => {
    expect(
      faultsWith({ 'callbackReceiver.callbacks': callbacks, 'subscriberPipe.subscriptions': undefined }),
    ).toContainEqual({
      environment: 'test',
      field: 'callbackReceiver.callbacks',
      value: callbacks,
      rule: 'must be a list of at least one callback',
    });
  });

  refuses([
    [`${second}.name`, 'Texts', name],
    [`${second}.name`, '1texts', name],
    [`${second}.name`, 'texts-', name],
    [`${second}.name`, 'te--xts', name],
    [`${second}.name`, '', name],
    [`${second}.name`, undefined, name],
    [`${second}.name`, 'orders', `is the name of ${first} too: give each callback its own`],
    [`${first}.response`, 'id', 'must be "empty" or "message-id"'],
  ]);

  it('have names that differ in letters and digits, since these name the models', () => {
    expect(faultsWith({ [`${second}.name`]: 'or-ders' })).toEqual([]);
    expect(
      faultsWith({ [`${second}.name`]: 'a-1', 'callbackReceiver.callbacks[2].name': 'a1' }).filter(
        ({ field }) => field.startsWith('callbackReceiver'),
      ),
    ).toEqual([
      {
        environment: 'test',
        field: 'callbackReceiver.callbacks[2].name',
        value: 'a1',
        rule: `would call its model A1, as ${second} does: models have letters and digits only, let the names differ in these`,
      },
    ]);
  });

  it('are objects', () => {
    expect(faultsWith({ [second]: 'texts' })).toEqual([
      {
        environment: 'test',
        field: second,
        value: 'texts',
        rule: 'must be an object with name, path, allowList, schema, contentTypes, binaryContentTypes, authorization, apiKey, headerAttributes, response and queue',
      },
    ]);
  });
});

describe('the path of a callback', () => {
  const slash = 'must be a path with its leading slash and at least one segment: /bizppurio/delivery-results';
  const characters =
    'must be segments of letters, digits, ., _ and - with single slashes between, without a slash at the end';
  const fixed =
    'must be a fixed path: a path parameter {…} would never reach the message; write one callback a path, or have the sender put it into the body';
  const dots = 'must be without the segments . and .., which clients resolve before they send';
  const reserved =
    'must be outside of /ping and /sping, which API Gateway keeps for its own health checks: begin with another segment';
  refuses([
    [`${first}.path`, 'orders', slash],
    [`${first}.path`, '/', slash],
    [`${first}.path`, '//orders', slash],
    [`${first}.path`, '', slash],
    [`${first}.path`, undefined, slash],
    [`${first}.path`, '/orders/', characters],
    [`${first}.path`, '/a//b', characters],
    [`${first}.path`, '/a b', characters],
    [`${first}.path`, '/a?b=c', characters],
    [`${first}.path`, '/a:b', characters],
    [`${first}.path`, '/주문', characters],
    [`${first}.path`, '/orders\n', characters],
    [`${first}.path`, '/orders/{id}', fixed],
    [`${first}.path`, '/{proxy+}', fixed],
    [`${first}.path`, '/a/../b', dots],
    [`${first}.path`, '/.', dots],
    [`${first}.path`, '/ping', reserved],
    [`${first}.path`, '/sping/a', reserved],
    [`${second}.path`, '/shop/orders', `is the path of ${first} too: give each callback its own`],
  ]);

  takes([
    [`${first}.path`, '/pings'],
    [`${first}.path`, '/a/ping'],
    [`${first}.path`, '/A.b_c-1/x'],
    [`${first}.path`, '/texts/orders'],
  ]);

  it.each([
    ['/shop__orders', '/shop__orders', '/shop/orders', 'shop__orders'],
    ['/shop__orders/more', '/shop__orders', '/shop/orders', 'shop__orders'],
    ['/shop/or.ders', undefined, undefined, undefined],
  ])('may not be called in Terraform what another is: %s', (path, part, otherPart, name) => {
    expect(faultsWith({ [`${second}.path`]: path })).toEqual(
      name === undefined
        ? []
        : [
            {
              environment: 'test',
              field: `${second}.path`,
              value: path,
              rule: `has ${part} where ${first}.path has ${otherPart}, and Terraform would call both ${name}: let them differ in letters or digits`,
            },
          ],
    );
  });

  it('may not differ from another in punctuation alone', () => {
    expect(faultsWith({ [`${first}.path`]: '/a-b', [`${second}.path`]: '/a.b/c' })).toEqual([
      {
        environment: 'test',
        field: `${second}.path`,
        value: '/a.b/c',
        rule: `has /a.b where ${first}.path has /a-b, and Terraform would call both a_b: let them differ in letters or digits`,
      },
    ]);
  });
});

describe('content types', () => {
  const known = 'must be "application/json", "application/x-www-form-urlencoded" or "text/plain"';
  const field = 'callbackReceiver.callbacks[1].contentTypes';
  refuses([
    [field, [], 'must be a list of at least one content type'],
    [field, 'application/json', 'must be a list of at least one content type'],
    [`${field}[0]`, 'application/xml', known],
    [`${field}[1]`, 'Text/Plain', known],
    [`${field}[1]`, 'application/json', `is ${field}[0] too: leave one out`],
  ]);
});

describe('header attributes', () => {
  const field = `${first}.headerAttributes`;
  const name = 'must be the name of a request header: 1 to 256 letters, digits, ., _ and -';
  const credential = 'carries a credential, which would end up in the queue: take another header';
  const transport =
    'is about the transport, not the message, and may be dropped or rewritten on the way: take another header';
  const attribute =
    'must be the name of a message attribute: 1 to 256 letters, digits, _, - and single dots, none at the start or the end';
  const reserved = 'must be a name that does not begin with AWS. or Amazon., which SQS reserves';
  const taken = 'is an attribute that every message has already: use another name';
  refuses([
    [`${field}[0].header`, 'X Signature', name],
    [`${field}[0].header`, 'X-Signature:', name],
    [`${field}[0].header`, 'X-$ignature', name],
    [`${field}[0].header`, '', name],
    [`${field}[0].header`, undefined, name],
    [`${field}[0].header`, 'Authorization', credential],
    [`${field}[0].header`, 'COOKIE', credential],
    [`${field}[0].header`, 'x-api-key', credential],
    [`${field}[0].header`, 'Content-Length', transport],
    [`${field}[0].header`, 'TE', transport],
    [
      `${field}[0].header`,
      'content-type',
      'is the attribute contentType of every message already: leave it out',
    ],
    [`${field}[1].header`, 'x-signature', `is the header of ${field}[0] too: leave one out`],
    [`${field}[0].attribute`, '', attribute],
    [`${field}[0].attribute`, 'a b', attribute],
    [`${field}[0].attribute`, '.a', attribute],
    [`${field}[0].attribute`, 'a.', attribute],
    [`${field}[0].attribute`, 'a..b', attribute],
    [`${field}[0].attribute`, 'a'.repeat(257), attribute],
    [`${field}[0].attribute`, 'aws.trace', reserved],
    [`${field}[0].attribute`, 'AMAZON.id', reserved],
    [`${field}[1].attribute`, 'signature', `is the attribute name of ${field}[0] too: leave one out`],
    ...standardAttributeNames.map((standard) => [`${field}[0].attribute`, standard, taken] as const),
    [`${field}[0].required`, 1, 'must be true or false, without quotes'],
  ]);
  takes([
    [`${field}[0].attribute`, 'a'.repeat(256)],
    [`${field}[0].attribute`, 'awsome.id-1_x'],
    [`${field}[0].header`, 'X_Signature.1'],
  ]);

  it('are as many as SQS takes beside the ones that every message has', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ header: `X-${index}`, attribute: `a${index}` }));
    expect(faultsWith({ [field]: many(6) })).toEqual([]);
    expect(faultsWith({ [field]: many(7) })).toEqual([
      {
        environment: 'test',
        field,
        value: many(7),
        rule: 'must be a list of at most 6 header attributes, since SQS takes 10 attributes a message and 4 are taken',
      },
    ]);
  });

  it('leaves out exactly the names that the template sets', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'stack');
    setPlacement(stack, {
      partition: 'aws',
      region: 'ap-northeast-2',
      accountId: '111122223333',
      dnsSuffix: 'amazonaws.com',
    });
    new CallbackRoute(stack, 'route', {
      restApiId: 'api',
      resourceId: 'resource',
      requestValidatorId: 'validator',
      name: 'orders',
      contentTypes: ['text/plain'],
      schema: {},
      headerAttributes: [],
      accepted: 'empty',
      queue: new ExistingQueue(stack, 'queue', { arn: 'arn:aws:sqs:ap-northeast-2:111122223333:orders' }),
      role: new ServiceRole(stack, 'role', {
        name: 'sender',
        description: '',
        trust: { service: 'apigateway' },
      }),
    });
    const names = [...Testing.synth(stack).matchAll(/MessageAttribute\.\d+\.Name=(\w+)/g)].map(([, n]) => n);
    expect(names).toEqual(standardAttributeNames);
  });
});

describe('the resource policy', () => {
  const callbacks = (count: number, allowList: (index: number) => readonly string[]) =>
    Array.from({ length: count }, (_, index) => ({
      name: `callback-x${index}`,
      path: `/callback/x${index}`,
      allowList: allowList(index),
      schema: {},
    }));
  const faults = (list: readonly object[]) =>
    faultsWith({ 'callbackReceiver.callbacks': list, subscriberPipe: undefined });

  it('may hold 250 callbacks with one allow-list', () => {
    expect(faults(callbacks(250, () => ['203.0.113.0/24']))).toEqual([]);
  });

  it('may not be longer than API Gateway takes', () => {
    const many = callbacks(40, (index) => [`203.0.113.${index}/32`]);
    expect(faults(many)).toEqual([
      {
        environment: 'test',
        field: 'callbackReceiver.callbacks',
        value: many,
        rule: expect.stringMatching(
          /^make a resource policy of [\d,]+ characters, and API Gateway takes 8,192: let callbacks share one allow-list, merge CIDR blocks, or split the callbacks over two environments$/,
        ),
      },
    ]);
  });

  it('is measured to the character', () => {
    const one = (count: number, last: string) => [
      {
        ...everySetting.callbackReceiver?.callbacks[2],
        allowList: [...Array.from({ length: count }, (_, index) => `10.0.${index}.0/24`), last],
      },
    ];
    // Two statements for the whole API, of which each block takes its characters, two quotes and a comma, twice.
    const short = faults(one(255, '2001:db8::/32'));
    expect(short).toMatchObject([{ field: 'callbackReceiver.callbacks' }]);
    const [, figure = ''] = /of ([\d,]+) characters/.exec(short[0]?.rule ?? '') ?? [];
    const longer = faults(one(255, '2001:db8:1::/48'));
    const [, longerFigure = ''] = /of ([\d,]+) characters/.exec(longer[0]?.rule ?? '') ?? [];
    const length = (text: string) => Number(text.replace(',', ''));
    expect(length(longerFigure) - length(figure)).toBe(
      2 * ('2001:db8:1::/48'.length - '2001:db8::/32'.length),
    );
  });
});
