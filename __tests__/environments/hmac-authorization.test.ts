import { describe, expect, test } from 'vitest';
import { refuses, takes } from './cases';
import { faultsWith } from './settings';

const at = 'callbackReceiver.callbacks[2].authorization';
const secretArn = 'arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:gateway/orders-a1B2c3';
const keyArn = 'arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const hmac = (settings: object = {}) => ({ kind: 'hmac', secretArn, ...settings });

const faults = (settings: object) => faultsWith({ [at]: hmac(settings) });

describe('a callback with an HMAC signature', () => {
  takes([
    [at, hmac()],
    [at, hmac({ keyArn, toleranceSeconds: 1 })],
    [at, hmac({ toleranceSeconds: 900 })],
    [at, hmac({ secretArn: secretArn.replace('gateway/orders', 'a+b=c@d.e_f') })],
  ]);

  refuses([
    [at, 'hmac', 'must be an object whose kind is "aws-iam" or "hmac"'],
    [`${at}.kind`, 'HMAC', 'must be "aws-iam" or "hmac"'],
  ]);

  const whole =
    'must be the ARN of a Secrets Manager secret: arn:aws:secretsmanager:<region>:<account>:secret:<name>-<six characters>, whole as `aws secretsmanager describe-secret` says it';
  test.each([
    ['without its last characters', secretArn.slice(0, -7), whole],
    ['of any version', secretArn.replace(/-\w{6}$/, '-??????'), whole],
    [
      'of another region',
      secretArn.replace('ap-northeast-2', 'eu-west-1'),
      'is in the region eu-west-1, the environment in ap-northeast-2: use a Secrets Manager secret of ap-northeast-2',
    ],
    [
      'of another account',
      secretArn.replace('111122223333', '444455556666'),
      'is in the account 444455556666, the environment in 111122223333: use a Secrets Manager secret of 111122223333',
    ],
  ])('takes no secret %s', (_, value, rule) => {
    expect(faults({ secretArn: value })).toEqual([
      { environment: 'test', field: `${at}.secretArn`, value, rule },
    ]);
  });

  test('does not show what may be the secret itself', () => {
    const secret = 'a-secret-that-someone-wrote-down-here';

    expect(JSON.stringify(faults({ secretArn: secret }).map(({ value }) => String(value)))).not.toContain(
      secret,
    );
  });

  test.each([
    ['0 s', 0],
    ['more than 900 s', 901],
    ['half a second', 0.5],
  ])('takes no tolerance of %s', (_, value) => {
    expect(faults({ toleranceSeconds: value })).toEqual([
      {
        environment: 'test',
        field: `${at}.toleranceSeconds`,
        value,
        rule: 'must be a whole number of seconds from 1 to 900',
      },
    ]);
  });

  test('takes no key by its alias, and none of another account', () => {
    const rules = [
      keyArn.replace(/key\/.*/, 'alias/theirs'),
      keyArn.replace('111122223333', '444455556666'),
    ].map((value) => faults({ keyArn: value }).map(({ rule }) => rule));

    expect(rules).toEqual([
      ['must be the ARN of a KMS key: arn:aws:kms:<region>:<account>:key/<id>, and no alias'],
      ['is in the account 444455556666, the environment in 111122223333: use one of 111122223333'],
    ]);
  });

  const headers = (names: readonly string[]) =>
    names.map((name) => ({ header: `X-${name}`, attribute: name }));

  test('has room for five headers', () => {
    const field = 'callbackReceiver.callbacks[2].headerAttributes';
    const fits = { [at]: hmac(), [field]: headers(['a', 'b', 'c', 'd', 'e']) };

    expect(faultsWith(fits)).toEqual([]);
    expect(faultsWith({ ...fits, [field]: headers(['a', 'b', 'c', 'd', 'e', 'f']) })).toMatchObject([
      {
        field,
        rule: 'must be at most 5 beside bodySha256, which signed requests have: SQS takes 10 attributes a message',
      },
    ]);
    expect(faultsWith({ [at]: hmac(), [field]: headers(['bodySha256']) })).toMatchObject([
      {
        field: `${field}[0].attribute`,
        rule: 'is the attribute with the digest that was signed: use another name',
      },
    ]);
  });

  test('names a function and its roles', () => {
    const name = `p${'a'.repeat(45)}`;
    const fields = { 'callbackReceiver.callbacks[2].name': name, [at]: hmac() };
    const subscription = 'subscriberPipe.subscriptions[1].source.callback';

    expect(faultsWith({ ...fields, [subscription]: name })).toMatchObject([
      {
        field: 'callbackReceiver.callbacks[2].name',
        rule: expect.stringContaining(`names the role "test-${name}-authorizer-invoker"`),
      },
    ]);
  });
});
