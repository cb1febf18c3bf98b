import { describe, expect, it } from 'vitest';
import { dev as shippedDev } from '../../../fixtures/environments/dev';
import { dev, devArchive, devBucket, missing, outcomes, probeRig } from './probe-rig';
import { synthesizedEnvironment } from './synthesized-environment';

describe.skipIf(missing)('callbacks of an environment', () => {
  const rig = probeRig(dev);

  describe('that are not taken', () => {
    it('from an address outside the allow-list: nothing was wrong, and nothing sent', async () => {
      const { endpoint } = await rig.bridge(dev, { sourceIp: '192.0.2.1' });
      const [flow] = await rig.probed(dev, { restEndpoint: endpoint });
      expect(outcomes(flow).slice(1)).toEqual(['the callback is accepted: not-seen']);
      expect(flow?.steps[1]?.detail).toBe(
        "403 This address may not call this API: this machine's address is not in the allow-list (203.0.113.0/24). Run the probe from an address that is",
      );
      expect([flow?.cleanedUp, flow?.stays]).toEqual([[], []]);
    });

    it('because SQS refuses: 502', async () => {
      const { endpoint } = await rig.bridge(dev, {
        sqs: () => ({
          status: 403,
          contentType: 'application/json',
          body: '{"Error":{"Code":"AccessDenied"}}',
        }),
      });
      const [flow] = await rig.probed(dev, { restEndpoint: endpoint });
      expect(flow?.steps.slice(1)).toEqual([
        {
          what: 'the callback is accepted',
          outcome: 'failed',
          detail: expect.stringMatching(/^502 Not accepted, try again later: SQS refused it \(AccessDenied/),
        },
      ]);
    });

    it('because nobody answers: the port is closed', async () => {
      const { endpoint, close } = await rig.bridge(dev);
      await close();
      const [flow] = await rig.probed(dev, { restEndpoint: endpoint });
      expect(flow?.steps.slice(1)).toEqual([
        {
          what: 'the callback is accepted',
          outcome: 'failed',
          detail: expect.stringMatching(/^ECONNREFUSED: .* Nothing listens at 127\.0\.0\.1:\d+/),
        },
      ]);
    });

    it('and may have arrived all the same: the message is looked for, and cleaned up', async () => {
      const { endpoint } = await rig.bridge(dev, {
        sqs: async (request) => {
          await rig.send('dev-delivery-results', new URLSearchParams(request.body).get('MessageBody') ?? '');
          return 'lost' as const;
        },
      });
      rig.archiving(dev, 'dev-delivery-results', devArchive);
      const [flow] = await rig.probed(dev, { restEndpoint: endpoint });
      expect(outcomes(flow).slice(1)).toEqual([
        'the callback is accepted: failed',
        'the message is archived: ok',
        'it is byte for byte what was sent: ok',
      ]);
      expect(flow?.steps[1]?.detail).toContain('gave no answer: the message may be on the queue');
      expect(await rig.versionsIn(devBucket)).toEqual([]);
    });
  });

  it('of a queue that does not exist are not sent', async () => {
    const { endpoint, requests } = await rig.bridge(dev);
    const gone = { ...shippedDev, name: 'gone' };
    const [flow] = await rig.probed(synthesizedEnvironment(gone), { restEndpoint: endpoint });
    expect(outcomes(flow).at(-1)).toBe('the queue exists: failed');
    expect(requests).toEqual([]);
  });

  it('without an endpoint and without an API in AWS are not sent', async () => {
    const [flow] = await rig.probed(dev, {});
    expect(flow?.steps).toEqual([
      {
        what: 'the callback is called',
        outcome: 'failed',
        detail: 'no API for delivery-results was found in AWS: npm run doctor -- dev tells more',
      },
    ]);
  });
});
