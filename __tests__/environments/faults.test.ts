import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environments } from '../../environments';
import { checkEnvironments, EnvironmentError, faultsOf, notShown } from '../../environments/checks';
import { nearest } from '../../environments/checks/nearest';
import { shown } from '../../environments/checks/shown';
import { changed, everySetting, faultsWith, pathsOf, withSettings } from './settings';

const messageOf = (given: unknown): string => {
  try {
    checkEnvironments(given as never);
    return '';
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
};

describe('the error', () => {
  it('is not thrown for environments without faults', () => {
    expect(() => checkEnvironments(environments)).not.toThrow();
    expect(() => checkEnvironments([everySetting])).not.toThrow();
  });

  it('says how many faults there are, and each on a line of its own', () => {
    const message = messageOf([
      withSettings({ 'callbackReceiver.callbacks[1].allowList[0]': '10.0.0.1/33', region: undefined }),
    ]);
    expect(message.split('\n').slice(0, 3)).toEqual([
      '2 faults in the environments:',
      'test: region: (missing): must be an AWS region such as ap-northeast-2, us-gov-west-1 or cn-north-1',
      'test: callbackReceiver.callbacks[1].allowList[0]: "10.0.0.1/33": must have a prefix length from 0 to 32',
    ]);
    expect(messageOf([withSettings({ encryption: 'none' })])).toBe(
      '1 fault in the environments:\ntest: encryption: "none": must be "sqs-managed" or "customer-key"',
    );
  });

  it('has the faults as data, and is known by its name', () => {
    const given = [withSettings({ encryption: 'none' })];
    const error = new EnvironmentError(faultsOf(given));
    expect(error.faults).toEqual(faultsOf(given));
    expect(error.name).toBe('EnvironmentError');
  });

  it('lists ten faults of one environment at once', () => {
    const wrong = {
      accountId: '1',
      encryption: 'none',
      logRetentionDays: 31,
      'tags.stack': 'a',
      'callbackReceiver.throttling.rateLimit': 0,
      'callbackReceiver.callbacks[0].allowList[0]': '203.0.113.1/24',
      'callbackReceiver.callbacks[1].path': '/texts/',
      'websocketReply.maximumConcurrency': 1,
      'subscriberPipe.subscriptions[1].subscriber.rateLimitPerSecond': 0,
      'subscriberPipe.subscriptions[2].name': 'Other',
    };
    expect(
      faultsWith(wrong)
        .map(({ field }) => field)
        .sort(),
    ).toEqual(Object.keys(wrong).sort());
    expect(messageOf([withSettings(wrong)])).toMatch(
      /^10 faults in the environments:\n(test: .*\n){9}test: .*$/,
    );
  });
});

describe('a value in the error', () => {
  it.each([
    [undefined, '(missing)'],
    [notShown, '(not shown)'],
    [null, 'null'],
    [7, '7'],
    [Number.NaN, 'NaN'],
    [7n, '7'],
    [true, 'true'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['a\nb\u001b[31m\u202e\u2028\ud800', '"a\\u{a}b\\u{1b}[31m\\u{202e}\\u{2028}\\u{d800}"'],
    ['한글 🙂', '"한글 🙂"'],
    ['a'.repeat(80), `"${'a'.repeat(80)}"`],
    ['a'.repeat(1081), `"${'a'.repeat(80)}…" (1,081 characters)`],
    [[], '(an empty list)'],
    [[1, 'secret'], '(a list of 2)'],
    [{}, '(an empty object)'],
    [{ a: 'secret', 'b\n': 1 }, '(an object with a, b\\u{a})'],
    [() => 1, '(a function)'],
    [Symbol('a'), '(a symbol)'],
  ])('is on one line, short, and without control characters', (value, text) => {
    expect(shown(value)).toBe(text);
  });

  it('is never a secret, wherever one is put by mistake', () => {
    const subscriber = 'subscriberPipe.subscriptions[1].subscriber';
    const places = [
      { apiKey: 'hunter2' },
      { state: { kind: 'hcp-terraform', organization: 'a', token: 'hunter2' } },
      { [`${subscriber}.secret`]: { value: 'hunter2' } },
      { [`${subscriber}.url`]: 'http://user:hunter2@subscriber.example.com' },
      { [`${subscriber}.url`]: 'http://subscriber.example.com?key=hunter2' },
      { [`${subscriber}.authorization`]: 'hunter2' },
      { [`${subscriber}.authorization`]: ['hunter2'] },
      { [`${subscriber}.authorization`]: { kind: 'hunter2' } },
      { [`${subscriber}.authorization`]: { kind: 'api-key', header: 'hunter2 hunter2' } },
      { [`${subscriber}.authorization`]: { kind: 'basic', username: 'a:hunter2' } },
      { [`${subscriber}.authorization.tokenUrl`]: 'https://hunter2@login.example.com' },
      { [`${subscriber}.authorization.clientSecret`]: 'hunter2' },
      { [`${subscriber}.headers`]: 'Authorization: hunter2' },
      { [`${subscriber}.headers.Authorization`]: 'hunter2' },
      { [`${subscriber}.headers.Other`]: 'hunter2\n' },
      { [subscriber]: 'https://user:hunter2@subscriber.example.com' },
      { 'subscriberPipe.subscriptions[1]': 'https://user:hunter2@subscriber.example.com' },
      { 'subscriberPipe.subscriptions': 'https://user:hunter2@subscriber.example.com' },
    ];
    for (const place of places) {
      const message = messageOf([withSettings(place)]);
      expect(message).toMatch(/^\d+ faults? in/);
      expect(message).not.toContain('hunter2');
    }
  });
});

describe('what was probably meant', () => {
  it.each([
    ['regoin', 'region'],
    ['REGION', 'region'],
    ['regions', 'region'],
    ['acountid', 'accountId'],
    ['colour', undefined],
    ['', undefined],
    ['r'.repeat(101), undefined],
  ])('by %s is %s', (wrong, meant) => {
    expect(nearest(wrong, ['name', 'accountId', 'region', 'state'])).toBe(meant);
  });
});

describe('values of another type altogether', () => {
  it.each([[undefined], [null], [{}], [[]], ['dev'], [7]])('are no list of environments: %j', (given) => {
    expect(faultsOf(given)).toMatchObject([
      {
        environment: 'environments',
        field: '(whole)',
        rule: 'must be a list of at least one environment: add one to environments/index.ts',
      },
    ]);
  });

  it.each([[undefined], [null], [[]], ['dev'], [7], [true]])('are no environment: %j', (given) => {
    expect(faultsOf([given])).toEqual([
      {
        environment: 'environments[0]',
        field: '(whole)',
        value: given,
        rule: 'must be an environment: an object with name, accountId, region, state and what to deploy',
      },
    ]);
  });

  it('are environments without anything that is needed', () => {
    expect(faultsOf([{}]).map(({ field }) => field)).toEqual([
      'name',
      'accountId',
      'region',
      'state',
      'callbackReceiver | httpCallbackReceiver | websocketReply | subscriberPipe',
    ]);
  });

  it('are settings that contain themselves, are nested without end, or throw', () => {
    const circular: Record<string, unknown> = { type: 'object' };
    circular.not = circular;
    let deep: unknown = {};
    for (let depth = 0; depth < 100_000; depth++) deep = { not: deep };
    const data = 'must be plain data: it contains itself, or is nested more than 100 deep';
    for (const schema of [circular, deep]) {
      expect(faultsWith({ 'callbackReceiver.callbacks[0].schema': schema, encryption: 'none' })).toEqual(
        expect.arrayContaining([
          { environment: 'test', field: 'callbackReceiver', value: notShown, rule: data },
          {
            environment: 'test',
            field: 'encryption',
            value: 'none',
            rule: 'must be "sqs-managed" or "customer-key"',
          },
        ]),
      );
    }
    const throwing = {
      ...everySetting,
      get region(): string {
        throw new Error('no region');
      },
    };
    expect(faultsOf([throwing])).toContainEqual({
      environment: 'test',
      field: 'region',
      value: undefined,
      rule: 'must be plain data: reading one of its properties throws',
    });
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no keys');
        },
      },
    );
    expect(faultsOf([hostile])).not.toEqual([]);
    expect(() => messageOf([hostile])).not.toThrow();
  });

  it('are well-formed settings of another place: nothing is thrown but faults', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withNullPrototype: true,
        withObjectString: true,
        withSet: true,
        withSparseArray: true,
        withTypedArray: true,
        withUnicodeString: true,
      }),
      fc
        .constantFrom(...pathsOf(everySetting))
        .map((path) =>
          path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], everySetting),
        ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(everySetting)), anything, (path, value) => {
        const given = [
          everySetting,
          changed({ ...everySetting, name: 'other', manageAccountLogging: false }, path, value),
        ];
        const faults = faultsOf(given);
        const lines = messageOf(given).split('\n');
        expect(lines).toHaveLength(faults.length === 0 ? 1 : faults.length + 1);
        expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(faults.flatMap(({ environment, field, rule }) => [environment, field, rule])).not.toContain(
          '',
        );
      }),
      { numRuns: 1000 },
    );
  });
});
