import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { permissionsReview } from '../../../../tools/review/permissions/permissions-review';
import { dev } from '../../../fixtures/environments/dev';
import { prod } from '../../../fixtures/environments/prod';
import { changeOf } from '../change-of';
import { concerns, shown } from './reviewed';

const review = (base: Environment, head: Environment) => permissionsReview(changeOf([base], [head]));
const { callbackReceiver } = dev;
const [callback] = callbackReceiver?.callbacks ?? [];
const withCallbacks = (...callbacks: readonly NonNullable<typeof callback>[]): Environment => ({
  ...dev,
  callbackReceiver: { ...callbackReceiver, callbacks },
});

if (!callback) throw new Error('dev, as it was shipped, receives no callback');
const first = callback;

describe('the environments as they were shipped', () => {
  it('say nothing against themselves', () => {
    expect(review(prod, prod)).toEqual({ concerns: [], exposure: [], statements: [], unread: [] });
  });

  it('with a callback more: its route, its role and its queues, each told once', () => {
    const more = { ...first, name: 'refunds', path: '/refunds', allowList: ['198.51.100.7/32'] };
    const change = review(dev, withCallbacks(first, more));
    expect(concerns(change)).toEqual([
      'adds POST /refunds of API dev-callback-receiver: 198.51.100.7/32 (1 address), authorization NONE',
      'adds role dev-refunds-to-queue: apigateway.amazonaws.com may sts:AssumeRole on it; it may sqs:SendMessage on queue dev-refunds',
    ]);
    expect(shown(change)).toHaveLength(4);
    expect(change.statements.every(({ ownerIs, alarms }) => ownerIs === 'new' && alarms.length === 0)).toBe(
      true,
    );
  });

  it('with a queue that lets another account in from the start: a concern', () => {
    const more = { ...first, name: 'refunds', path: '/refunds', allowList: ['198.51.100.7/32'] };
    const change = changeOf([dev], [withCallbacks(first, more)]);
    const opened = JSON.parse(
      JSON.stringify(change.head).replace(
        'arn:aws:iam::111122223333:role/dev-refunds-to-queue',
        'arn:aws:iam::999999999999:role/dev-refunds-to-queue',
      ),
    ) as typeof change.head;
    expect(concerns(permissionsReview({ ...change, head: opened }))).toContainEqual(
      expect.stringMatching(/^adds queue dev-refunds: .*999999999999.*sqs:SendMessage/),
    );
  });

  it('in another region: what is allowed there is what was allowed here', () => {
    const change = review(dev, { ...dev, region: 'us-east-1' });
    expect(change).toEqual({ concerns: [], exposure: [], statements: [], unread: [] });
    const wider = review(dev, {
      ...withCallbacks({ ...first, allowList: ['203.0.112.0/23'] }),
      region: 'us-east-1',
    });
    expect(concerns(wider)).toEqual([
      'opens POST /bizppurio/delivery-results of API dev-callback-receiver: 203.0.112.0/24 (256 addresses)',
    ]);
  });

  it('with a boundary that another stack makes: its roles may do less', () => {
    const bounded = review(dev, {
      ...dev,
      state: { kind: 's3', bucket: 'states', region: 'ap-northeast-2' },
      deploymentRoles: { github: { repository: 'example/gateways' } },
    });
    const boundaries = bounded.statements.filter(({ about }) => about === 'boundary');
    expect(boundaries.length).toBeGreaterThan(3);
    expect(boundaries.map(({ change, unread }) => [change, unread])).toEqual(
      boundaries.map(() => ['narrowed', false]),
    );
  });

  it('with a callback less: nothing to decide', () => {
    const gone = review(prod, {
      ...prod,
      callbackReceiver: {
        ...prod.callbackReceiver,
        callbacks: prod.callbackReceiver?.callbacks.slice(0, 2) ?? [],
      },
    });
    expect(gone.concerns).toEqual([]);
    expect(shown(gone).at(-1)).toBe(
      'A flow that needs what is no longer allowed breaks; the rehearsal tells.',
    );
  });

  it('with another allow-list: what addresses come and go', () => {
    const change = review(dev, withCallbacks({ ...first, allowList: ['203.0.112.0/24'] }));
    expect(change.exposure).toEqual([
      {
        stackId: 'dev-callback-receiver',
        what: ['POST /bizppurio/delivery-results of API dev-callback-receiver'],
        opened: ['203.0.112.0/24 (256 addresses)'],
        closed: ['203.0.113.0/24 (256 addresses)'],
        isNew: false,
      },
    ]);
    expect(change.statements).toEqual([]);
    expect(change.concerns).toHaveLength(1);
  });

  it('with $connect open to everyone', () => {
    const open: Environment = {
      ...prod,
      websocketReply: { ...prod.websocketReply, connectAuthorization: 'NONE' },
    };
    expect(concerns(review(prod, open))).toEqual([
      'opens $connect of API prod-websocket-reply: everyone, with authorization NONE',
    ]);
  });
});
