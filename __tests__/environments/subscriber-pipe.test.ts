import { describe, expect, it } from 'vitest';
import { faultsOf, notShown } from '../../environments/checks';
import { refuses, takes } from './cases';
import { everySetting, faultsWith, withSettings } from './settings';

const archive = 'subscriberPipe.subscriptions[0]';
const https = 'subscriberPipe.subscriptions[1]';
const lambda = 'subscriberPipe.subscriptions[2]';

describe('the subscriptions', () => {
  refuses([
    ['subscriberPipe', [], 'must be an object with subscriptions'],
    ['subscriberPipe.subscriptions', [], 'must be a list of at least one subscription'],
    ['subscriberPipe.subscriptions', undefined, 'must be a list of at least one subscription'],
    [
      `${archive}.name`,
      'Archive',
      'must be lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen',
    ],
    [`${https}.name`, 'orders-archive', `is the name of ${archive} too: give each subscription its own`],
  ]);
});

describe('the source of a subscription', () => {
  const queue = 'must be the ARN of an SQS queue: arn:aws:sqs:<region>:<account>:<queue>';
  refuses([
    [`${https}.source.callback`, 'plian', 'must be a callback of this environment: write "plain"'],
    [
      `${https}.source.callback`,
      'payments',
      'must be a callback of this environment: "orders", "texts" or "plain"',
    ],
    [`${https}.source.callback`, 7, 'must be a callback of this environment: "orders", "texts" or "plain"'],
    [`${lambda}.source.queueArn`, 'other', queue],
    [
      `${lambda}.source.queueArn`,
      'arn:aws:sqs:us-east-1:111122223333:other',
      'is in the region us-east-1, the environment in ap-northeast-2: use a queue of ap-northeast-2',
    ],
    [
      `${lambda}.source.keyArn`,
      'arn:aws:kms:ap-northeast-2:111122223333:alias/other',
      'must be the ARN of a KMS key: arn:aws:kms:<region>:<account>:key/<id>, and no alias',
    ],
    [`${lambda}.source`, 'orders', 'must be an object with callback'],
    [
      `${lambda}.source`,
      { callback: 'plain', queueArn: 'arn:aws:sqs:ap-northeast-2:111122223333:other' },
      'must have callback or queueArn, not both: leave one out',
    ],
  ]);

  it('is a callback only where there are some', () => {
    expect(
      faultsOf([withSettings({ callbackReceiver: undefined })]).map(({ field, rule }) => [field, rule]),
    ).toEqual([
      [`${archive}.source.callback`, 'must be a callback of this environment, which has none: use queueArn'],
      [`${https}.source.callback`, 'must be a callback of this environment, which has none: use queueArn'],
    ]);
  });

  it('has no key of its own when it is a callback', () => {
    expect(faultsWith({ [`${archive}.source.keyArn`]: 1 })).toMatchObject([
      {
        field: `${archive}.source.keyArn`,
        rule: 'is not a setting here: leave it out, or use callback',
      },
    ]);
  });
});

