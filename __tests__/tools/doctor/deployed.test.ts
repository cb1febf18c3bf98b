import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployedIds } from '../../../tools/doctor/deployed-ids';
import { type Diagnosis, diagnose } from '../../../tools/doctor/doctor';
import type { Finding } from '../../../tools/doctor/finding';
import { reportOf } from '../../../tools/doctor/report';
import { readPlan } from '../../../tools/plan/plan';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { styleFor } from '../../../tools/terminal';
import { prod } from '../../fixtures/environments/prod';
import { checkout } from '../../support/checkout';
import { endpointGaps } from '../../support/endpoint-gaps';
import { motoMissing } from '../../support/moto';
import { findTerraform, type Terraform } from '../../support/terraform';
import {
  both,
  type Defect,
  destinationAt,
  disabledKey,
  disabledMapping,
  functionConcurrency,
  functionVariable,
  keyPendingDeletion,
  keyPolicy,
  type Place,
  queuePolicy,
  queueWith,
  restDeployment,
  restIntegration,
  rolePolicy,
  stoppedPipe,
  trustPolicy,
  webSocketIntegration,
  withoutRolePolicy,
} from './defects';
import { credentials, type Deployment, deploy } from './deployment';

const terraform = findTerraform();
const missing = terraform?.mirror ? motoMissing() : 'Terraform or its AWS provider is not there';
if (missing) console.warn(`skipped: the doctor on what the real Terraform has deployed, since ${missing}`);

const receiver = 'prod-callback-receiver';
const reply = 'prod-websocket-reply';
const pipe = 'prod-subscriber-pipe';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'doctor-'));
const stacks = synthesizeAll(scratch, [prod]);
let deployment: Deployment;
let place: Place;
/** What the doctor finds of a deployment that nobody has touched: the endpoint's gaps. */
let intact: Diagnosis;

beforeAll(async () => {
  if (missing) return;
  deployment = await deploy(terraform as Terraform, stacks, scratch);
  const ids = await Promise.all(
    stacks.map(({ id, configuration }) => deployedIds(readPlan(id, configuration), deployment.aws)),
  );
  const idOf = (key: string) => ids.map((known) => known.get(key)).find((id) => id) ?? '';
  place = {
    clients: deployment.aws.clients,
    accountId: prod.accountId,
    restApiId: idOf('aws_api_gateway_rest_api.api.id'),
    webSocketApiId: idOf('aws_apigatewayv2_api.api.id'),
  };
  intact = await diagnose(stacks, deployment.aws);
}, 360_000);

afterAll(() => {
  deployment?.moto.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
});

const findingsOf = ({ stacks: diagnosed }: Diagnosis) => diagnosed.flatMap(({ findings }) => findings);
const typeOf = ({ at }: Finding) => /: (\w+)\./.exec(at)?.[1];

describe.skipIf(missing)('what the real Terraform has deployed', () => {
  test('was all looked at, and nothing was found but what the endpoint cannot do', () => {
    expect(intact.unanswered).toEqual([]);
    const gaps = new Set(endpointGaps.map(({ type }) => type));
    expect(findingsOf(intact).filter((finding) => !gaps.has(String(typeOf(finding))))).toEqual([]);
    // Nor does it overlook any of those.
    const switchedOff = stacks.flatMap(({ id, configuration }) =>
      ['aws_sqs_queue_redrive_allow_policy', 'aws_api_gateway_rest_api_policy'].flatMap((type) =>
        Object.keys(configuration.resource?.[type] ?? {}).map((resource) => `${id}: ${type}.${resource}`),
      ),
    );
    expect(findingsOf(intact).map(({ at }) => at)).toEqual(expect.arrayContaining(switchedOff));
  });

  test('was compared, every kind of resource that there is', () => {
    const examined = intact.stacks.map(({ id, examined: checked }) => [
      id,
      checked.map(({ check }) => check),
    ]);
    expect(Object.fromEntries(examined)).toEqual({
      [receiver]: ['REST APIs', 'queues', 'keys', 'roles', 'alarms'],
      [reply]: ['WebSocket APIs', 'queues', 'keys', 'event source mappings', 'functions', 'roles', 'alarms'],
      [pipe]: ['keys', 'functions', 'pipes', 'API destinations and connections', 'buckets', 'roles'],
    });
  });
});

