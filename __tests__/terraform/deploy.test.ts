import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TerraformConfiguration } from '../../tools/synth/synthesize';
import { endpointGaps } from '../support/endpoint-gaps';
import { type Moto, motoMissing, startMoto } from '../support/moto';
import { findTerraform, type Terraform } from '../support/terraform';
import { Deployment } from './deployment';
import { endpointContents } from './endpoint-contents';
import { changes, type Plan } from './plan';

const terraform = findTerraform();
const missing = terraform?.mirror ? motoMissing() : 'Terraform or its AWS provider is not there';
if (missing) console.warn(`skipped: a deploy through the CDKTF CLI, since ${missing}`);

const receiver = 'dev-callback-receiver';
const reply = 'dev-websocket-reply';
const pipe = 'dev-subscriber-pipe';
const stacks = [receiver, reply, pipe] as const;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'deploy-'));
const seconds: string[] = [];
let moto: Moto;
let clone: Deployment;
beforeAll(async () => {
  if (missing) return;
  moto = await startMoto('111122223333');
  clone = new Deployment(terraform as Terraform, {
    folder: path.join(scratch, 'project'),
    endpoint: moto.endpoint,
  });
  await clone.lockWhatIsThere();
}, 60_000);
afterAll(() => {
  moto?.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
  if (seconds.length > 0) console.log(seconds.join('\n'));
});

/** Most of it is the AWS provider that waits: 25 s after each change of a queue. */
async function timed<T>(what: string, work: Promise<T>): Promise<T> {
  const begin = Date.now();
  return work.finally(() => seconds.push(`${what}: ${Math.round((Date.now() - begin) / 1000)} s`));
}

const contents = () => endpointContents(moto.endpoint, 'ap-northeast-2');

/** An environment whose callbacks are what `callbacks` makes of those that were shipped, `shipped`. */
const devWith = (callbacks: string) => `import { dev as before } from './shipped-dev';
import type { CallbackSettings, Environment } from './environment';

const shipped = before.callbackReceiver?.callbacks ?? [];
const opened = (callback: CallbackSettings) => ({ ...callback, allowList: ['198.51.100.0/24'] });
const added: CallbackSettings = {
  name: 'payment-notices',
  path: '/payments/notices',
  allowList: ['192.0.2.0/24'],
  schema: { type: 'object', required: ['paymentId'], properties: { paymentId: { type: 'string' } } },
};

export const dev: Environment = { ...before, callbackReceiver: { callbacks: ${callbacks} } };
`;

/** Plans the callback receiver after such an edit, in a folder of its own; the deployed one is left alone. */
async function planAfter(callbacks: string, outdir: string): Promise<Plan> {
  clone.editEnvironment('dev.ts', devWith(callbacks));
  await clone.synthesize(outdir);
  for (const stack of [reply, pipe]) {
    expect(clone.configuration(stack, outdir), stack).toEqual(clone.configuration(stack));
  }
  return timed(`plan, ${outdir}`, clone.plan(receiver, outdir));
}

/** The addresses that the endpoint can apply. */
const addresses = ({ resource = {} }: TerraformConfiguration): readonly string[] =>
  Object.entries(resource)
    .filter(([type]) => !endpointGaps.some((gap) => gap.type === type && gap.override.count === 0))
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .sort();

/** What every change of the API comes to, and no other change: a new deployment, and the stage that moves to it. */
const deployedAnew = {
  'create, delete': ['aws_api_gateway_deployment.stage_deployment'],
  update: ['aws_api_gateway_stage.stage'],
};

const resourcePolicy = ({ prior_state }: Plan): unknown =>
  prior_state?.values.root_module.resources.find(
    ({ address }) => address === 'data.aws_iam_policy_document.api_policy_document',
  )?.values.json;