describe('two consumers of one queue', () => {
  const competing = (there: string) =>
    `is a queue that ${there} already takes from, and each message would reach only one of the two: give each its own queue`;

  it('compete when they name the same callback', () => {
    expect(faultsWith({ [`${https}.source.callback`]: 'orders' })).toEqual([
      {
        environment: 'test',
        field: `${https}.source.callback`,
        value: 'orders',
        rule: competing(`${archive}.source.callback`),
      },
    ]);
  });

  it.each([
    ['the queue of a callback', 'test-plain', `${https}.source.callback`],
    ['the queue of the reply function', 'test-websocket-messages.fifo', 'websocketReply'],
  ])('compete when one names %s by ARN', (_, name, there) => {
    const arn = `arn:aws:sqs:ap-northeast-2:111122223333:${name}`;
    expect(faultsWith({ [`${lambda}.source.queueArn`]: arn })).toEqual([
      { environment: 'test', field: `${lambda}.source.queueArn`, value: arn, rule: competing(there) },
    ]);
  });

  it('compete when they reach one existing queue by two ways', () => {
    const arn = 'arn:aws:sqs:ap-northeast-2:111122223333:shared.fifo';
    expect(
      faultsWith({
        'callbackReceiver.callbacks[1].queue.arn': arn,
        [`${https}.source.callback`]: 'texts',
        [`${lambda}.source.queueArn`]: arn,
      }),
    ).toEqual([
      {
        environment: 'test',
        field: `${lambda}.source.queueArn`,
        value: arn,
        rule: competing(`${https}.source.callback`),
      },
    ]);
  });

  it('compete across environments', () => {
    const arn = 'arn:aws:sqs:ap-northeast-2:111122223333:test-plain';
    const other = {
      name: 'other',
      accountId: '111122223333',
      region: 'ap-northeast-2',
      state: { kind: 'local' },
      subscriberPipe: {
        subscriptions: [{ ...everySetting.subscriberPipe?.subscriptions[2], source: { queueArn: arn } }],
      },
    };
    expect(faultsOf([everySetting, other])).toEqual([
      {
        environment: 'other',
        field: 'subscriberPipe.subscriptions[0].source.queueArn',
        value: arn,
        rule: competing(`${https}.source.callback of test`),
      },
    ]);
  });

  it('do not compete over a queue and its dead-letter queue', () => {
    expect(
      faultsWith({
        [`${lambda}.source.queueArn`]: 'arn:aws:sqs:ap-northeast-2:111122223333:test-plain-dead-letter',
      }),
    ).toEqual([]);
  });
});

