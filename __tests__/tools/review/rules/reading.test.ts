import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isProduction } from '../../../../tools/review/rules/reading/environment-kind';
import { isBroad, isOpen, isPinned } from '../../../../tools/review/rules/reading/exposure';
import { blocksOf, flagOf, numberOf, textOf, textsOf } from '../../../../tools/review/rules/reading/fields';
import { globMatches } from '../../../../tools/review/rules/reading/glob';
import { statementsOf } from '../../../../tools/review/rules/reading/statements';
import { attributeOf, means, type RuleStack, systemOf } from '../../../../tools/review/rules/reading/system';
import type { TerraformConfiguration } from '../../../../tools/synth/synthesize';
import { heldStacks, intactStacks, today } from './broken-stacks';

const stackOf = (configuration: TerraformConfiguration, id = 'dev-a'): RuleStack => {
  const [stack] = systemOf(
    [{ id, environment: 'dev', configuration, hcl: '', lock: undefined }],
    today,
  ).stacks;
  if (!stack) throw new Error('no stack');
  return stack;
};

const provider = { aws: [{ region: 'eu-west-1', allowed_account_ids: ['111122223333'] }] };

describe('references', () => {
  const stack = stackOf({
    provider,
    locals: { prefix: 'x' },
    variable: { days: { default: 7 }, secret: { sensitive: true } },
    resource: {
      aws_sqs_queue: {
        q: {
          name: '${local.prefix}-q',
          message_retention_seconds: '${var.days}',
          kms_master_key_id: '${var.secret}',
        },
        a: { name: '${aws_sqs_queue.b.name}' },
        b: { name: '${aws_sqs_queue.a.name}' },
      },
      aws_sqs_queue_policy: [
        { p: [{ queue_url: '${aws_sqs_queue.q.url}' }] },
        { r: { queue_url: '${aws_cloudwatch_log_group.none.arn}', text: '${upper("x")}' } },
      ] as never,
    },
  });
  const [q, a] = stack.resources('aws_sqs_queue');
  const [p, r] = stack.resources('aws_sqs_queue_policy');
  if (!q || !a || !p || !r) throw new Error('resources are missing');

  test('become what they refer to, locals and defaults of variables too', () => {
    expect(q.values).toMatchObject({ name: 'x-q', message_retention_seconds: 7 });
    expect(p.values.queue_url).toBe('https://sqs.eu-west-1.amazonaws.com/111122223333/x-q');
    expect(attributeOf(q, 'arn')).toBe('arn:aws:sqs:eu-west-1:111122223333:x-q');
  });

  test('mean the resource by any of its identities, and no other', () => {
    for (const attribute of ['url', 'arn', 'name']) expect(means(attributeOf(q, attribute), q)).toBe(true);
    expect(means('${dev-a: aws_sqs_queue.q.kms_thing}', q)).toBe(true);
    expect(means('${dev-b: aws_sqs_queue.q.kms_thing}', q)).toBe(false);
    expect(means(attributeOf(q, 'url'), a)).toBe(false);
    expect(means(undefined, q)).toBe(false);
  });

  test('to what is not known stay as they are, and none leads in a circle for ever', () => {
    expect(q.values.kms_master_key_id).toBe('${var.secret}');
    expect(r.values).toMatchObject({
      queue_url: '${aws_cloudwatch_log_group.none.arn}',
      text: '${upper("x")}',
    });
    expect(String(a.values.name)).toMatch(/^\$\{aws_sqs_queue\.[ab]\.name\}$/);
  });
});

