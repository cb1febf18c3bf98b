import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it, vi } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { bizppurioDeliveryResult } from '../../../../environments/schemas/bizppurio-delivery-result';
import { MissingPermission } from '../../../../tools/doctor/aws/answer-of';
import type { Aws } from '../../../../tools/doctor/aws/aws';
import type { ProbedFlow } from '../../../../tools/doctor/probe/course';
import type { ProbeInput } from '../../../../tools/doctor/probe/probe';
import { dev as shippedDev } from '../../../fixtures/environments/dev';
import { asking } from './local-aws';
import {
  dev,
  devArchive,
  devBucket,
  expectDeclared,
  flowOf,
  missing,
  outcomes,
  probeRig,
  prod,
} from './probe-rig';
import { type SynthesizedEnvironment, synthesizedEnvironment } from './synthesized-environment';

/** The archive names objects by their message ids; one callback answers with it, the other says nothing. */
const byId = synthesizedEnvironment({
  ...shippedDev,
  name: 'ids',
  websocketReply: undefined,
  callbackReceiver: {
    callbacks: ['told', 'untold'].map((name) => ({
      name,
      path: `/${name}`,
      allowList: ['203.0.113.0/24'],
      schema: bizppurioDeliveryResult,
      ...(name === 'told' && { response: 'message-id' as const }),
    })),
  },
  subscriberPipe: {
    subscriptions: ['told', 'untold'].map((name) => ({
      name: `${name}-out`,
      source: { callback: name },
      subscriber: { kind: 's3-archive' as const },
    })),
  },
} as unknown as Environment);