describe('an HTTPS subscriber', () => {
  const only = 'must be an https:// URL: EventBridge delivers to no other';
  const host = 'must have a host that EventBridge reaches from the internet:';
  const field = `${https}.subscriber`;
  refuses([
    [`${field}.url`, 'http://subscriber.example.com', only],
    [`${field}.url`, 'subscriber.example.com', only],
    [`${field}.url`, 'https://', only],
    [`${field}.url`, 'https:subscriber.example.com', only],
    [`${field}.url`, undefined, only],
    [`${field}.url`, 7, only],
    [
      `${field}.url`,
      `https://subscriber.example.com/${'a'.repeat(2048)}`,
      'must be at most 2,048 characters',
    ],
    [
      `${field}.url`,
      'https://subscriber.example.com/*/messages',
      'must be without *, which EventBridge would want to replace: write the path out',
    ],
    [
      `${field}.url`,
      'https://subscriber.example.com/a b',
      "must be made of letters, digits and -().!~';/?:&=+$,_: percent-encode others",
    ],
    [`${field}.url`, 'https://localhost/messages', `${host} localhost is a name of a private network`],
    [`${field}.url`, 'https://subscriber', `${host} subscriber is a name of a private network`],
    [`${field}.url`, 'https://a.internal/', `${host} a.internal is a name of a private network`],
    [`${field}.url`, 'https://127.0.0.1/', `${host} 127.0.0.1 is a loopback address`],
    [`${field}.url`, 'https://10.1.2.3/', `${host} 10.1.2.3 is a private address`],
    [`${field}.url`, 'https://169.254.169.254/', `${host} 169.254.169.254 is a linkLocal address`],
    [`${field}.url`, 'https://2130706433/', `${host} 127.0.0.1 is a loopback address`],
    [`${field}.method`, 'GET', 'must be "POST", "PUT" or "PATCH"'],
    [`${field}.rateLimitPerSecond`, 0, 'must be a whole number of deliveries from 1 to 300'],
    [`${field}.rateLimitPerSecond`, 301, 'must be a whole number of deliveries from 1 to 300'],
    [`${field}.rateLimitPerSecond`, 2.5, 'must be a whole number of deliveries from 1 to 300'],
    [`${field}.kind`, 'http', 'must be "https", "lambda" or "s3-archive"'],
  ]);

  takes([
    [`${field}.url`, 'https://8.8.8.8/messages'],
    [`${field}.url`, 'https://subscriber.example.com'],
    [`${field}.authorization`, { kind: 'api-key', header: 'Authorization' }],
    [`${field}.authorization`, { kind: 'basic', username: 'messages' }],
    [`${field}.authorization.scope`, undefined],
    [`${field}.headers`, {}],
    [`${field}.headers`, { 'X-A': 'a b\tc', 'Content-Type': 'application/json' }],
    [`${field}.method`, undefined],
    [`${field}.rateLimitPerSecond`, undefined],
  ]);

  const secretFault = (at: string, rule: string, value: unknown = notShown) => [
    { environment: 'test', field: `${field}.${at}`, value, rule },
  ];

  it.each([
    ['https://user:hunter2@subscriber.example.com/x', '…@subscriber.example.com/x'],
    ['https:\\\\user:hunter2@subscriber.example.com', '…@subscriber.example.com'],
  ])('has no password in its URL %s, which is not shown', (url, shownUrl) => {
    const [fault, ...more] = faultsWith({ [`${field}.url`]: url });
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ field: `${field}.url`, value: shownUrl });
  });

  it('shows no query of a faulty URL, where keys tend to be', () => {
    expect(faultsWith({ [`${field}.url`]: 'http://subscriber.example.com/?key=hunter2#x' })).toEqual(
      secretFault('url', only, 'http://subscriber.example.com/?…'),
    );
    expect(faultsWith({ [`${field}.url`]: 'https://subscriber.example.com/#token' })).toEqual(
      secretFault(
        'url',
        'must be without a fragment (#…), which is never sent',
        'https://subscriber.example.com/#…',
      ),
    );
  });

  const token = 'must be a header name, a token without spaces and colons';
  const own = 'is a header that EventBridge sets itself for each delivery: leave it out';
  const credential =
    'carries a credential, which would be readable in the HCL: use authorization, whose secret is a sensitive variable';
  const value = 'must be 1 to 512 visible ASCII characters, spaces and tabs';
  it.each([
    ['X Source', 'a', token],
    ['X-Source:', 'a', token],
    ['', 'a', token],
    ['Host', 'a', own],
    ['content-length', 'a', own],
    ['Connection', 'a', own],
    ['Authorization', 'Bearer hunter2', credential],
    ['cookie', 'a', credential],
    ['X-Source', '', value],
    ['X-Source', ' ', value],
    ['X-Source', 'a\nb', value],
    ['X-Source', 'ä', value],
    ['X-Source', 'a'.repeat(513), value],
  ])('has no header %j: %j', (header, text, rule) => {
    const place = /^[\w]+$/.test(header) ? `headers.${header}` : `headers["${header}"]`;
    expect(faultsWith({ [`${field}.headers`]: { [header]: text } })).toEqual(secretFault(place, rule));
  });

  it('has each header once, whatever the case', () => {
    expect(faultsWith({ [`${field}.headers`]: { 'X-A': 'a', 'x-a': 'b' } })).toEqual(
      secretFault('headers["x-a"]', 'is the header "X-A" too, since case does not count: leave one out'),
    );
  });

  it('leaves the header of the API key to the connection', () => {
    expect(
      faultsWith({
        [`${field}.authorization`]: { kind: 'api-key', header: 'X-Token' },
        [`${field}.headers`]: { 'x-token': 'hunter2' },
      }),
    ).toEqual(
      secretFault(
        'headers["x-token"]',
        'is the header of the API key, which authorization sets: leave it out',
      ),
    );
  });

  it.each([
    [{ kind: 'api-key', header: 'X Token' }, 'header', token],
    [{ kind: 'api-key', header: 'Host' }, 'header', own],
    [{ kind: 'basic', username: '' }, 'username', 'must be a user name of 1 to 512 visible ASCII characters'],
    [
      { kind: 'basic', username: 'a:b' },
      'username',
      'must have no colon, which ends the user name in basic authorization',
    ],
    [
      { kind: 'basic', username: 'a', password: 'hunter2' },
      'password',
      'is not a setting here: leave it out, or use kind or username',
    ],
    [
      { kind: 'oauth-client-credentials', tokenUrl: 'http://login.example.com', clientId: 'a' },
      'tokenUrl',
      only,
    ],
    [
      { kind: 'oauth-client-credentials', tokenUrl: 'https://login.example.com', clientId: ' ' },
      'clientId',
      'must be a client id of 1 to 512 visible ASCII characters',
    ],
    [
      { kind: 'oauth-client-credentials', tokenUrl: 'https://login.example.com', clientId: 'a', scope: '' },
      'scope',
      'must be a scope of 1 to 512 visible ASCII characters',
    ],
    [{ kind: 'bearer' }, 'kind', 'must be "api-key", "basic" or "oauth-client-credentials"'],
  ])('is not authorized by %j, of which nothing is shown', (authorization, key, rule) => {
    expect(faultsWith({ [`${field}.authorization`]: authorization })).toEqual(
      secretFault(`authorization.${key}`, rule),
    );
  });

  it('is not authorized by a secret in place of the settings, which is not shown', () => {
    expect(faultsWith({ [`${field}.authorization`]: 'hunter2' })).toEqual(
      secretFault(
        'authorization',
        'must be an object whose kind is "api-key", "basic" or "oauth-client-credentials"',
      ),
    );
    expect(faultsWith({ [field]: 'https://user:hunter2@subscriber.example.com' })).toEqual([
      {
        environment: 'test',
        field,
        value: notShown,
        rule: 'must be an object whose kind is "https", "lambda" or "s3-archive"',
      },
    ]);
  });

  it('has five seconds for a delivery, which the queue must allow', () => {
    const timeout = 'callbackReceiver.callbacks[2].queue.consumerTimeoutSeconds';
    expect(faultsWith({ [timeout]: 5 })).toEqual([]);
    expect(faultsWith({ [timeout]: 1 })).toMatchObject([{ field: `${https}.source.callback` }]);
    expect(faultsWith({ [timeout]: 4 })).toEqual([
      {
        environment: 'test',
        field: `${https}.source.callback`,
        value: 'plain',
        rule: 'has a queue whose consumerTimeoutSeconds is 4, and this subscriber may take 5 s: raise it to 5, or messages come twice',
      },
    ]);
  });
});

