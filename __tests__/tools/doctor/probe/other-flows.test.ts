import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type {
  CallbackSettings,
  Environment,
  SubscriptionSettings,
} from '../../../../environments/environment';
import { MissingPermission, NotReachable } from '../../../../tools/doctor/aws/answer-of';
import type { Aws } from '../../../../tools/doctor/aws/aws';
import { dev as shippedDev } from '../../../fixtures/environments/dev';
import { run } from '../../local/running';
import { queueUrl } from './local-aws';
import { account, dev, missing, outcomes, probeRig } from './probe-rig';
import { type SynthesizedEnvironment, synthesizedEnvironment } from './synthesized-environment';

const text = { type: 'string' };
const object = (properties: object, others = {}) => ({
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  properties,
  required: Object.keys(properties),
  ...others,
});

const environmentOf = (
  name: string,
  callback: Partial<CallbackSettings>,
  subscriptions: readonly Partial<SubscriptionSettings>[] = [],
  others: Partial<Environment> = {},
): SynthesizedEnvironment =>
  synthesizedEnvironment({
    ...shippedDev,
    name,
    websocketReply: undefined,
    callbackReceiver: {
      callbacks: [
        {
          name: 'one',
          path: '/one',
          allowList: ['203.0.113.0/24'],
          schema: object({ reference: text, kind: text }),
          ...callback,
        },
      ],
    },
    subscriberPipe: subscriptions.length > 0 ? { subscriptions } : undefined,
    ...others,
  } as unknown as Environment);

const archive = { kind: 's3-archive', messageKeyField: 'reference' } as const;
const toArchive = { name: 'out', source: { callback: 'one' }, subscriber: archive };
const fixed = object({ kind: { enum: ['a'] } }, { additionalProperties: false });

const unmarked = environmentOf('unmarked', { schema: fixed });
const unnamed = environmentOf('unnamed', { schema: object({ reference: { type: 'integer' } }) }, [toArchive]);
const filtered = environmentOf('filtered', {}, [{ ...toArchive, filter: [{ body: { kind: ['other'] } }] }]);
const impatient = environmentOf('impatient', { queue: { kind: 'standard', maxReceiveCount: 2 } });
const fifo = environmentOf('ordered', {
  queue: { kind: 'fifo', messageGroupId: { from: 'body', field: 'kind' } },
});
const theirs = environmentOf('theirs', {
  queue: { kind: 'existing', arn: `arn:aws:sqs:ap-northeast-2:${account}:theirs` },
});
const fed = environmentOf('fed', {}, [
  {
    name: 'in',
    source: { queueArn: `arn:aws:sqs:ap-northeast-2:${account}:elsewhere` },
    subscriber: { kind: 's3-archive' },
  },
]);

