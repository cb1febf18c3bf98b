import type { Integration } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import { accessDenied, nonExistentQueue, unknownOperation } from './rest-answers';
import { answersItself, type Circumstances, finding, type Seen, seenAt } from './rest-circumstances';
import { type Differing, differingIn } from './rest-differing';
import { parameterFindings } from './rest-integration-parameters';
import type { SynthesizedIntegration } from './rest-integration-plan';
import type { SynthesizedRoute } from './rest-plan';
import { templateFindings } from './rest-template-findings';

/** What an integration does otherwise than synthesized. */
export function integrationFindings(
  route: SynthesizedRoute,
  integration: SynthesizedIntegration,
  deployed: Integration | undefined,
  circumstances: Circumstances,
): readonly Finding[] {
  const seen = seenAt(route, circumstances);
  const about = {
    at: integration.address,
    subject: `integration of ${route.name} of ${circumstances.subject}`,
  };
  if (!deployed) {
    return [
      finding(circumstances, {
        ...about,
        code: 'integration-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: `the API cannot be deployed so; callers of a deployment that lacks it: ${seen.notSent}`,
        cause: 'The stack was never deployed to the end, or someone has deleted the integration.',
        fix: circumstances.deploy,
      }),
    ];
  }
  const differing = differingIn(circumstances, about);
  const type = differing(
    'integration-type',
    `it is of the type ${deployed.type}`,
    [integration.type, deployed.type],
    deployed.type === 'MOCK'
      ? `SQS is not asked at all: where the mock answers 2xx, what ${seen.callers} post is ` +
          `acknowledged and lost; otherwise ${seen.notSent}`
      : `SQS is not asked as it wants to be: ${seen.notSent}`,
  );
  // Another type reads the rest of its configuration in another way.
  if (type.length > 0) return type;
  return [
    ...differing(
      'integration-uri',
      placeText(deployed.uri, integration.uri),
      [integration.uri, deployed.uri || undefined],
      placeSeen(deployed.uri ?? '', seen, circumstances),
    ),
    ...differing(
      'integration-method',
      `it asks with ${deployed.httpMethod ?? 'no method'}`,
      [integration.method, deployed.httpMethod],
      seen.refused(unknownOperation),
      { cause: 'SQS reads the action from the form of a POST.' },
    ),
    ...credentialsFindings(integration, deployed, seen, { differing, circumstances }),
    ...parameterFindings(integration, deployed, seen, differing),
    ...handlingFindings(integration, deployed, seen, { differing, circumstances }),
    ...templateFindings(route, integration, deployed, circumstances).map((told) =>
      finding(circumstances, { ...about, ...told }),
    ),
  ];
}

interface Telling {
  readonly differing: Differing;
  readonly circumstances: Circumstances;
}

/** Where a URI leads: its region, service, account and queue. */
const place = (uri = '') => {
  const [, region, service, account, queue] =
    /^arn:[\w-]+:apigateway:([\w-]+):([\w-]+):path\/(\d{12})\/([^/]+)$/.exec(uri) ?? [];
  return { region, service, account, queue };
};

function placeText(deployed: string | undefined, synthesized: string | undefined): string {
  const [there, wanted] = [place(deployed), place(synthesized)];
  if (there.service !== wanted.service || there.queue === undefined) return 'it asks for something else';
  if (there.region !== wanted.region) return `it sends to the region ${there.region}`;
  return there.account === wanted.account
    ? `it sends to the queue ${there.queue}`
    : `it sends to the queue ${there.queue} of account ${there.account}`;
}

function placeSeen(
  uri: string,
  { refused, consumers, callers }: Seen,
  { affected, plan }: Circumstances,
): string {
  const { region, service, account, queue } = place(uri);
  if (service !== 'sqs' || queue === undefined) {
    return refused(accessDenied, 'nothing, or the service that is asked answers 403 AccessDenied');
  }
  const others = affected
    .at(`arn:${plan.partition}:sqs:${region}:${account}:${queue}`)
    .filter(({ kind }) => kind === 'function' || kind === 'pipe')
    .map(({ name }) => name);
  const elsewhere = others.length > 0 ? [...new Set(others)].join(' and ') : 'whoever reads that queue';
  return (
    `${refused(accessDenied, '403 AccessDenied, since the role may send to its own queue alone')}. ` +
    'Where there is no ' +
    `such queue SQS answers ${nonExistentQueue.status} ${nonExistentQueue.code} (QueueDoesNotExist). ` +
    'Where sending ' +
    `succeeds, what ${callers} post reaches ${elsewhere}, and ${consumers} get nothing`
  );
}

function credentialsFindings(
  integration: SynthesizedIntegration,
  deployed: Integration,
  { refused, notSent }: Seen,
  { differing, circumstances }: Telling,
): readonly Finding[] {
  const other = deployed.credentials || undefined;
  const actors = other === undefined ? [] : circumstances.affected.as(other);
  const whose = [...new Set(actors.map(({ name }) => name))].join(' and ');
  return differing(
    'integration-credentials',
    other ? `it acts as another role${whose && `, that of ${whose}`}` : 'it acts as no role',
    [integration.credentials, other],
    other
      ? `${refused(accessDenied, '403 AccessDenied where that role may not send to this queue')}. ` +
          `Where API Gateway cannot assume it, or it does not exist: ${notSent}`
      : `${notSent}; or the request goes to SQS unsigned, which refuses it with 403 AccessDenied. AWS ` +
          'does not say which',
  );
}

function handlingFindings(
  integration: SynthesizedIntegration,
  deployed: Integration,
  { callers, consumers, notSent }: Seen,
  { differing, circumstances }: Telling,
): readonly Finding[] {
  const { passthroughBehavior = integration.passthroughBehavior, timeoutInMillis } = deployed;
  const timeout = timeoutInMillis ?? integration.timeoutMilliseconds;
  const unsupported = answersItself(circumstances, 'UNSUPPORTED_MEDIA_TYPE');
  return [
    ...differing(
      'integration-passthrough',
      `its passthrough behavior is ${passthroughBehavior}`,
      [integration.passthroughBehavior, passthroughBehavior],
      passthroughBehavior === 'WHEN_NO_MATCH'
        ? 'a body of a content type without a template goes to SQS as it is, where it got ' +
            `${unsupported}: a caller can write the whole request by itself, whatever the role may do ` +
            'with it; anything else SQS answers with 404 UnknownOperationException'
        : passthroughBehavior === 'NEVER'
          ? `a body of a content type without a template gets ${unsupported}`
          : 'nothing while there is a mapping template; without any, bodies go to SQS as they are',
      { severity: 'warning' },
    ),
    ...differing(
      'integration-timeout',
      `it waits for SQS for ${timeout} ms`,
      [`${integration.timeoutMilliseconds} ms`, `${timeout} ms`],
      `where SQS takes longer ${callers} get ${answersItself(circumstances, 'INTEGRATION_TIMEOUT')}; ` +
        `SQS may have taken the message all the same, callers send it again, and ${consumers} meet it ` +
        'twice',
      { severity: 'warning' },
    ),
    ...differing(
      'integration-content-handling',
      'it converts bodies',
      [integration.contentHandling, deployed.contentHandling],
      `where a body cannot be converted, ${notSent}; the others are queued in base64, or as what ` +
        `they decode to, and ${consumers} cannot read them`,
    ),
  ];
}
