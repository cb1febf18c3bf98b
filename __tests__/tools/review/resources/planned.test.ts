import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../tools/review/change';
import { resourcesReview } from '../../../../tools/review/resources/resources-review';
import { resourcesSection } from '../../../../tools/review/resources/resources-section';
import type { PlannedChange, TerraformPlan } from '../../../../tools/review/terraform-plan';
import { changeOf, dev, ofResources } from './versions';

const resources = {
  aws_apigatewayv2_api: { api: { name: 'sample', protocol_type: 'WEBSOCKET' } },
  aws_apigatewayv2_route: { route: { api_id: '${aws_apigatewayv2_api.api.id}', route_key: '$default' } },
  aws_sqs_queue: { a: { name: 'a', delay_seconds: 1 } },
};

const nothing: PlannedChange['change'] = { actions: ['no-op'], before: {}, after: {} };

const entry = (
  address: string,
  change: PlannedChange['change'] = nothing,
  more: Partial<PlannedChange> = {},
) => {
  const [type = '', name = ''] = address.split('.');
  return { address, type, name, mode: 'managed', change, ...more } satisfies PlannedChange;
};

/** The plan of the sample stack: what is not given has nothing to do. */
function plan(changes: readonly PlannedChange[], more: Partial<TerraformPlan> = {}): TerraformPlan {
  const given = new Set(changes.map(({ address }) => address));
  const others = Object.entries(resources)
    .flatMap(([type, labels]) => Object.keys(labels).map((label) => `${type}.${label}`))
    .filter((address) => !given.has(address));
  return {
    format_version: '1.2',
    resource_changes: [...changes, ...others.map((address) => entry(address))],
    ...more,
  };
}

const withPlan = (of: TerraformPlan, head: object = resources): Change => ({
  ...ofResources(resources, head as typeof resources),
  plans: new Map([['dev-sample', of]]),
});

const reviewed = (of: TerraformPlan, head?: object) => resourcesReview(withPlan(of, head));
const texts = (of: TerraformPlan) => reviewed(of).concerns.map(({ text }) => text);

