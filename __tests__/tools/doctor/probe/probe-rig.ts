import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { type Aws, connect } from '../../../../tools/doctor/aws/aws';
import type { ProbedFlow } from '../../../../tools/doctor/probe/course';
import { probePermissions } from '../../../../tools/doctor/probe/permissions';
import { type ProbeInput, probe } from '../../../../tools/doctor/probe/probe';
import { bucketsOf } from '../../../../tools/rehearse/s3/buckets';
import { queuesOf } from '../../../../tools/rehearse/sqs/queue';
import { dev as shippedDev } from '../../../fixtures/environments/dev';
import { prod as shippedProd } from '../../../fixtures/environments/prod';
import { LAMBDA_ENVIRONMENT } from '../../../lambda-src/lambda-event';
import { type Moto, motoMissing, startMoto } from '../../../support/moto';
import { type Bridge, startBridge } from './callback-bridge';
import { consume, deploy, queueUrl, versionsIn } from './local-aws';
import { type SynthesizedEnvironment, synthesizedEnvironment } from './synthesized-environment';

export const account = '111122223333';

/** In one account, so that one local AWS has all of it. */
export const dev = synthesizedEnvironment(shippedDev);
export const prod = synthesizedEnvironment({ ...shippedProd, accountId: account } as Environment);

export const devBucket = 'dev-delivery-results-archive-111122223333-ap-northeast-2';
export const devArchive = { BUCKET_NAME: devBucket, MESSAGE_KEY_FIELD: 'MSGID', MAX_RECEIVE_COUNT: '480' };

export const missing = motoMissing();
if (missing) console.warn(`skipped: the probe against moto, since ${missing}`);

/** Environments on a local AWS of the test file's own, and what is around them; empty before each test. */
export function probeRig(...environments: readonly SynthesizedEnvironment[]) {
  let moto: Moto | undefined;
  let aws: Aws;
  const ends: (() => Promise<void>)[] = [];
  const queues = environments.flatMap(({ plans }) => plans.flatMap(queuesOf)).map(({ name }) => name);
  const buckets = environments.flatMap(({ plans }) => plans.flatMap(bucketsOf)).map(({ name }) => name);

  beforeAll(async () => {
    if (missing) return;
    moto = await startMoto(account);
    // What the archive function finds in its environment.
    vi.stubEnv('AWS_ENDPOINT_URL_S3', moto.endpoint);
    for (const [name, value] of Object.entries(LAMBDA_ENVIRONMENT)) vi.stubEnv(name, value);
    aws = connect({
      region: 'ap-northeast-2',
      endpoint: moto.endpoint,
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    });
    for (const environment of environments) await deploy(environment, aws.clients);
  }, 60_000);

  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
    vi.restoreAllMocks();
    for (const name of queues) {
      await aws.clients.sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl(name, account) }));
    }
    for (const Bucket of buckets) {
      for (const version of await versionsIn(aws.clients.s3, Bucket)) {
        await aws.clients.s3.send(new DeleteObjectCommand({ Bucket, ...version }));
      }
    }
  });

  afterAll(() => {
    vi.unstubAllEnvs();
    moto?.stop();
  });

  return {
    get aws() {
      return aws;
    },
    /** The callbacks of an environment, at a socket. */
    async bridge(
      of: SynthesizedEnvironment,
      options: Partial<Parameters<typeof startBridge>[0]> = {},
    ): Promise<Bridge> {
      const { endpoint = '' } = moto ?? {};
      const given = { plans: of.plans, aws: endpoint, sourceIp: '203.0.113.10', ...options };
      const started = await startBridge(given);
      ends.push(() => started.close());
      return started;
    },
    /** The pipe and the function of an archive, until the test is done. */
    archiving(of: SynthesizedEnvironment, queue: string, variables: Readonly<Record<string, string>>): void {
      for (const name of ['BUCKET_NAME', 'MESSAGE_KEY_FIELD', 'MAX_RECEIVE_COUNT']) {
        vi.stubEnv(name, variables[name]);
      }
      vi.spyOn(process.stdout, 'write').mockReturnValue(true);
      ends.push(consume(aws.clients.sqs, queueUrl(queue, account), of.archiveFunction()).end);
    },
    /** A pipe whose subscriber takes everything, until the test is done. */
    taking(queue: string): void {
      const { end } = consume(aws.clients.sqs, queueUrl(queue, account), async () => ({
        batchItemFailures: [],
      }));
      ends.push(end);
    },
    /** Probes the callbacks; it waits a tenth of what it would. */
    probed: (of: SynthesizedEnvironment, input: Partial<ProbeInput>) =>
      probe({
        plans: of.plans,
        environment: of.environment,
        aws,
        only: `${of.environment.name}-callback-receiver`,
        limits: { answer: 5_000, arrival: 3_000, counts: 200 },
        waiting: {
          now: Date.now,
          sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / 10)),
        },
        ...input,
      }),
    send: (queue: string, body: string) =>
      aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(queue, account), MessageBody: body })),
    async onQueue(queue: string) {
      const { Messages = [] } = await aws.clients.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl(queue, account),
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['ApproximateReceiveCount'],
        }),
      );
      return Messages;
    },
    versionsIn: (bucket: string) => versionsIn(aws.clients.s3, bucket),
  };
}

export function flowOf(flows: readonly ProbedFlow[], queue: string): ProbedFlow {
  const flow = flows.find(({ flow }) => flow.endsWith(` → ${queue}`));
  if (!flow) throw new Error(`no flow to ${queue}`);
  return flow;
}

export const outcomes = (flow: ProbedFlow | undefined): readonly string[] =>
  flow?.steps.map(({ what, outcome }) => `${what}: ${outcome}`) ?? [];

/** Everything asked is declared, and everything declared is asked for. */
export function expectDeclared(
  of: SynthesizedEnvironment,
  asked: readonly { action: string; resource: string }[],
) {
  const declared = probePermissions(of.plans, of.environment).filter(
    ({ action, resource }) => !action.startsWith('execute-api') && !resource.includes('websocket'),
  );
  const covers = (wide: string, narrow: string) =>
    wide === narrow || (wide.endsWith('*') && narrow.startsWith(wide.slice(0, -1)));
  const text = ({ action, resource }: { action: string; resource: string }) => `${action} ${resource}`;
  expect(asked.filter((one) => !declared.some((wide) => covers(text(wide), text(one))))).toEqual([]);
  expect(declared.filter((wide) => !asked.some((one) => covers(text(wide), text(one))))).toEqual([]);
}