describe.skipIf(missing)('the command, on what was deployed', () => {
  const project = path.join(scratch, 'project');
  const doctor = (...args: readonly string[]) =>
    spawnSync(process.execPath, ['synthesis/run.mjs', 'tools/doctor/main.ts', 'prod', ...args], {
      cwd: project,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: scratch,
        AWS_ENDPOINT_URL: deployment.moto.endpoint,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      },
    });

  test('ends with 0 where nothing is found, and with 1 where something is', { timeout: 60_000 }, async () => {
    checkout(project);
    const fine = doctor('--stack', pipe);
    expect({ ...fine, output: undefined, stdout: fine.stdout.trimEnd().split('\n').at(-1) }).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^prod: all \d+ resources are as they were synthesized\.$/),
    });

    const undo = await stoppedPipe('prod-payment-events-archive')(place);
    const stopped = doctor('--stack', pipe, '--json');
    await undo();
    expect({ status: stopped.status, stderr: stopped.stderr }).toEqual({ status: 1, stderr: '' });
    expect(JSON.parse(stopped.stdout).stacks[0].findings).toMatchObject([{ code: 'pipe-state' }]);
  });
});

/** What is made, where, and what of the finding must be said. */
interface Case {
  readonly what: string;
  readonly stack: string;
  readonly defect: Defect;
  readonly finding: Partial<Record<keyof Finding, unknown>>;
}

const callback = '/bizppurio/delivery-results';
const sender = 'prod-delivery-results-to-queue';

/** What is changed of a REST API is seen once it is deployed. */
const served = (...change: Parameters<typeof restIntegration>): Defect =>
  both(restIntegration(...change), restDeployment('by hand'));

const servedTemplate = (part: string, replacement: string): Defect =>
  served(callback, (integration) => ({
    ...integration,
    requestTemplates: Object.fromEntries(
      Object.entries(integration.requestTemplates ?? {}).map(([type, template]) => [
        type,
        template.replace(part, () => replacement),
      ]),
    ),
  }));

