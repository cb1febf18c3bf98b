import { describe, expect, it } from 'vitest';
import type { HttpCallbackReceiverSettings } from '../../environments/environment';
import type { Case } from './cases';
import { changed, faultsWith, keysOf, pathsOf } from './settings';

const settings: HttpCallbackReceiverSettings = {
  stageName: 'v1',
  throttling: { rateLimit: 10, burstLimit: 20 },
  cors: { allowOrigins: ['https://shop.example.com'], allowHeaders: ['X-Trace'], maxAgeSeconds: 600 },
  callbacks: [
    { name: 'open', path: '/open' },
    {
      name: 'signed',
      path: '/signed/orders',
      jwt: { issuer: 'https://login.example.com', audience: ['gateway'], scopes: ['orders:write'] },
      queue: {
        kind: 'fifo',
        messageGroupId: { from: 'header', name: 'X-Tenant' },
        messageDeduplicationId: { from: 'body', field: 'id' },
      },
    },
  ],
};

/** Faults of the settings with one of them changed. */
const faults = (field: string, value: unknown) =>
  faultsWith({ httpCallbackReceiver: changed(settings, keysOf(field), value) });

const refuses = (cases: readonly Case[]) =>
  it.each(cases)('%s may not be %j', (field, value, rule) => {
    const at = `httpCallbackReceiver.${field}`;
    const [found, ...others] = faults(field, value);
    expect(found).toMatchObject({ field: at, rule });
    expect(others).toEqual([]);
  });

const takes = (cases: readonly (readonly [string, unknown])[]) =>
  it.each(cases)('%s may be %j', (field, value) => {
    expect(faults(field, value)).toEqual([]);
  });

it('every setting there is has no fault', () => {
  expect(faultsWith({ httpCallbackReceiver: settings })).toEqual([]);
});

it.each([null, 7, true, '', 'text', [], [null], {}, { kind: 'x' }])(
  '%j in the place of any setting throws nothing',
  (value) => {
    for (const path of pathsOf(settings)) {
      const given = changed(settings, path, value);
      expect(() => faultsWith({ httpCallbackReceiver: given }), path.join('.')).not.toThrow();
    }
  },
);

describe('what only a REST API does is refused with the reason and the alternative', () => {
  const content =
    'cannot be had of an HTTP API, which takes bodies of every content type: receive the callback with callbackReceiver';
  refuses([
    [
      'callbacks[0].allowList',
      ['203.0.113.0/24'],
      'cannot be had of an HTTP API, which has no resource policy: receive the callback with callbackReceiver, or let callers prove who they are with jwt',
    ],
    [
      'callbacks[0].schema',
      { type: 'object' },
      'cannot be had of an HTTP API, which validates no bodies: receive the callback with callbackReceiver, or let the consumer validate',
    ],
    ['callbacks[0].contentTypes', ['text/plain'], content],
    ['callbacks[0].binaryContentTypes', ['application/pdf'], content],
    [
      'callbacks[0].response',
      'empty',
      'cannot be had of an HTTP API, which passes on the answer of SQS as it is: receive the callback with callbackReceiver',
    ],
    [
      'callbacks[0].headerAttributes',
      [],
      'cannot be had of an HTTP API: it is not documented whether a header is escaped on its way into the attributes, so a caller might write attributes of its own: receive the callback with callbackReceiver',
    ],
    [
      'callbacks[0].apiKey',
      {},
      'cannot be had of an HTTP API, which has neither API keys nor usage plans: use jwt, or receive the callback with callbackReceiver',
    ],
    [
      'callbacks[0].authorization',
      { kind: 'hmac' },
      'cannot be had here: a signature over the body needs a receiver that hands out its digest, and AWS_IAM is for callers with AWS credentials: use jwt, or receive the callback with callbackReceiver',
    ],
    [
      'webAclArn',
      'arn:aws:wafv2:…',
      'cannot be had of an HTTP API, to which WAF does not attach: use callbackReceiver, or put CloudFront with a web ACL in front',
    ],
    [
      'privateEndpoint',
      {},
      'cannot be had of an HTTP API, which is always on the internet: use callbackReceiver',
    ],
  ]);

  it('but a misspelt setting is told as one', () => {
    expect(faults('callbacks[0].pat', '/x')).toMatchObject([
      { field: 'httpCallbackReceiver.callbacks[0].pat', rule: 'is not a setting: write path' },
    ]);
  });
});

