import { describe, expect, it } from 'vitest';
import type { Aws } from '../../../../tools/doctor/aws/aws';
import type { Permission } from '../../../../tools/doctor/check';
import { asking } from './local-aws';
import { account, flowOf, missing, outcomes, probeRig, prod } from './probe-rig';

describe.skipIf(missing)('callbacks of an environment', () => {
  const rig = probeRig(prod);

  describe('with a subscriber beyond AWS', () => {
    const queue = 'prod-delivery-results';

    it('can be seen to leave the queue, and no further', async () => {
      const { endpoint } = await rig.bridge(prod);
      rig.taking(queue);
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint }), queue);
      expect(outcomes(flow).slice(1)).toEqual([
        'the callback is accepted: ok',
        'the message leaves the queue: ok',
        'the subscriber takes it: not-seen',
      ]);
      expect(flow.steps[3]?.detail).toContain(
        `https://subscriber.example.com/bizppurio/delivery-results was sent a message marked ${flow.mark}`,
      );
      expect(flow.stays).toEqual([
        `https://subscriber.example.com/bizppurio/delivery-results has a message marked ${flow.mark}`,
      ]);
    });

    it('that takes nothing: it stays on a queue that was empty before', async () => {
      const { endpoint } = await rig.bridge(prod);
      const limits = { arrival: 300, counts: 200 };
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint, limits }), queue);
      expect(outcomes(flow).slice(2)).toEqual(['the message leaves the queue: failed']);
      expect(flow.steps[2]?.detail).toContain('1 visible, 0 in flight, 0 dead letters (before: 0 visible');
      expect(flow.stays).toEqual([expect.stringContaining(`marked ${flow.mark}, on ${queue}`)]);
    });

    it('that has others waiting: one more of many is no proof of anything', async () => {
      await rig.send(queue, 'of someone else');
      const { endpoint } = await rig.bridge(prod);
      const limits = { arrival: 300, counts: 200 };
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint, limits }), queue);
      expect(outcomes(flow).slice(2)).toEqual(['the message leaves the queue: not-seen']);
    });

    it('that refuses it: it is given up, and one dead letter more', async () => {
      const { endpoint } = await rig.bridge(prod, {
        sqs: async ({ path }) => {
          if (path.endsWith(queue)) await rig.send(`${queue}-dead-letter`, 'given up');
          return { status: 200, contentType: 'application/json', body: '{}' };
        },
      });
      const limits = { arrival: 300, counts: 200 };
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint, limits }), queue);
      expect(flow.steps[2]).toEqual({
        what: 'the message leaves the queue',
        outcome: 'failed',
        detail: expect.stringContaining(
          '1 dead letters (before: 0 visible, 0 in flight, 0 dead letters): a message was given up',
        ),
      });
      expect(flow.stays).toEqual([expect.stringContaining(`marked ${flow.mark}, on ${queue}`)]);
    });

    it('that takes nothing: counts that lag behind are not believed', async () => {
      const { endpoint, requests } = await rig.bridge(prod);
      let since: number | undefined;
      const lagging: Aws = {
        clients: rig.aws.clients,
        ask: async <Answer>(permission: Permission, send: () => Promise<Answer>) => {
          if (requests.length > 0) since ??= Date.now();
          const isLate = since !== undefined && Date.now() - since > 100;
          if (permission.action !== 'sqs:GetQueueAttributes' || isLate) return rig.aws.ask(permission, send);
          return { Attributes: { ApproximateNumberOfMessages: '0' } } as Answer;
        },
      };
      const limits = { arrival: 400, counts: 300 };
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint, aws: lagging, limits }), queue);
      expect(outcomes(flow).slice(2)).toEqual(['the message leaves the queue: failed']);
    });
  });

  describe('with a queue that nobody takes from', () => {
    const queue = 'prod-inbound-sms';
    const from = { sourceIp: '198.51.100.10' };

    it('are received, compared and deleted', async () => {
      const { endpoint } = await rig.bridge(prod, from);
      const { aws: watched, asked } = asking(rig.aws);
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint, aws: watched }), queue);
      expect(outcomes(flow)).toEqual([
        'a marked message is made up: ok',
        'the callback is accepted: ok',
        'the message is on the queue: ok',
        'it is byte for byte what was sent: ok',
        'its attributes are there: ok',
      ]);
      expect(flow.steps[4]?.detail).toContain('sourceIp 198.51.100.10');
      expect([flow.cleanedUp, flow.stays]).toEqual([
        [expect.stringMatching(/^the message [0-9a-f-]{36} on prod-inbound-sms$/)],
        [],
      ]);
      expect(await rig.onQueue(queue)).toEqual([]);
      expect(asked).toContainEqual({
        action: 'sqs:DeleteMessage',
        resource: `arn:aws:sqs:ap-northeast-2:${account}:${queue}`,
      });
    });

    it('that holds messages of others is left alone', async () => {
      await rig.send(queue, 'of someone else');
      const { endpoint } = await rig.bridge(prod, from);
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint }), queue);
      expect(outcomes(flow).slice(2)).toEqual(['the message is on the queue: not-seen']);
      expect(flow.steps[2]?.detail).toContain(
        'prod-inbound-sms held 1 other messages before: it is left there',
      );
      expect(flow.stays).toEqual([
        expect.stringContaining(`the message marked ${flow.mark}, on prod-inbound-sms`),
      ]);
      const left = await rig.onQueue(queue);
      expect(left.map(({ Attributes }) => Attributes?.ApproximateReceiveCount)).toEqual(['1', '1']);
    });

    it('that someone is just taking from is left alone, too', async () => {
      await rig.send(queue, 'of someone else');
      await rig.onQueue(queue);
      const { endpoint } = await rig.bridge(prod, from);
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint }), queue);
      expect(outcomes(flow).slice(2)).toEqual(['the message is on the queue: not-seen']);
    });

    it('gives back what others send meanwhile', async () => {
      const { endpoint } = await rig.bridge(prod, {
        ...from,
        sqs: async (request) => {
          if (request.path.endsWith('inbound-sms')) await rig.send(queue, 'of someone else');
          return undefined;
        },
      });
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint }), queue);
      expect(flow.steps.find(({ what }) => what === 'the message is on the queue')).toMatchObject({
        outcome: 'ok',
      });
      expect((await rig.onQueue(queue)).map(({ Body }) => Body)).toEqual(['of someone else']);
    });

    it('is left when others keep coming back', async () => {
      const { endpoint } = await rig.bridge(prod, {
        ...from,
        sqs: async (request) => {
          if (!request.path.endsWith('inbound-sms')) return undefined;
          await rig.send(queue, 'of someone else');
          return { status: 200, contentType: 'application/json', body: '{}' };
        },
      });
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint }), queue);
      expect(outcomes(flow).slice(2)).toEqual(['the message is on the queue: not-seen']);
      expect(flow.steps[2]?.detail).toContain('messages of others have come');
      expect((await rig.onQueue(queue)).map(({ Attributes }) => Attributes?.ApproximateReceiveCount)).toEqual(
        ['3'],
      );
    });

    it('does not give it: another consumer, or another queue', async () => {
      const { endpoint } = await rig.bridge(prod, {
        ...from,
        sqs: () => ({ status: 200, contentType: 'application/json', body: '{}' }),
      });
      const limits = { arrival: 200, counts: 100 };
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint, limits }), queue);
      expect(outcomes(flow).slice(2)).toEqual(['the message is on the queue: failed']);
      expect(flow.steps[2]?.detail).toContain(
        'another consumer takes from it, or the callback goes to another queue',
      );
    });

    it('gives another body: the difference is told', async () => {
      const { endpoint } = await rig.bridge(prod, {
        ...from,
        sqs: async (request) => {
          if (!request.path.endsWith('inbound-sms')) return undefined;
          const body = new URLSearchParams(request.body).get('MessageBody') ?? '';
          await rig.send(queue, `${body} `);
          return { status: 200, contentType: 'application/json', body: '{}' };
        },
      });
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint }), queue);
      expect(outcomes(flow).slice(3)).toEqual([
        'it is byte for byte what was sent: failed',
        'its attributes are there: failed',
      ]);
      expect(flow.steps[4]?.detail).toContain(
        'without requestId, sourceIp, receivedAt, contentType; there are none',
      );
    });
  });
});