describe('a Lambda subscriber', () => {
  const wanted = 'must be the ARN of a Lambda function: arn:aws:lambda:<region>:<account>:function:<name>';
  refuses([
    [`${lambda}.subscriber.functionArn`, 'consume', wanted],
    [`${lambda}.subscriber.functionArn`, 'arn:aws:lambda:ap-northeast-2:111122223333:layer:consume', wanted],
    [
      `${lambda}.subscriber.functionArn`,
      'arn:aws:lambda:us-east-1:111122223333:function:consume',
      'is in the region us-east-1, the environment in ap-northeast-2: use a Lambda function of ap-northeast-2',
    ],
    [
      `${lambda}.subscriber.functionArn`,
      'arn:aws:lambda:ap-northeast-2:444455556666:function:consume',
      'is in the account 444455556666, the environment in 111122223333: use a Lambda function of 111122223333',
    ],
  ]);
  takes([
    [
      `${lambda}.subscriber.functionArn`,
      'arn:aws:lambda:ap-northeast-2:111122223333:function:consume:$LATEST',
    ],
  ]);
});

describe('the archive', () => {
  const field = `${archive}.subscriber.messageKeyField`;
  const schema = 'callbackReceiver.callbacks[0].schema';
  const fault = (rule: string) => [{ environment: 'test', field, value: 'eventId', rule }];
  refuses([
    [
      `${archive}.inputTemplate`,
      '{"data":<$.body>}',
      'must be left out: the archive function takes SQS records as they are',
    ],
  ]);

  it.each(['', '${path.root}', 'a b', 7])('has no key field %j', (value) => {
    expect(faultsWith({ [field]: value })).toContainEqual({
      environment: 'test',
      field,
      value,
      rule: 'must be a top-level field of the body whose name is letters, digits, _, - and ., starting with a letter or _',
    });
  });

  it('has a key field that every body has', () => {
    expect(faultsWith({ [`${schema}.required`]: ['orderId'] })).toEqual(
      fault("must be in required of the callback's schema, since it names the object"),
    );
    expect(faultsWith({ [`${schema}.properties.eventId.type`]: 'integer' })).toEqual([]);
    expect(faultsWith({ [`${schema}.properties.eventId.type`]: 'object' })).toEqual(
      fault(
        "must have type: 'string' or 'integer' in properties of the callback's schema, since it names the object",
      ),
    );
    expect(faultsWith({ [field]: undefined, [`${schema}.required`]: ['orderId'] })).toEqual([]);
  });

  it('has as much time as the queue hides its messages for', () => {
    const timeout = 'callbackReceiver.callbacks[0].queue.consumerTimeoutSeconds';
    expect(faultsWith({ [timeout]: 30 })).toEqual([]);
    expect(faultsWith({ [timeout]: 29 })).toEqual([
      {
        environment: 'test',
        field: `${archive}.source.callback`,
        value: 'orders',
        rule: 'has a queue whose consumerTimeoutSeconds is 29, and this subscriber may take 30 s: raise it to 30, or messages come twice',
      },
    ]);
  });
});