describe('attributes', () => {
  const fields = {
    where: 'dev-a: aws_sqs_queue.q',
    values: {
      days: '7',
      least: -1,
      on: 'true',
      off: false,
      none: null,
      later: '${var.days}',
      list: ['a'],
      one: 'a',
      map: [{}],
    },
  };

  test('are taken in every form that Terraform takes', () => {
    expect([numberOf(fields, 'days'), numberOf(fields, 'least'), numberOf(fields, 'none')]).toEqual([
      7,
      -1,
      undefined,
    ]);
    expect([flagOf(fields, 'on'), flagOf(fields, 'off'), flagOf(fields, 'none')]).toEqual([
      true,
      false,
      undefined,
    ]);
    expect([textOf(fields, 'least'), textOf(fields, 'off'), textOf(fields, 'toString')]).toEqual([
      '-1',
      'false',
      undefined,
    ]);
    expect([textsOf(fields, 'list'), textsOf(fields, 'one'), textsOf(fields, 'none')]).toEqual([
      ['a'],
      ['a'],
      [],
    ]);
  });

  test.each([
    ['a number', () => numberOf(fields, 'later'), 'its later is "${var.days}", which is not a number'],
    ['a flag', () => flagOf(fields, 'days'), 'its days is "7", which is not true or false'],
    ['a text', () => textOf(fields, 'list'), 'its list is ["a"], which is not text'],
    ['a list of texts', () => textsOf(fields, 'map'), 'its map is [{}], which is not a list of texts'],
    ['a block', () => blocksOf(fields, 'list'), 'its list is ["a"], which is not a block'],
  ])('that are not %s cannot be read', (_, read, message) => {
    expect(read).toThrow(`dev-a: aws_sqs_queue.q: ${message}`);
  });
});

describe('statements', () => {
  const stack = stackOf({
    provider,
    data: {
      aws_iam_policy_document: {
        plain: {
          statement: { actions: ['sqs:SendMessage'], not_principals: { type: 'AWS', identifiers: ['*'] } },
        },
        composed: { source_policy_documents: ['{}'] },
      },
    },
  });

  test('are the same from a document and from JSON', () => {
    expect(statementsOf(stack, '${dev-a: data.aws_iam_policy_document.plain.json}', 'here')).toEqual(
      statementsOf(
        stack,
        '{"Statement":{"Effect":"Allow","Action":"sqs:SendMessage","NotPrincipal":{"AWS":"*"}}}',
        'here',
      ),
    );
  });

  test.each([
    ['a policy that is an expression', '${jsonencode(local.policy)}', 'is not known before it is applied'],
    [
      'a document that is made of others',
      '${dev-a: data.aws_iam_policy_document.composed.json}',
      'source_policy',
    ],
    ['a document of another stack', '${dev-b: data.aws_iam_policy_document.plain.json}', 'is not known'],
    ['an effect that there is not', '{"Statement":[{"Effect":"allow"}]}', 'the effect "allow"'],
    ['a list', '[]', 'is no JSON object'],
  ])('of %s cannot be read', (_, text, message) => {
    expect(() => statementsOf(stack, text, 'here')).toThrow(message);
  });
});