describe.skipIf(missing)('flows of other kinds', () => {
  const rig = probeRig(dev, unmarked, unnamed, filtered, impatient, fifo);
  const made = 'a marked message is made up';
  const accepted = 'the callback is accepted';

  it('that can carry no mark are found by their whole body', async () => {
    const { endpoint } = await rig.bridge(unmarked);
    const [flow] = await rig.probed(unmarked, { restEndpoint: endpoint });
    expect(flow?.mark).toBeUndefined();
    expect(flow?.steps[0]).toEqual({
      what: made,
      outcome: 'not-seen',
      detail:
        '12 bytes of application/json; the schema lets no field carry a mark: it is known by its whole body alone',
    });
    expect(outcomes(flow).slice(2)).toEqual([
      'the message is on the queue: ok',
      'it is byte for byte what was sent: ok',
      'its attributes are there: ok',
    ]);
    expect(await rig.onQueue('unmarked-one')).toEqual([]);
  });

  it('whose object would have someone else’s name are not sent', async () => {
    const { endpoint, requests } = await rig.bridge(unnamed);
    const [flow] = await rig.probed(unnamed, { restEndpoint: endpoint });
    expect(flow?.steps).toEqual([
      { what: made, outcome: 'not-seen', detail: expect.stringContaining('does not let "reference"') },
    ]);
    expect(requests).toEqual([]);
  });

  it('that a filter leaves out are deleted, not archived', async () => {
    const { endpoint } = await rig.bridge(filtered);
    rig.taking('filtered-one');
    const [flow] = await rig.probed(filtered, { restEndpoint: endpoint });
    expect(outcomes(flow).slice(1)).toEqual([
      `${accepted}: ok`,
      'the message leaves the queue: ok',
      'it is delivered: not-seen',
    ]);
    expect(flow?.steps[3]?.detail).toContain('the filter of the pipe filtered-out leaves this message out');
    expect(flow?.stays).toEqual([]);
  });

  it('whose queue gives up after two receives are left on it', async () => {
    const { endpoint } = await rig.bridge(impatient);
    const [flow] = await rig.probed(impatient, { restEndpoint: endpoint });
    expect(flow?.steps[2]).toMatchObject({
      outcome: 'not-seen',
      detail: expect.stringContaining('impatient-one gives a message up after 2 receives'),
    });
    const [left] = await rig.onQueue('impatient-one');
    expect(left?.Attributes?.ApproximateReceiveCount).toBe('1');
  });

  it('of a FIFO queue are in the group of their mark', async () => {
    const { endpoint } = await rig.bridge(fifo);
    const [flow] = await rig.probed(fifo, { restEndpoint: endpoint });
    expect(outcomes(flow).at(-1)).toBe('its attributes are there: ok');
    expect(flow?.steps.at(-1)?.detail).toContain(`group ${flow?.mark}`);
  });

  it('into a queue of someone else end there: its consumer is not known', async () => {
    const { endpoint } = await rig.bridge(theirs, {
      sqs: () => ({ status: 200, contentType: 'application/json', body: '{}' }),
    });
    const aws: Aws = {
      clients: rig.aws.clients,
      ask: ({ action }) => Promise.reject(new Error(`${action} was asked`)),
    };
    const [flow] = await rig.probed(theirs, { restEndpoint: endpoint, aws });
    expect(outcomes(flow).slice(1)).toEqual([
      `${accepted}: ok`,
      'the message is taken from the queue: not-seen',
    ]);
    expect(flow?.stays).toEqual([`the message marked ${flow?.mark}, on theirs or with its consumer`]);
  });

  it('out of a queue that no callback fills are not probed, and that is said', async () => {
    const flows = await rig.probed(fed, { only: 'fed-subscriber-pipe' });
    expect(flows.map(({ flow, steps }) => [flow, steps])).toEqual([
      [
        'elsewhere → fed-in',
        [
          {
            what: 'the message is delivered',
            outcome: 'not-seen',
            detail: expect.stringContaining('the probe calls nothing that fills the queue elsewhere: '),
          },
        ],
      ],
    ]);
  });

  it('behind a custom domain want its URL', async () => {
    const { callbackReceiver } = shippedDev;
    const environment = {
      ...shippedDev,
      callbackReceiver: { ...callbackReceiver, disableExecuteApiEndpoint: true },
    } as Environment;
    const [flow] = await rig.probed({ ...dev, environment }, {});
    expect(flow?.steps).toEqual([
      {
        what: 'the callback is called',
        outcome: 'not-seen',
        detail:
          'its execute-api endpoint is switched off: give the URL of its custom domain with --rest-endpoint',
      },
    ]);
  });

  const domain = {
    name: 'gw.example.invalid',
    basePath: 'events',
    certificateArn: 'arn:aws:acm:ap-northeast-2:111122223333:certificate/1',
  };
  const behind = (settings: object) =>
    ({
      ...shippedDev,
      callbackReceiver: {
        ...shippedDev.callbackReceiver,
        disableExecuteApiEndpoint: true,
        domain: { ...domain, ...settings },
      },
    }) as Environment;

  it('behind the environment’s own domain are posted there', async () => {
    const doing: string[] = [];
    await rig.probed(
      { ...dev, environment: behind({}) },
      { progress: (text) => doing.push(text), limits: { answer: 1, arrival: 1, counts: 1 } },
    );
    expect(doing).toContainEqual(
      expect.stringContaining('POST https://gw.example.invalid/events/bizppurio/delivery-results'),
    );
  });

  it('behind a domain that asks for certificates are not', async () => {
    const mutualTls = { truststoreUri: 's3://trusted/authorities.pem' };
    const [flow] = await rig.probed({ ...dev, environment: behind({ mutualTls }) }, {});
    expect(flow?.steps).toEqual([
      {
        what: 'the callback is called',
        outcome: 'not-seen',
        detail:
          'only callers with a certificate get through to gw.example.invalid: give the URL of a way to it with --rest-endpoint',
      },
    ]);
  });

  it('are posted to the API that AWS knows', async () => {
    const plans = dev.plans.map((plan) => ({
      ...plan,
      known: new Map([['aws_api_gateway_rest_api.api.id', 'abc123']]),
    }));
    const doing: string[] = [];
    await rig.probed(
      { ...dev, plans },
      { progress: (text) => doing.push(text), limits: { answer: 1, arrival: 1, counts: 1 } },
    );
    expect(doing).toContainEqual(
      expect.stringContaining(
        'POST https://abc123.execute-api.ap-northeast-2.amazonaws.com/v1/bizppurio/delivery-results',
      ),
    );
  });

  it('are taken by npm run local', async () => {
    const { url, world } = await run('dev');
    const limits = { answer: 5_000, arrival: 1, counts: 1 };
    const [flow] = await rig.probed(dev, { restEndpoint: `${url}/v1`, limits });
    expect(flow?.steps[1]).toEqual({ what: accepted, outcome: 'ok', detail: '200' });
    expect(world.account().accepted).toBe(1);
  });
});