describe('names and paths', () => {
  refuses([
    ['callbacks', [], 'must be a list of 1 to 300 callbacks, each of which is an integration of the API'],
    [
      'callbacks[1].path',
      '/open',
      'is the path of httpCallbackReceiver.callbacks[0] too: give each callback its own',
    ],
    [
      'callbacks[0].path',
      '/a/{id}',
      'must be a fixed path: a path parameter {…} would never reach the message; write one callback a path, or have the sender put it into the body',
    ],
    [
      'callbacks[1].name',
      'open',
      'is the name of httpCallbackReceiver.callbacks[0] too: give each callback its own',
    ],
  ]);

  it('are unique over both receivers, whose queues are named alike', () => {
    expect(faults('callbacks[0].name', 'orders')).toEqual([
      expect.objectContaining({
        field: 'httpCallbackReceiver.callbacks[0].name',
        rule: expect.stringMatching(
          /^names the role "test-orders-to-queue", and so does callbackReceiver.callbacks\[0\].name/,
        ),
      }),
    ]);
  });
});

describe('tokens', () => {
  const issuer =
    'must be the https:// address that the issuer writes into its tokens as iss: https://login.example.com';
  const audience = 'must be a list of 1 to 50 audiences: without one each token of the issuer would do';
  refuses([
    ['callbacks[1].jwt.issuer', 'http://login.example.com', issuer],
    ['callbacks[1].jwt.issuer', 'login.example.com', issuer],
    [
      'callbacks[1].jwt.issuer',
      'https://login.example.com/?tenant=1',
      'must be a URL without user name, query and fragment, below which /.well-known/openid-configuration is found',
    ],
    ['callbacks[1].jwt.audience', [], audience],
    ['callbacks[1].jwt.audience', Array.from({ length: 51 }, (_, index) => `a${index}`), audience],
    ['callbacks[1].jwt.scopes', [], 'must be a list of 1 to 10 scopes; leave it out where any token will do'],
  ]);
  takes([
    ['callbacks[1].jwt.issuer', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc'],
    ['callbacks[1].jwt.issuer', 'https://login.example.com/'],
    ['callbacks[1].jwt.audience', ['a', 'A']],
    ['callbacks[1].jwt.scopes', undefined],
    ['callbacks[1].jwt', undefined],
  ]);
});

describe('pages', () => {
  const origin =
    'must be the https:// origin of a page, without a path or a slash at the end, such as https://shop.example.com, or * for all';
  refuses([
    ['cors.allowOrigins[0]', 'http://shop.example.com', origin],
    ['cors.allowOrigins[0]', 'https://shop.example.com/', origin],
    ['cors.allowOrigins[0]', 'https://Shop.example.com', origin],
    [
      'cors.allowOrigins',
      ['*', 'https://a.example.com'],
      'must have no other origin beside "*", which is all of them: leave the others out',
    ],
    ['cors.maxAgeSeconds', 86_401, 'must be a whole number of seconds from 0 to 86,400'],
  ]);
  takes([
    ['cors.allowOrigins', ['*']],
    ['cors.allowOrigins', ['https://shop.example.com:8443']],
    ['cors', undefined],
  ]);
});

describe('ids', () => {
  it('a constant may have no $, and a header no dot', () => {
    expect(
      faults('callbacks[1].queue.messageGroupId', { from: 'constant', value: '$request.body' }),
    ).toMatchObject([
      {
        field: 'httpCallbackReceiver.callbacks[1].queue.messageGroupId.value',
        rule: 'must have no "$", with which HTTP APIs begin their variables: use another character',
      },
    ]);
    expect(faults('callbacks[1].queue.messageGroupId', { from: 'header', name: 'X.Tenant' })).toMatchObject([
      { field: 'httpCallbackReceiver.callbacks[1].queue.messageGroupId.name' },
    ]);
  });
});

describe('a subscription', () => {
  const subscription = (subscriber: object, extra = {}) =>
    faultsWith({
      httpCallbackReceiver: settings,
      'subscriberPipe.subscriptions': [
        { name: 'open-out', source: { callback: 'open' }, subscriber, ...extra },
      ],
    });
  const functionArn = 'arn:aws:lambda:ap-northeast-2:111122223333:function:theirs';

  it('finds a callback of the HTTP API', () => {
    expect(subscription({ kind: 'lambda', functionArn })).toEqual([]);
  });

  it('may not rely on what no schema has validated', () => {
    expect(subscription({ kind: 's3-archive', messageKeyField: 'id' })).toMatchObject([
      {
        field: 'subscriberPipe.subscriptions[0].subscriber.messageKeyField',
        rule: 'needs bodies that a schema validates, and the callback has none, as all of httpCallbackReceiver: receive it with callbackReceiver, since it names the object',
      },
    ]);
  });
});