describe.skipIf(missing)('callbacks of an environment', () => {
  const rig = probeRig(dev, prod, byId);

  describe('with an archive', () => {
    it('end in the bucket, byte for byte, and nothing is left there', async () => {
      const { endpoint, requests } = await rig.bridge(dev);
      rig.archiving(dev, 'dev-delivery-results', devArchive);
      const { aws: watched, asked } = asking(rig.aws);
      const doing: string[] = [];
      const [flow] = await rig.probed(dev, {
        restEndpoint: endpoint,
        aws: watched,
        progress: (text) => doing.push(text),
      });
      expect(flow).toMatchObject({
        flow: 'POST /v1/bizppurio/delivery-results → dev-delivery-results',
        stackId: 'dev-callback-receiver',
        mark: expect.stringMatching(/^doctor-probe-\d{8}T\d{6}Z-[0-9a-f]{12}$/),
        stays: [],
      });
      expect(outcomes(flow)).toEqual([
        'a marked message is made up: ok',
        'the callback is accepted: ok',
        'the message is archived: ok',
        'it is byte for byte what was sent: ok',
      ]);
      expect(flow?.steps[0]?.detail).toContain(`${flow?.mark} in MSGID`);
      expect(flow?.steps[2]?.detail).toContain(`s3://${devBucket}/${flow?.mark} after`);
      expect(flow?.cleanedUp).toEqual([expect.stringContaining(`s3://${devBucket}/${flow?.mark}, version `)]);
      expect(await rig.versionsIn(devBucket)).toEqual([]);
      expect(requests.map(({ path, headers }) => [path, headers.get('Content-Type')])).toEqual([
        ['/v1/bizppurio/delivery-results', 'application/json'],
      ]);
      expect(doing.length).toBeGreaterThan(2);
      expectDeclared(dev, asked);
    });

    it('that ends there changed is told, and deleted all the same', async () => {
      const { endpoint } = await rig.bridge(dev, {
        sqs: async (request) => {
          const body = new URLSearchParams(request.body).get('MessageBody') ?? '';
          await rig.send('dev-delivery-results', body.replace('"DEVICE":', '"DEVICE": '));
          return { status: 200, contentType: 'application/json', body: '{}' };
        },
      });
      rig.archiving(dev, 'dev-delivery-results', devArchive);
      const [flow] = await rig.probed(dev, { restEndpoint: endpoint });
      expect(flow?.steps[3]).toEqual({
        what: 'it is byte for byte what was sent',
        outcome: 'failed',
        detail: expect.stringMatching(
          /^(\d+) bytes were sent, \d+ are stored; they differ from byte 10 on: .* became /,
        ),
      });
      expect(flow?.cleanedUp).toHaveLength(1);
      expect(await rig.versionsIn(devBucket)).toEqual([]);
    });

    it('that is delivered twice has two versions: both go', async () => {
      const { endpoint } = await rig.bridge(dev);
      rig.archiving(dev, 'dev-delivery-results', devArchive);
      let stored: unknown;
      const repeating: Aws = {
        clients: rig.aws.clients,
        ask: async (permission, send) => {
          const answer = await rig.aws.ask(permission, send);
          if (permission.action === 's3:GetObject' && stored === undefined) {
            stored = answer;
            const { key, body } = answer as { readonly key: string; readonly body: Buffer };
            await rig.aws.clients.s3.send(new PutObjectCommand({ Bucket: devBucket, Key: key, Body: body }));
          }
          return answer;
        },
      };
      const [flow] = await rig.probed(dev, { restEndpoint: endpoint, aws: repeating });
      expect(flow?.cleanedUp).toHaveLength(2);
      expect(await rig.versionsIn(devBucket)).toEqual([]);
    });

    it('in a FIFO queue are in a group of the probe, with the headers that the route requires', async () => {
      const { endpoint, requests } = await rig.bridge(prod, { sourceIp: '198.51.100.7' });
      rig.archiving(prod, 'prod-payment-events.fifo', {
        BUCKET_NAME: 'prod-payment-events-archive-111122223333-ap-northeast-2',
        MESSAGE_KEY_FIELD: 'eventId',
        MAX_RECEIVE_COUNT: '480',
      });
      const flow = flowOf(await rig.probed(prod, { restEndpoint: endpoint }), 'prod-payment-events.fifo');
      expect(outcomes(flow)).toEqual([
        'a marked message is made up: ok',
        'the callback is accepted: ok',
        'the message is archived: ok',
        'it is byte for byte what was sent: ok',
      ]);
      expect(flow.steps[0]?.detail).toContain('in eventId, orderId');
      const events = requests.find(({ path }) => path.endsWith('/payments/events'));
      expect(events?.headers.get('X-Signature')).toBe(flow.mark);
    });

    it('named by message ids are found by the id that the callback answers with, else by their content', async () => {
      // Someone else's, of the same size.
      const { endpoint } = await rig.bridge(byId, {
        sqs: async (request) => {
          const Body = (new URLSearchParams(request.body).get('MessageBody') ?? '').replace('probe', 'PROBE');
          const Bucket = bucket('untold');
          await rig.aws.clients.s3.send(new PutObjectCommand({ Bucket, Key: '000-someone-elses', Body }));
          return undefined;
        },
      });
      const bucket = (name: string) => `ids-${name}-out-111122223333-ap-northeast-2`;
      rig.archiving(byId, 'ids-told', { BUCKET_NAME: bucket('told') });
      rig.archiving(byId, 'ids-untold', { BUCKET_NAME: bucket('untold') });
      const { aws: watched, asked } = asking(rig.aws);
      const flows = await rig.probed(byId, { restEndpoint: endpoint, aws: watched });
      expect(flows.map(outcomes)).toEqual(
        ['told', 'untold'].map(() => [
          'a marked message is made up: ok',
          'the callback is accepted: ok',
          'the message is archived: ok',
          'it is byte for byte what was sent: ok',
        ]),
      );
      expect(await rig.versionsIn(bucket('told'))).toEqual([]);
      expect((await rig.versionsIn(bucket('untold'))).map(({ Key }) => Key)).toEqual([
        '000-someone-elses',
        '000-someone-elses',
      ]);
      expectDeclared(byId, asked);
    });

    it('named by message ids: objects from long before are not even read', async () => {
      const { endpoint } = await rig.bridge(byId);
      rig.archiving(byId, 'ids-untold', { BUCKET_NAME: 'ids-untold-out-111122223333-ap-northeast-2' });
      const { aws, asked } = asking(rig.aws);
      const inAnHour = {
        now: () => Date.now() + 3_600_000,
        sleep: () => new Promise<void>((go) => setTimeout(go, 20)),
      };
      const limits = { arrival: 300, counts: 100 };
      const flows = await rig.probed(byId, { restEndpoint: endpoint, aws, waiting: inAnHour, limits });
      expect(outcomes(flowOf(flows, 'ids-untold')).at(-1)).toBe('the message is archived: failed');
      expect(asked.filter(({ action }) => action === 's3:GetObject')).toEqual([]);
    });

    it('that nobody empties: the message is lost from sight, and it is said where it is', async () => {
      const { endpoint } = await rig.bridge(dev);
      const [flow] = await rig.probed(dev, { restEndpoint: endpoint, limits: { arrival: 300, counts: 100 } });
      expect(outcomes(flow).slice(2)).toEqual(['the message is archived: failed']);
      expect(flow?.steps[2]?.detail).toMatch(
        new RegExp(
          `^nothing at s3://${devBucket}/${flow?.mark} after 0.3 s. The queue dev-delivery-results holds 1 visible, 0 in flight, 0 dead letters \\(before: 0 visible, .*\\). Nobody takes it: the pipe dev-delivery-results-archive does not run`,
        ),
      );
      expect(flow?.stays).toEqual([
        expect.stringContaining(
          `the message marked ${flow?.mark}, on dev-delivery-results or its dead-letter queue`,
        ),
      ]);
      expect((await rig.onQueue('dev-delivery-results')).map(({ Body = '' }) => Body)).toEqual([
        expect.stringContaining(flow?.mark ?? '-'),
      ]);
    });

    it('that were given up: the dead letter is told', async () => {
      const { endpoint } = await rig.bridge(dev, {
        sqs: async () => {
          await rig.send('dev-delivery-results-dead-letter', 'given up');
          return { status: 200, contentType: 'application/json', body: '{}' };
        },
      });
      const [flow] = await rig.probed(dev, { restEndpoint: endpoint, limits: { arrival: 300, counts: 100 } });
      expect(flow?.steps[2]?.detail).toContain(
        'A message was given up: the function dev-delivery-results-archive-writer',
      );
    });
  });

  describe('when a permission is missing', () => {
    const interrupted = async (
      of: SynthesizedEnvironment,
      lacking: string,
      input: Partial<ProbeInput>,
    ): Promise<readonly ProbedFlow[]> => {
      const flows: ProbedFlow[] = [];
      const { aws: poorer } = asking(rig.aws, lacking);
      await expect(
        rig.probed(of, { ...input, aws: poorer, probed: (flow) => flows.push(flow) }),
      ).rejects.toThrow(`${lacking} on arn:aws:`);
      return flows;
    };

    it('before anything is sent, nothing is', async () => {
      const { endpoint, requests } = await rig.bridge(dev);
      for (const action of ['sqs:GetQueueAttributes', 's3:ListBucket']) {
        const [flow] = await interrupted(dev, action, { restEndpoint: endpoint });
        expect(outcomes(flow)).toEqual(['a marked message is made up: ok', 'the probe goes on: not-seen']);
        expect(flow?.stays).toEqual([]);
      }
      expect(requests).toEqual([]);
    });

    it('to delete the object, it is told that it stays', async () => {
      const { endpoint } = await rig.bridge(dev);
      rig.archiving(dev, 'dev-delivery-results', devArchive);
      const [flow] = await interrupted(dev, 's3:DeleteObjectVersion', { restEndpoint: endpoint });
      expect(outcomes(flow).slice(2)).toEqual([
        'the message is archived: ok',
        'it is byte for byte what was sent: ok',
        'the probe goes on: not-seen',
      ]);
      expect(flow?.stays).toEqual([
        expect.stringContaining(
          `the message marked ${flow?.mark}, on dev-delivery-results or in s3://${devBucket}/${flow?.mark}: s3:DeleteObjectVersion on`,
        ),
      ]);
    });

    it('in the middle, the message is deleted all the same where that can be done', async () => {
      const { endpoint } = await rig.bridge(dev);
      rig.archiving(dev, 'dev-delivery-results', devArchive);
      let lists = 0;
      const flows: ProbedFlow[] = [];
      const failing: Aws = {
        clients: rig.aws.clients,
        ask: async (permission, run) => {
          if (permission.action === 's3:ListBucket' && ++lists > 1) {
            // By then the function has written.
            await vi.waitFor(async () => expect(await rig.versionsIn(devBucket)).not.toEqual([]), 5_000);
            throw new MissingPermission(permission, 'no longer');
          }
          return rig.aws.ask(permission, run);
        },
      };
      await expect(
        rig.probed(dev, { restEndpoint: endpoint, aws: failing, probed: (flow) => flows.push(flow) }),
      ).rejects.toThrow(MissingPermission);
      expect(flows[0]?.cleanedUp).toEqual([`s3://${devBucket}/${flows[0]?.mark}`]);
      expect(flows[0]?.stays).toEqual([]);
      expect(await rig.versionsIn(devBucket)).toEqual([]);
    });

    it('to delete from the queue, it is told that it stays', async () => {
      const { endpoint } = await rig.bridge(prod, { sourceIp: '198.51.100.10' });
      const flows = await interrupted(prod, 'sqs:DeleteMessage', { restEndpoint: endpoint });
      const flow = flowOf(flows, 'prod-inbound-sms');
      expect(flow.stays).toEqual([
        expect.stringContaining(
          `the message marked ${flow.mark}, on prod-inbound-sms: received, and back after 30 s`,
        ),
      ]);
    });

    it('to give others back, the own message is deleted all the same', async () => {
      const { endpoint } = await rig.bridge(prod, {
        sourceIp: '198.51.100.10',
        sqs: async ({ path }) => {
          if (path.endsWith('inbound-sms')) await rig.send('prod-inbound-sms', 'of someone else');
          return undefined;
        },
      });
      const flows = await interrupted(prod, 'sqs:ChangeMessageVisibility', { restEndpoint: endpoint });
      const flow = flowOf(flows, 'prod-inbound-sms');
      expect([flow.cleanedUp, flow.stays]).toEqual([[expect.stringContaining('on prod-inbound-sms')], []]);
    });
  });
});