describe.skipIf(missing)('a key that the probe may not use', () => {
  const rig = probeRig(unmarked);

  it('is a missing permission, and the message stays', async () => {
    const { endpoint } = await rig.bridge(unmarked);
    const refusal = Object.assign(new Error('not authorized to perform: kms:Decrypt'), {
      name: 'KmsAccessDenied',
    });
    const aws: Aws = {
      clients: rig.aws.clients,
      ask: async (permission, send) => {
        if (permission.action === 'sqs:ReceiveMessage') throw new NotReachable(permission, refusal);
        return rig.aws.ask(permission, send);
      },
    };
    const stays: string[] = [];
    const error = await rig
      .probed(unmarked, { restEndpoint: endpoint, aws, probed: (flow) => stays.push(...flow.stays) })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MissingPermission);
    expect((error as MissingPermission).permission.action).toBe('kms:Decrypt');
    expect(stays).toEqual([
      expect.stringContaining('the message whose body is {"kind":"a"}, on unmarked-one'),
    ]);
    const { Messages = [] } = await rig.aws.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl('unmarked-one', account) }),
    );
    expect(Messages).toHaveLength(1);
  });
});

describe.skipIf(missing)('a bucket that does not exist', () => {
  const rig = probeRig();

  it('keeps the probe from sending what nobody could store', async () => {
    const { endpoint, requests } = await rig.bridge(dev);
    const aws: Aws = {
      clients: rig.aws.clients,
      ask: async <Answer>({ action }: { readonly action: string }) =>
        (action === 's3:ListBucket' ? undefined : { Attributes: {} }) as Answer | undefined,
    };
    const [flow] = await rig.probed(dev, { restEndpoint: endpoint, aws });
    expect(outcomes(flow).at(-1)).toBe('the bucket exists: failed');
    expect(requests).toEqual([]);
  });
});