describe.skipIf(missing)('an environment through the CDKTF CLI', () => {
  let deploy: ReturnType<Deployment['deploy']>;

  it('is deployed, the callback receiver first, whatever was synthesized before', {
    timeout: 300_000,
  }, async () => {
    await clone.synthesize();
    await clone.synthesizeHcl();
    deploy = clone.deploy('dev-*', receiver);
    timed("cdktf deploy 'dev-*'", deploy.all).catch(() => {});
    await timed(`cdktf deploy 'dev-*', until ${receiver} was there`, deploy.first);
    expect(clone.deployed(receiver)).toEqual(addresses(clone.configuration(receiver)));
  });

  // The next three need nothing but the callback receiver, and the others are deployed meanwhile.
  it('plans no change of its own the second time', { timeout: 120_000 }, async () => {
    expect(changes(await timed('second plan', clone.plan(receiver)))).toEqual({});
  });

  it('with another allow-list replaces the deployment, so that it takes effect', {
    timeout: 120_000,
  }, async () => {
    const plan = await planAfter('shipped.map(opened)', 'allow-list');
    expect(changes(plan)).toEqual(deployedAnew);
    expect(resourcePolicy(plan)).toContain('198.51.100.0/24');
    expect(resourcePolicy(plan)).not.toContain('203.0.113.0/24');
  });

  it('with one more callback adds what is its own, and touches no other callback’s', {
    timeout: 120_000,
  }, async () => {
    const plan = await planAfter('[...shipped, added]', 'one-more');
    const before = addresses(clone.configuration(receiver));
    const own = addresses(clone.configuration(receiver, 'one-more')).filter(
      (address) => !before.includes(address),
    );
    expect(own.filter((address) => !/payment_notices|paths_payments/.test(address))).toEqual([]);
    expect(changes(plan)).toEqual({ ...deployedAnew, create: own });
  });

  it('is deployed with all its stacks', { timeout: 300_000 }, async () => {
    await deploy.all;
    for (const stack of stacks) expect(clone.deployed(stack)).toEqual(addresses(clone.configuration(stack)));
    expect(await contents()).toEqual({
      queues: [
        'dev-delivery-results',
        'dev-delivery-results-dead-letter',
        'dev-websocket-messages-dead-letter.fifo',
        'dev-websocket-messages.fifo',
      ],
      restApis: [receiver],
      webSocketApis: [reply],
      roles: [
        'dev-api-gateway-logs',
        'dev-delivery-results-archive-role',
        'dev-delivery-results-archive-writer-role',
        'dev-delivery-results-to-queue',
        'dev-websocket-messages-to-queue',
        'dev-websocket-reply-role',
      ],
      functions: ['dev-delivery-results-archive-writer', 'dev-websocket-reply'],
      eventSourceMappings: ['dev-websocket-messages.fifo'],
      pipes: ['dev-delivery-results-archive'],
      buckets: ['dev-delivery-results-archive-111122223333-ap-northeast-2'],
    });
  });

  it('plans no change of the other stacks either, be it by Terraform or by the CLI', {
    timeout: 120_000,
  }, async () => {
    clone.restoreEnvironment('dev.ts');
    const byTerraform = clone.plan(reply);
    await timed('second plans of the others', Promise.all([byTerraform, clone.cdktf('diff', pipe)]));
    const second = [await byTerraform, await clone.planLeftBehind(pipe)];
    expect(second.map(changes)).toEqual([{}, {}]);
  });

  it('takes one more callback and another allow-list at once', { timeout: 300_000 }, async () => {
    clone.editEnvironment('dev.ts', devWith('[...shipped.map(opened), added]'));
    await clone.synthesize();
    await timed(`cdktf deploy ${receiver}`, clone.cdktf('deploy', receiver, '--auto-approve'));
    expect(clone.deployed(receiver)).toEqual(addresses(clone.configuration(receiver)));
    expect((await contents()).queues).toContain('dev-payment-notices');
  });

  it('is destroyed, and nothing is left of it', { timeout: 300_000 }, async () => {
    await timed("cdktf destroy 'dev-*'", clone.cdktf('destroy', 'dev-*', '--auto-approve'));
    expect(stacks.map((stack) => clone.deployed(stack))).toEqual([[], [], []]);
    expect(Object.entries(await contents()).filter(([, names]) => names.length > 0)).toEqual([]);
  });
});