describe('a filter', () => {
  const field = `${https}.filter`;
  const pattern = "must be an event pattern such as { body: { status: ['failed'] } }";
  const values = 'must be a list of the values that match, even of one';
  const scalar = 'must be a text, a number, true, false, null, or an object with one operator';
  const all = 'anything-but, cidr, equals-ignore-case, exists, numeric, prefix or suffix';
  refuses([
    [field, [], 'must be a list of one to five event patterns'],
    [
      field,
      Array.from({ length: 6 }, () => ({ messageId: ['a'] })),
      'must be a list of one to five event patterns',
    ],
    [field, { body: { a: [1] } }, 'must be a list of one to five event patterns'],
    [`${field}[0]`, {}, pattern],
    [`${field}[0]`, '{}', pattern],
    [`${field}[0].body`, 'failed', values],
    [`${field}[0].body.status`, 'failed', values],
    [`${field}[0].body.status`, [], values],
    [`${field}[0].body.status`, {}, 'must name a field, or be a list of values that match'],
    [`${field}[0].body.status[0]`, ['failed'], scalar],
    [`${field}[0].body.status[0]`, Number.NaN, scalar],
    [`${field}[0].body.status[0]`, { prefx: 'a' }, 'must have one operator and its value: "prefix"'],
    [`${field}[0].body.status[0]`, { like: 'a' }, `must have one operator and its value: ${all}`],
    [
      `${field}[0].body.status[0]`,
      { prefix: 'a', suffix: 'b' },
      `must have one operator and its value: ${all}`,
    ],
    [`${field}[0].boddy`, ['a'], 'is no field of an SQS message, so nothing would match: write body'],
    [
      `${field}[0].status`,
      ['failed'],
      'is no field of an SQS message, so nothing would match: use messageId, receiptHandle, body, attributes, messageAttributes or md5OfBody; fields of the message itself are below body',
    ],
    [`${field}[0].body.$or`, [{ a: [1] }], 'must be a list of at least two alternatives'],
    [
      `${field}[0].body`,
      ['failed'],
      'must be an object of fields, since the callback takes JSON: a list matches plain text only, and every message would be deleted',
    ],
  ]);
  takes([
    [field, [{ messageAttributes: { signature: { stringValue: [{ exists: true }] } } }]],
    [field, [{ body: { $or: [{ a: [1] }, { b: [{ numeric: ['>', 0] }, null, true] }] } }]],
    [field, Array.from({ length: 5 }, () => ({ messageId: ['a'] }))],
  ]);

  it('has patterns of at most 4,096 characters', () => {
    const sized = (length: number) => [{ messageId: ['a'.repeat(length - '{"messageId":[""]}'.length)] }];
    expect(faultsWith({ [field]: sized(4096) })).toEqual([]);
    expect(faultsWith({ [field]: sized(4097) })).toMatchObject([
      {
        field: `${field}[0]`,
        rule: 'has 4,097 characters as JSON, and EventBridge takes 4,096: split it into several patterns',
      },
    ]);
  });

  it('may match plain text where the queue is not a callback with JSON bodies', () => {
    expect(faultsWith({ [`${lambda}.filter`]: [{ body: ['failed'] }] })).toEqual([]);
  });
});

