import { describe, expect, it } from 'vitest';
import { importScript } from './scripts';

interface MaskedPlan {
  readonly resource_changes: readonly unknown[];
  readonly resource_drift: readonly unknown[];
  readonly output_changes: Readonly<Record<string, unknown>>;
}
const { maskedPlan, isEmpty, differences } = await importScript<{
  maskedPlan: (plan: unknown) => MaskedPlan;
  isEmpty: (plan: MaskedPlan) => boolean;
  differences: (reviewed: MaskedPlan, now: MaskedPlan) => readonly string[];
}>('masked-plan.mjs');

interface Change {
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
}

const change = (given: Change) => ({
  actions: ['update'],
  before: null,
  after: null,
  after_unknown: {},
  before_sensitive: {},
  after_sensitive: {},
  ...given,
});
const resource = (address: string, given: Change) => ({ address, mode: 'managed', change: change(given) });
const planOf = (...resources: readonly unknown[]) => ({
  format_version: '1.2',
  terraform_version: '1.11.4',
  resource_changes: resources,
  prior_state: { values: { secret: 'of the state' } },
  planned_values: { secret: 'of the state' },
});

const marks = { auth_parameters: [{ api_key: [{ value: true }] }] };
/** What the AWS provider plans for a connection whose key is another. */
const connection = (before: string, after: string, header = 'X-Api-Key') =>
  resource('aws_cloudwatch_event_connection.c', {
    before: { name: 'c', auth_parameters: [{ api_key: [{ key: 'X-Api-Key', value: before }] }] },
    after: { name: 'c', auth_parameters: [{ api_key: [{ key: header, value: after }] }] },
    before_sensitive: marks,
    after_sensitive: marks,
  });
const queue = (given: Change) => resource('aws_sqs_queue.q', given);

describe('a masked plan', () => {
  it('holds what changes, without what is marked as sensitive on either side, and nothing of the state', () => {
    const masked = maskedPlan(
      planOf(
        resource('aws_x.x', {
          before: { a: 'first secret', b: 'seen', c: null },
          after: { a: 'open', b: 'seen too', c: null },
          before_sensitive: { a: true, c: true },
          after_sensitive: {},
        }),
        queue({ actions: ['no-op'], before: { name: 'q' }, after: { name: 'q' } }),
      ),
    );
    expect(masked).toEqual({
      format_version: '1.2',
      terraform_version: '1.11.4',
      resource_changes: [
        {
          address: 'aws_x.x',
          mode: 'managed',
          change: change({
            before: { a: '(sensitive)', b: 'seen', c: null },
            after: { a: '(sensitive)', b: 'seen too', c: null },
            before_sensitive: { a: true, c: true },
          }),
        },
      ],
      resource_drift: [],
      output_changes: {},
    });
  });

  it('masks a secret where it is repeated without a mark, in any text, output or drift', () => {
    const secret = 'a-long-enough-secret';
    const masked = maskedPlan({
      ...planOf(
        resource('aws_x.x', {
          actions: ['create'],
          after: { body: `{"key":"${secret}"}`, list: [secret] },
          after_unknown: { id: true },
        }),
      ),
      resource_drift: [resource('aws_y.y', { before: { a: secret }, after: { a: 'x' } })],
      output_changes: { o: change({ actions: ['create'], after: secret }) },
      variables: { key: { value: secret }, open: { value: 'ap-northeast-2' } },
      configuration: { root_module: { variables: { key: { sensitive: true }, open: {} } } },
    });
    expect(JSON.stringify(masked)).not.toContain(secret);
    expect(masked.output_changes.o).toMatchObject({ after: '(sensitive)' });
  });

  it('masks a container that is sensitive as a whole, and its parts elsewhere', () => {
    const masked = maskedPlan(
      planOf(
        resource('aws_x.x', {
          actions: ['create'],
          after: { all: { user: 'user-name', password: 'pass-word' }, other: 'is pass-word' },
          after_sensitive: { all: true },
        }),
      ),
    );
    expect(masked.resource_changes).toMatchObject([
      { change: { after: { all: '(sensitive)', other: '(sensitive)' } } },
    ]);
  });

  it('is empty where nothing changes but a secret, of a resource or an output', () => {
    const secretOnly = {
      ...planOf(connection('first', 'second')),
      output_changes: {
        o: change({ before: 'first', after: 'second', before_sensitive: true, after_sensitive: true }),
      },
    };
    expect(isEmpty(maskedPlan(secretOnly))).toBe(true);
    expect(isEmpty(maskedPlan(planOf(connection('first', 'second', 'X-Key'))))).toBe(false);
    expect(isEmpty(maskedPlan(planOf(queue({ after_unknown: { policy: true } }))))).toBe(false);
  });
});

describe('what is planned now', () => {
  const compare = (reviewed: readonly unknown[], now: readonly unknown[]) =>
    differences(maskedPlan(planOf(...reviewed)), maskedPlan(planOf(...now)));

  it('is what was reviewed, whatever the order of attributes, and whatever the secret', () => {
    const other = { before: { b: 1, a: 1 }, after: { b: 2, a: 1 } };
    expect(
      compare(
        [connection('old', 'unknown'), queue({ before: { a: 1, b: 1 }, after: { a: 1, b: 2 } })],
        [queue(other)],
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'does more',
      [],
      [queue({ actions: ['delete'], before: { name: 'q' } })],
      'aws_sqs_queue.q: reviewed was no change, and now it is delete',
    ],
    [
      'does less',
      [queue({ actions: ['create'], after: { name: 'q' } })],
      [],
      'aws_sqs_queue.q: reviewed was create, and now it is no change',
    ],
    [
      'does another thing',
      [queue({ before: { a: 1 }, after: { a: 2 } })],
      [queue({ actions: ['delete', 'create'], before: { a: 1 }, after: { a: 2 } })],
      'aws_sqs_queue.q: reviewed was update, and now it is delete, create',
    ],
    [
      'does it with other values',
      [queue({ before: { a: 1 }, after: { a: 2 } })],
      [queue({ before: { a: 1 }, after: { a: 3 } })],
      'aws_sqs_queue.q: update, with other values than were reviewed',
    ],
    [
      'starts from other values',
      [queue({ before: { a: 1 }, after: { a: 3 } })],
      [queue({ before: { a: 2 }, after: { a: 3 } })],
      'aws_sqs_queue.q: update, with other values than were reviewed',
    ],
    [
      'does not know what it will be',
      [queue({ before: { a: 1 }, after: { a: 3 } })],
      [queue({ before: { a: 1 }, after: { a: 3 }, after_unknown: { b: true } })],
      'aws_sqs_queue.q: update, with other values than were reviewed',
    ],
  ])('is not what was reviewed where it %s', (_, reviewed, now, said) => {
    expect(compare(reviewed, now)).toEqual([said]);
  });

  it('is not what was reviewed where an output changes', () => {
    const withOutput = { ...planOf(), output_changes: { url: change({ before: 'a', after: 'b' }) } };
    expect(differences(maskedPlan(planOf()), maskedPlan(withOutput))).toEqual([
      'output.url: reviewed was no change, and now it is update',
    ]);
  });

  it('may have found what changed by itself', () => {
    const drifted = {
      ...planOf(),
      resource_drift: [queue({ before: { a: 1 }, after: { a: 2 } })],
    };
    expect(differences(maskedPlan(planOf()), maskedPlan(drifted))).toEqual([]);
  });
});
