import { expect, test } from 'vitest';
import type { CallbackSettings } from '../../../../environments/environment';
import { lostOf, wantedCallback } from '../../../../tools/rehearse/world/wanted-callback';
import { dev } from '../../../fixtures/environments/dev';
import { systemOfEnvironment } from '../system-of-environment';

const id = { type: 'string', pattern: '^[!-~]{1,128}$' };
const schema = { type: 'object', required: ['id', 'tenant'], properties: { id, tenant: id } };

const callbacks: readonly CallbackSettings[] = [
  { name: 'plain', path: '/plain', allowList: ['192.0.2.0/24'], schema },
  {
    name: 'ordered',
    path: '/ordered',
    allowList: ['192.0.2.0/24'],
    schema,
    queue: {
      kind: 'fifo',
      messageGroupId: { from: 'body', field: 'tenant' },
      messageDeduplicationId: { from: 'header', name: 'X-Event-Id' },
    },
  },
  {
    name: 'theirs',
    path: '/theirs',
    allowList: ['192.0.2.0/24'],
    schema,
    contentTypes: ['text/plain'],
    queue: {
      kind: 'existing',
      arn: `arn:aws:sqs:${dev.region}:${dev.accountId}:theirs.fifo`,
      messageGroupId: { from: 'constant', value: 'all&sundry' },
    },
  },
];

const { websocketReply: _, subscriberPipe: __, ...place } = dev;
const { flows } = systemOfEnvironment({ ...place, callbackReceiver: { callbacks } });

/** What the plan of the callbacks has lost of one that was to be otherwise. */
function lost(index: number, changes: Partial<CallbackSettings> = {}): readonly string[] {
  const settings = { ...(callbacks[index] as CallbackSettings), ...changes };
  const flow = flows.find((one) => one.kind === 'callback' && one.method.path === settings.path);
  if (flow?.kind !== 'callback') throw new Error(`no flow of ${settings.path}`);
  return lostOf(wantedCallback('dev', settings), flow);
}

const fifo = (changes: object) =>
  ({ queue: { ...callbacks[1]?.queue, ...changes } }) as Partial<CallbackSettings>;

test('of what was synthesized nothing is lost', () => {
  expect(callbacks.flatMap((__, index) => lost(index))).toEqual([]);
});

test.each<[number, Partial<CallbackSettings>, string]>([
  [0, { schema: { ...schema, required: ['id'] } }, 'checks JSON bodies against another schema'],
  [
    0,
    { queue: { kind: 'fifo', messageGroupId: { from: 'constant', value: 'all' } } },
    'dev-plain, which is not FIFO',
  ],
  [1, { queue: { kind: 'standard' } }, 'dev-ordered.fifo, which is FIFO'],
  [
    1,
    fifo({ messageGroupId: { from: 'body', field: 'id' } }),
    'its MessageGroupId is not the field id of the body',
  ],
  [1, fifo({ messageGroupId: { from: 'header', name: 'X-Tenant' } }), 'is not the header X-Tenant'],
  [1, fifo({ messageGroupId: { from: 'constant', value: 'all' } }), 'its MessageGroupId is not "all"'],
  [
    1,
    fifo({ messageDeduplicationId: { from: 'header', name: 'X-Other' } }),
    'its MessageDeduplicationId is not the header X-Other, by dev-callback-receiver: aws_api_gateway_integration',
  ],
  [
    2,
    { queue: { kind: 'existing', arn: `arn:aws:sqs:${dev.region}:${dev.accountId}:other.fifo` } },
    'theirs.fifo, not to arn',
  ],
])('callback %i with %j is told of', (index, changes, what) => {
  expect(lost(index, changes).join('\n')).toContain(what);
});