describe('an input template', () => {
  const field = `${https}.inputTemplate`;
  refuses([
    [field, '', 'must be a template of 1 to 8,192 characters'],
    [field, 'a'.repeat(8193), 'must be a template of 1 to 8,192 characters'],
    [field, { data: 1 }, 'must be a template of 1 to 8,192 characters'],
    [field, '{"data":<$.body}', 'must have a > for each <: <$.messageId>'],
    [field, '{"data":$.body>}', 'must have a > for each <: <$.messageId>'],
    [field, '{"data":<<$.body>}', 'must have a > for each <: <$.messageId>'],
    [
      field,
      '<body>',
      'has "<body>", which is no path and no variable of Pipes: write a path such as <$.body.orderId>',
    ],
    [
      field,
      '{"at":<aws.pipes.event.ingestion_time>}',
      'has "<aws.pipes.event.ingestion_time>", which is no path and no variable of Pipes: write <aws.pipes.event.ingestion-time>',
    ],
    [field, '{"id":<$.mesageId>}', 'has "<$.mesageId>", and messages have no mesageId: write messageId'],
    [
      field,
      ' <$.body> ',
      'must not be the body alone, since Pipes drop the quotes of a JSON body that stands alone: write {"data":<$.body>}',
    ],
  ]);
  takes([
    [field, undefined],
    [field, 'plain text'],
    [
      field,
      '{"a":<$.body.items[0].id>,"b":<aws.pipes.event.ingestion-time>,"c":<$.messageAttributes.x.stringValue>}',
    ],
    [field, '<$.body.inner>'],
    [field, 'a'.repeat(8192)],
  ]);

  it('may be the body alone where that is not always JSON', () => {
    expect(
      faultsWith({
        [field]: '<$.body>',
        'callbackReceiver.callbacks[2].contentTypes': ['application/json', 'text/plain'],
      }),
    ).toEqual([]);
    expect(faultsWith({ [`${lambda}.inputTemplate`]: '<$.body>' })).toEqual([]);
  });

  it.each([
    [{ retentionDays: 2, maxReceiveCount: 480 }, undefined],
    [{ retentionDays: 1, maxReceiveCount: 479 }, undefined],
    [
      { retentionDays: 1, maxReceiveCount: 480 },
      'retentionDays is 1, so that a message which is tried 480 times, for 86400 s, expires before it is given up, and is lost: raise it to 2, or lower maxReceiveCount',
    ],
    [
      { retentionDays: 13, maxReceiveCount: 1000, consumerTimeoutSeconds: 200 },
      'retentionDays is 13, so that a message which is tried 1000 times, for 1200000 s, expires before it is given up, and is lost: lower maxReceiveCount',
    ],
  ])('is given up before it expires: %j', (settings, rule) => {
    const queue = 'callbackReceiver.callbacks[0].queue';
    const changes = Object.entries(settings).map(([name, value]) => [`${queue}.${name}`, value]);

    expect(faultsWith(Object.fromEntries(changes)).map((fault) => fault.rule)).toEqual(
      rule === undefined ? [] : [`has a queue whose ${rule}`],
    );
  });

  it('is not sent to the dead-letter queue by an outage of an hour', () => {
    const count = 'callbackReceiver.callbacks[0].queue.maxReceiveCount';
    expect(faultsWith({ [count]: 20 })).toEqual([]);
    expect(faultsWith({ [count]: 19 })).toEqual([
      {
        environment: 'test',
        field: `${archive}.source.callback`,
        value: 'orders',
        rule: 'has a queue whose maxReceiveCount is 19, so that a subscriber down for 3420 s loses its messages to the dead-letter queue: raise it to at least 20, or leave it out to cover a day',
      },
    ]);
  });
});