describe('who is let in', () => {
  const allow = (condition: object, principal: unknown = '*') => {
    const policy = JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: '*',
        Principal: principal,
        Condition: condition,
      },
    });
    const [statement] = statementsOf(stackOf({ provider }), policy, 'here');
    return statement !== undefined && isOpen(statement);
  };

  test.each([
    ['nobody named', {}],
    ['all IPv4 addresses', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }],
    ['a block without a length that can be read', { IpAddress: { 'aws:SourceIp': '10.0.0.0/x' } }],
    ['all IPv6 addresses beside one', { IpAddress: { 'aws:SourceIp': ['203.0.113.7/32', '::/0'] } }],
    ['all but one address', { NotIpAddress: { 'aws:SourceIp': '203.0.113.7/32' } }],
    ['any account', { StringLike: { 'aws:SourceAccount': '*' } }],
    ['a source of any account', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:*' } }],
    ['a topic of any account', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:topic' } }],
    [
      'an account where the request has one',
      { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } },
    ],
    ['an account, for all values of none', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-1' } }],
    ['whoever says so', { StringEquals: { 'aws:UserAgent': 'ours' } }],
  ])('is everyone with %s', (_, condition) => {
    expect(allow(condition)).toBe(true);
  });

  test.each([
    ['an address', { IpAddress: { 'AWS:SourceIp': '203.0.113.7/32' } }],
    ['blocks up to /8', { IpAddress: { 'aws:SourceIp': ['10.0.0.0/9', '10.128.0.0/9', '2001:db8::/32'] } }],
    ['an account', { StringEquals: { 'aws:SourceAccount': '111122223333' } }],
    ['a bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::bucket-*' } }],
    ['anything of an account', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } }],
    ['a part of an organization', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/*' } }],
  ])('is not everyone with %s', (_, condition) => {
    expect(allow(condition)).toBe(false);
  });

  test('is everyone of a service or an account by a wildcard, and nobody else by a name', () => {
    expect(allow({}, { AWS: 'arn:aws:iam::*:root' })).toBe(true);
    expect(allow({}, { AWS: ['arn:aws:iam::111122223333:role/a', '*'] })).toBe(true);
    expect(allow({}, { Service: 'sns.amazonaws.com' })).toBe(false);
    expect(allow({}, { AWS: '111122223333' })).toBe(false);
  });

  test('is no one’s where blocks together are wider than /8', () => {
    expect(isBroad(['10.0.0.0/8', '11.0.0.0/8'])).toBe(true);
    expect(isBroad(['10.0.0.0/8', '10.0.0.0/8'])).toBe(false);
    expect(isPinned({ operator: 'IpAddress', key: 'aws:sourceip', values: [] })).toBe(false);
  });
});

test('an environment is production unless its name says otherwise', () => {
  const kinds = ['prod', 'live', 'eu', 'devices', 'dev', 'dev-2', 'test1', 'staging'].map((environment) =>
    isProduction({ ...stackOf({}), environment }),
  );
  expect(kinds).toEqual([true, true, true, true, false, false, false, false]);
});

describe('wildcards', () => {
  test('stand for what they do in a policy', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.') }),
        fc.string({ unit: fc.constantFrom('a', 'b', '.') }),
        (pattern, value) => {
          const source = pattern.replace(/\./g, '\\.').replace(/\*+/g, '.*').replace(/\?/g, '.');
          expect(globMatches(pattern, value)).toBe(new RegExp(`^${source}$`).test(value));
        },
      ),
    );
  });

  test('take no longer for a hostile pattern', () => {
    const started = performance.now();
    expect(globMatches(`${'a*'.repeat(2_000)}b`, 'a'.repeat(5_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

/** Every place in a configuration, as a path of keys. */
const paths = (value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]))]
    : [path];

test('no configuration stops the rules, whatever stands anywhere in it', () => {
  const places = intactStacks.flatMap((stack, index) =>
    paths({
      resource: stack.configuration.resource,
      data: stack.configuration.data,
      provider: stack.configuration.provider,
    }).map((path) => ({ index, path })),
  );
  const junk = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      {},
      [],
      '',
      '${aws_sqs_queue.messages.arn}',
      '${',
      '*',
      -1,
      true,
      [[]],
      [null],
      '{"a"',
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), junk, ({ index, path }, value) => {
      const stack = intactStacks[index];
      if (!stack) return;
      const configuration = structuredClone(stack.configuration) as Record<string, unknown>;
      const last = path.at(-1);
      let holder: Record<string, unknown> = configuration;
      for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
      if (last !== undefined) holder[last] = value;
      expect(() => heldStacks([{ ...stack, configuration }])).not.toThrow();
    }),
    { numRuns: 50 },
  );
});

test('rules hold 500 resources to account in a moment', () => {
  const [stack] = intactStacks.filter(({ id }) => id === 'prod-callback-receiver');
  if (!stack) throw new Error('no stack');
  const types = Object.entries(stack.configuration.resource ?? {}).map(([type, blocks]): [string, object] => [
    type,
    Object.fromEntries(
      Array.from({ length: 8 }).flatMap((_, copy) =>
        Object.entries(blocks).map(([name, block]) => [copy === 0 ? name : `${name}_${copy}`, block]),
      ),
    ),
  ]);
  const configuration = { ...stack.configuration, resource: Object.fromEntries(types) };
  expect(types.reduce((count, [, blocks]) => count + Object.keys(blocks).length, 0)).toBeGreaterThan(500);
  const started = performance.now();
  expect(heldStacks([{ ...stack, configuration: configuration as TerraformConfiguration }]).unread).toEqual(
    [],
  );
  // 63 rules, at most a few tens of milliseconds each where the machine is busy.
  expect(performance.now() - started).toBeLessThan(3_000);
});