describe('a review with Terraform’s plan', () => {
  it('has nothing to say where the plan has nothing to do', () => {
    const review = reviewed(
      plan([entry('data.aws_iam_policy_document.x', { actions: ['read'] }, { mode: 'data' })]),
    );
    expect(resourcesSection(review)).toBeUndefined();
    expect(review.stacks).toMatchObject([{ planned: true }]);
  });

  it('takes its actions and what differs from the plan, not from the configurations', () => {
    const { changes } = reviewed(
      plan([
        entry('aws_sqs_queue.a', {
          actions: ['update'],
          before: { name: 'a', delay_seconds: 1, tags: null, tags_all: { a: '1' } },
          after: { name: 'a', delay_seconds: 2, tags: null, tags_all: { a: '2' } },
        }),
        entry('aws_sqs_queue.b', { actions: ['create'], before: null, after: { name: 'b' } }),
        entry('aws_sqs_queue.c', { actions: ['delete'], before: { name: 'c' }, after: null }),
      ]),
    );
    expect(changes).toMatchObject([
      {
        address: 'aws_sqs_queue.a',
        action: 'change',
        planned: true,
        attributes: [{ path: 'delay_seconds', before: '1', after: '2' }],
      },
      { address: 'aws_sqs_queue.b', action: 'add', name: 'b' },
      { address: 'aws_sqs_queue.c', action: 'destroy', name: 'c' },
    ]);
  });

  it('follows a replacement to its root, and shows what becomes known after apply', () => {
    const of = plan([
      entry('aws_apigatewayv2_api.api', {
        actions: ['delete', 'create'],
        before: { name: 'sample', protocol_type: 'WEBSOCKET', id: 'x1', arn: 'arn' },
        after: { name: 'sample', protocol_type: 'HTTP' },
        after_unknown: { id: true, arn: true },
        replace_paths: [['protocol_type']],
      }),
      entry('aws_apigatewayv2_route.route', {
        actions: ['delete', 'create'],
        before: { api_id: 'x1', route_key: '$default', id: 'r1' },
        after: { route_key: '$default' },
        after_unknown: { api_id: true, id: true },
        replace_paths: [['api_id']],
      }),
    ]);
    expect(texts(of)).toEqual([
      'replaces the API sample (protocol_type: WEBSOCKET → HTTP), and 1 other with it: its address changes, open connections end, and every client has to be told the new one',
    ]);
    const { changes } = reviewed(of);
    expect(changes).toMatchObject([
      { attributes: [{ path: 'protocol_type', before: 'WEBSOCKET', after: 'HTTP' }] },
      {
        forcedBy: ['api_id'],
        becauseOf: 'aws_apigatewayv2_api.api',
        attributes: [{ path: 'api_id', before: 'x1', after: undefined }],
        unknown: ['api_id'],
      },
    ]);
    const table = resourcesSection(reviewed(of))?.blocks.findLast(({ kind }) => kind === 'table');
    expect(JSON.stringify(table)).toContain('known after apply');
  });

  it('says why what no attribute forces is replaced', () => {
    const of = entry(
      'aws_sqs_queue.a',
      { actions: ['delete', 'create'], before: { name: 'a' }, after: { name: 'a' } },
      { action_reason: 'replace_because_tainted' },
    );
    expect(texts(plan([of]))).toEqual([
      'replaces the queue a (replace_because_tainted): what waits in it is lost',
    ]);
  });

  it('takes a deployment that its triggers replace as routine only where the new one is made first', () => {
    const deployment = (actions: PlannedChange['change']['actions']) =>
      plan([
        entry('aws_apigatewayv2_deployment.d', {
          actions,
          before: { triggers: { a: '1' } },
          after: { triggers: { a: '2' } },
          replace_paths: [['triggers']],
        }),
      ]);
    const head = { ...resources, aws_apigatewayv2_deployment: { d: { triggers: { a: '2' } } } };
    expect(reviewed(deployment(['create', 'delete']), head).concerns).toEqual([]);
    expect(reviewed(deployment(['delete', 'create']), head).concerns).toMatchObject([
      { text: 'replaces 1 deployment' },
    ]);
  });

  it('collects what only bears other default tags', () => {
    const tagged = entry('aws_sqs_queue.a', {
      actions: ['update'],
      before: { name: 'a', tags_all: { a: '1' } },
      after: { name: 'a', tags_all: { a: '2' } },
    });
    const { changes, notices } = reviewed(plan([tagged]));
    expect(changes).toEqual([]);
    expect(notices).toEqual(['changes the default tags on the one resource that bears tags in dev-sample']);
  });

  it('counts a change of which nothing is known before apply', () => {
    const unknown = entry('aws_sqs_queue.a', {
      actions: ['update'],
      before: { name: 'a', url: 'x' },
      after: { name: 'a' },
      after_unknown: { url: true },
    });
    expect(reviewed(plan([unknown])).changes).toMatchObject([{ action: 'change', attributes: [] }]);
  });

  it('tells drift, and whether the apply takes it back', () => {
    const drifted = { name: 'a', delay_seconds: 9 };
    const written = { name: 'a', delay_seconds: 1 };
    const drift = [entry('aws_sqs_queue.a', { actions: ['update'], before: written, after: drifted })];
    const back = entry('aws_sqs_queue.a', { actions: ['update'], before: drifted, after: written });
    expect(texts(plan([back], { resource_drift: drift }))).toEqual([
      'finds the queue a changed outside Terraform, which its apply takes back in dev-sample: delay_seconds 1 → 9',
    ]);
    expect(reviewed(plan([], { resource_drift: drift })).notices).toEqual([
      'finds the queue a changed outside Terraform in dev-sample: delay_seconds 1 → 9',
    ]);
    const gone = [entry('aws_sqs_queue.a', { actions: ['delete'], before: written, after: null })];
    const again = entry('aws_sqs_queue.a', { actions: ['create'], before: null, after: written });
    expect(texts(plan([again], { resource_drift: gone }))).toEqual([
      'finds the queue a destroyed outside Terraform, and makes it again in dev-sample',
    ]);
  });

  it('tells moved and forgotten resources', () => {
    const moved = entry('aws_sqs_queue.a', nothing, { previous_address: 'aws_sqs_queue.old' });
    const forgotten = entry('aws_sqs_queue.b', { actions: ['forget'], before: { name: 'b' }, after: null });
    const { notices, concerns, changes } = reviewed(plan([moved, forgotten]));
    expect(changes).toEqual([]);
    expect(notices).toEqual(['moves 1 to other addresses of Terraform in dev-sample: nothing moves in AWS']);
    expect(concerns.map(({ text }) => text)).toEqual([
      'no longer manages what stays in AWS in dev-sample: aws_sqs_queue.b',
    ]);
  });

  it('says that a plan is of other code', () => {
    const { resource_changes: [first, ...others] = [] } = plan([]);
    const of = { ...plan([]), resource_changes: [...others, entry('aws_sqs_queue.other')] };
    expect(texts(of)).toEqual([
      `comes with a plan of other code in dev-sample: it has no ${first?.address}, and the configuration has no aws_sqs_queue.other; plan it again`,
    ]);
    const counted = {
      ...plan([]),
      resource_changes: [first as PlannedChange, ...others].map((one) => ({
        ...one,
        address: `${one.address}[0]`,
      })),
    };
    expect(texts(counted)).toEqual([]);
  });

  it('is broken where the plan failed', () => {
    expect(reviewed({ format_version: '1.2', errored: true }).concerns).toEqual([
      { level: 'broken', text: 'has a plan that failed in dev-sample' },
    ]);
  });

  it.each(['2.0', '0.1', undefined, 1])('does not read a plan in the format %s', (version) => {
    const of = plan([entry('aws_sqs_queue.a', { actions: ['delete'], before: {}, after: null })], {
      format_version: version as string,
    });
    const { concerns, changes, stacks } = reviewed(of);
    expect(changes).toEqual([]);
    expect(stacks).toMatchObject([{ planned: false }]);
    expect(concerns).toMatchObject([
      {
        level: 'attention',
        text: expect.stringContaining(`in the format ${version}, which is not read in dev-sample`),
      },
    ]);
  });

  it('reads the configurations of the stacks without a plan', () => {
    const change = {
      ...changeOf(dev, { ...dev, logRetentionDays: 90 }),
      plans: new Map([['dev-other', plan([])]]),
    };
    expect(resourcesReview(change).changes.every(({ planned }) => !planned)).toBe(true);
    expect(resourcesReview(change).changes).toHaveLength(5);
  });
});