const cases: readonly Case[] = [
  {
    what: 'a callback’s template changed, and not deployed',
    stack: receiver,
    defect: restIntegration(callback, (integration) => ({
      ...integration,
      requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=hello' },
    })),
    finding: { severity: 'warning', seen: expect.stringContaining('nothing') },
  },
  {
    what: 'a callback’s template without Action',
    stack: receiver,
    defect: servedTemplate('Action=SendMessage', 'Verb=SendMessage'),
    finding: { severity: 'error', seen: expect.stringContaining('UnknownOperationException') },
  },
  {
    what: 'a callback’s template that does not encode the body',
    stack: receiver,
    defect: servedTemplate('$util.urlEncode($input.body)', '$input.body'),
    finding: { severity: 'error', code: 'integration-template-encoding' },
  },
  {
    what: 'a callback’s integration without the Content-Type header',
    stack: receiver,
    defect: served(callback, ({ requestParameters: _none, ...integration }) => integration),
    finding: { severity: 'error', seen: expect.stringContaining('UnknownOperationException') },
  },
  {
    what: 'a callback’s integration with credentials of another role',
    stack: receiver,
    defect: served(callback, (integration) => ({
      ...integration,
      credentials: 'arn:aws:iam::444455556666:role/prod-websocket-reply-role',
    })),
    finding: { severity: 'error', seen: expect.stringContaining('POST /v1/bizppurio/delivery-results') },
  },
  {
    what: 'a callback’s integration that posts to another queue',
    stack: receiver,
    defect: served(callback, (integration) => ({
      ...integration,
      uri: integration.uri?.replace('prod-delivery-results', 'prod-delivery-result'),
    })),
    finding: { severity: 'error', code: 'integration-uri' },
  },
  {
    what: 'errors of SQS answered with 200',
    stack: receiver,
    defect: served(callback, (integration) => ({
      ...integration,
      integrationResponses: { 200: { statusCode: '200', responseTemplates: {} } },
    })),
    finding: { severity: 'error', code: 'integration-response-acknowledges' },
  },
  {
    what: 'a stage that serves an older deployment',
    stack: receiver,
    defect: restDeployment('prod-callback-receiver, configuration 0123'),
    finding: { severity: 'error', code: 'stage-deployment' },
  },
  {
    what: 'a sender’s policy deleted, and its name taken out of the queue’s',
    stack: receiver,
    defect: both(
      withoutRolePolicy(sender, sender),
      queuePolicy('prod-delivery-results', (policy) => {
        policy.Statement = policy.Statement.filter(({ Sid }) => !Sid?.endsWith('Sends'));
      }),
    ),
    finding: {
      severity: 'error',
      code: 'role-policy-missing',
      seen: expect.stringContaining('AccessDenied'),
    },
  },
  {
    what: 'a queue’s policy that denies the sender',
    stack: receiver,
    defect: queuePolicy('prod-delivery-results', (policy) => {
      policy.Statement.push({
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:SendMessage',
        Resource: 'arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results',
      });
    }),
    finding: { severity: 'error', code: 'queue-policy-deny', seen: expect.stringContaining('AccessDenied') },
  },
  {
    what: 'a queue that everyone may send to',
    stack: receiver,
    defect: queuePolicy('prod-delivery-results', (policy) => {
      policy.Statement.push({
        Effect: 'Allow',
        Principal: '*',
        Action: 'sqs:SendMessage',
        Resource: 'arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results',
      });
    }),
    finding: { code: 'queue-policy-public' },
  },
  {
    what: 'a redrive policy taken away',
    stack: receiver,
    defect: queueWith('prod-delivery-results', { RedrivePolicy: '' }),
    finding: { severity: 'error', code: 'queue-redrive-missing' },
  },
  {
    what: 'a visibility timeout shorter than its consumer’s',
    stack: reply,
    defect: queueWith('prod-websocket-messages.fifo', { VisibilityTimeout: '20' }),
    finding: { severity: 'error', code: 'queue-visibility-timeout' },
  },
  {
    what: 'a sender’s role that API Gateway may not assume',
    stack: reply,
    defect: trustPolicy('prod-websocket-messages-to-queue', (policy) => {
      for (const statement of policy.Statement) statement.Principal = { Service: 'events.amazonaws.com' };
    }),
    finding: { severity: 'error', code: 'role-trust' },
  },
  {
    what: 'replies without permission to post to connections',
    stack: reply,
    defect: withoutRolePolicy('prod-websocket-reply-role', 'prod-websocket-reply-role-connections'),
    finding: {
      severity: 'error',
      problem: expect.stringContaining('execute-api:ManageConnections'),
      seen: expect.stringContaining('403'),
    },
  },
  {
    what: 'a WebSocket template without the connection’s id',
    stack: reply,
    defect: webSocketIntegration({
      RequestTemplates: (templates) => ({
        ...templates,
        $default: String(templates.$default).replace(
          'MessageAttribute.1.Name=connectionId',
          'MessageAttribute.1.Name=connection',
        ),
      }),
    }),
    finding: { severity: 'error', problem: expect.stringContaining('connectionId') },
  },
  {
    what: 'an event source mapping disabled',
    stack: reply,
    defect: disabledMapping('prod-websocket-reply'),
    finding: { severity: 'error', problem: expect.stringContaining('Disabled') },
  },
  {
    what: 'a function that posts to another API',
    stack: reply,
    defect: functionVariable('prod-websocket-reply', 'CONNECTIONS_ENDPOINT', 'https://other.example/v1'),
    finding: { severity: 'error', problem: expect.stringContaining('CONNECTIONS_ENDPOINT') },
  },
  {
    what: 'a function throttled to nothing',
    stack: reply,
    defect: functionConcurrency('prod-websocket-reply', 0, 50),
    finding: { severity: 'error', code: 'function-concurrency' },
  },
  {
    what: 'a pipe stopped',
    stack: pipe,
    defect: stoppedPipe('prod-payment-events-archive'),
    finding: { severity: 'error', code: 'pipe-state', problem: expect.stringContaining('STOPPED') },
  },
  {
    what: 'a pipe’s role that may not receive',
    stack: pipe,
    defect: rolePolicy('prod-payment-events-archive-role', 'prod-payment-events-archive-role', (policy) => {
      policy.Statement = policy.Statement.filter(({ Action }) => !String(Action).includes('sqs:'));
    }),
    finding: { severity: 'error', seen: expect.stringContaining('grows') },
  },
  {
    what: 'a sender without the grant to encrypt',
    stack: receiver,
    defect: rolePolicy('prod-delivery-results-to-queue', 'prod-delivery-results-to-queue', (policy) => {
      policy.Statement = policy.Statement.filter(({ Action }) => !String(Action).includes('kms:'));
    }),
    finding: { severity: 'error', seen: expect.stringContaining('KMS.AccessDeniedException') },
  },
  {
    what: 'a key whose policy leaves it to another account',
    stack: receiver,
    defect: keyPolicy('alias/prod-callback-receiver', (policy) => {
      for (const statement of policy.Statement) {
        statement.Principal = { AWS: 'arn:aws:iam::111122223333:root' };
      }
    }),
    finding: { severity: 'error', seen: expect.stringContaining('KMS.AccessDeniedException') },
  },
  {
    what: 'a key disabled',
    stack: receiver,
    defect: disabledKey('alias/prod-callback-receiver'),
    finding: { severity: 'error', code: 'key-state', problem: expect.stringContaining('isabled') },
  },
  {
    what: 'a key that is about to be deleted',
    stack: reply,
    defect: keyPendingDeletion('alias/prod-websocket-reply'),
    finding: { severity: 'error', code: 'key-state' },
  },
  {
    what: 'an API destination at another address',
    stack: pipe,
    defect: destinationAt(
      'prod-delivery-results',
      'https://old.example.com/results',
      'https://subscriber.example.com/bizppurio/delivery-results',
    ),
    finding: {
      code: 'destination-url',
      deployed: expect.stringContaining('https://old.example.com/results'),
    },
  },
];

describe.skipIf(missing)('a defect made at the endpoint is found, named and explained', () => {
  test.each(cases)('$what', async ({ stack, defect, finding }) => {
    const known = new Set(findingsOf(intact).map(({ at, code }) => `${at} ${code}`));
    const found = async () =>
      findingsOf(await diagnose(stacks, deployment.aws, { only: stack })).filter(
        ({ at, code }) => !known.has(`${at} ${code}`),
      );

    const undo = await defect(place);
    const findings = await found().finally(undo);

    expect(findings).toContainEqual(expect.objectContaining(finding));
    for (const { cause, fix, seen } of findings) {
      expect([cause, fix, seen].filter((text) => text === '')).toEqual([]);
    }
    expect(await found(), 'findings once the defect is taken back').toEqual([]);
  });
});

const documented: readonly (readonly [string, Defect])[] = [
  ['Wrong Content-Type', served(callback, ({ requestParameters: _none, ...integration }) => integration)],
  ['Missing Action', servedTemplate('Action=SendMessage', 'Verb=SendMessage')],
  [
    'Missing permission',
    both(
      withoutRolePolicy(sender, sender),
      queuePolicy('prod-delivery-results', (policy) => {
        policy.Statement = policy.Statement.filter(({ Sid }) => !Sid?.endsWith('Sends'));
      }),
    ),
  ],
  ['Un-encoded body', servedTemplate('$util.urlEncode($input.body)', '$input.body')],
  [
    'Key permissions',
    rolePolicy(sender, sender, (policy) => {
      policy.Statement = policy.Statement.filter(({ Action }) => !String(Action).includes('kms:'));
    }),
  ],
];

describe.skipIf(missing)('docs/doctor.md shows what the doctor prints', () => {
  const page = fs.readFileSync('docs/doctor.md', 'utf8');

  test.each(documented)('%s', async (title, defect) => {
    const section = page.split('\n## ').find((text) => text.startsWith(`${title}\n`)) ?? '';
    const blocks = [...section.matchAll(/```text\n(error: .*?)\n```/gs)];
    expect(blocks).toHaveLength(1);
    const shown = String(blocks[0]?.[1]).split('\n');

    const undo = await defect(place);
    const diagnosis = await diagnose(stacks, deployment.aws, { only: receiver }).finally(undo);
    const printed = reportOf(diagnosis, styleFor({}, {})).split('\n');

    // Two columns less of indentation, and an ellipsis where the page leaves out the end of a line.
    for (const line of shown) {
      const beginning = line.replace(/ …$/, '');
      const found = printed.some((text) =>
        beginning === line ? text.slice(2) === line : text.slice(2).startsWith(beginning),
      );
      expect({ line, found }).toEqual({ line, found: true });
    }
  });
});
