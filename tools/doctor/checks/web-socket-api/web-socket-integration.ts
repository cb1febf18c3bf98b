import type { Integration } from '@aws-sdk/client-apigatewayv2';
import { canonicalJson } from '../../../../synthesis/canonical-json';
import type { Finding } from '../../finding';
import { type Circumstances, finding, seenAt } from './web-socket-circumstances';
import type { SynthesizedIntegration, SynthesizedRoute } from './web-socket-plan';
import { templateFaults } from './web-socket-template';

/** What an integration does otherwise than synthesized. */
export function integrationFindings(
  route: SynthesizedRoute,
  integration: SynthesizedIntegration,
  deployed: Integration,
  circumstances: Circumstances,
): readonly Finding[] {
  const { notSent, refused } = seenAt(route, circumstances);
  const about = {
    at: integration.address,
    subject: `integration of the route ${route.routeKey} of ${circumstances.subject}`,
  };
  const differing = (
    code: string,
    problem: string,
    [synthesized, there]: readonly [string | undefined, string | undefined],
    seen: string,
    more: { readonly severity?: Finding['severity']; readonly cause?: string } = {},
  ) =>
    synthesized === there
      ? []
      : [
          finding(circumstances, {
            ...about,
            code,
            severity: 'error',
            problem,
            synthesized: synthesized ?? 'none',
            deployed: there ?? 'none',
            seen,
            ...more,
          }),
        ];
  const type = differing(
    'integration-type',
    `it is of the type ${deployed.IntegrationType}`,
    [integration.type, deployed.IntegrationType],
    notSent,
  );
  // Another type reads the rest of its configuration in another way.
  if (type.length > 0) return type;
  return [
    ...differing(
      'integration-uri',
      'it sends to another place',
      [integration.uri, deployed.IntegrationUri || undefined],
      `messages of ${circumstances.clients} go elsewhere, where nobody answers them; or they go ` +
        'nowhere, since the role may send to its own queue alone: AccessDenied. Either way no reply comes',
    ),
    ...differing(
      'integration-method',
      `it asks with ${deployed.IntegrationMethod ?? 'no method'}`,
      // A mock integration asks nobody, whatever AWS keeps there.
      integration.type === 'MOCK' ? [undefined, undefined] : [integration.method, deployed.IntegrationMethod],
      refused('404 UnknownOperationException'),
      { cause: 'SQS reads the action from the form of a POST.' },
    ),
    ...differing(
      'integration-credentials',
      deployed.CredentialsArn ? 'it acts as another role' : 'it acts as no role',
      [integration.credentialsArn, deployed.CredentialsArn || undefined],
      deployed.CredentialsArn
        ? `${refused('403 AccessDenied where the other role may not send')}. Where API Gateway cannot ` +
            `assume the role: ${notSent}`
        : notSent,
    ),
    ...parameterFindings(integration, deployed, { differing, notSent, refused }),
    ...differing(
      'integration-template-selection',
      'its template selection expression is another one',
      [integration.templateSelectionExpression, deployed.TemplateSelectionExpression],
      `no template is selected. With the passthrough behavior NEVER nothing is sent: ${notSent}. ` +
        `Otherwise the bare message is: ${refused('404 UnknownOperationException')}`,
    ),
    ...differing(
      'integration-passthrough',
      `its passthrough behavior is ${deployed.PassthroughBehavior}`,
      [integration.passthroughBehavior, deployed.PassthroughBehavior ?? integration.passthroughBehavior],
      'nothing as long as a template is selected; a message without one goes to SQS as it is',
      { severity: 'warning' },
    ),
    ...templateFindings(route, integration, deployed, circumstances).map((told) =>
      finding(circumstances, { ...about, code: 'integration-template', severity: 'error', ...told }),
    ),
  ];
}

const contentType = 'integration.request.header.content-type';

/** API Gateway fails a request for which an AWS integration maps one of these. */
const refusedHeaders =
  /^integration\.request\.header\.(authorization|connection|content-length|expect|te|transfer-encoding)$/;

interface Telling {
  readonly differing: (
    code: string,
    problem: string,
    values: readonly [string | undefined, string | undefined],
    seen: string,
    more?: { readonly severity?: Finding['severity']; readonly cause?: string },
  ) => readonly Finding[];
  readonly notSent: string;
  readonly refused: (error: string) => string;
}

function parameterFindings(
  { requestParameters }: SynthesizedIntegration,
  { RequestParameters = {} }: Integration,
  { differing, notSent, refused }: Telling,
): readonly Finding[] {
  const wanted = byLowerCaseName(requestParameters);
  const there = byLowerCaseName(Object.entries(RequestParameters));
  return [...new Set([...wanted.keys(), ...there.keys()])].sort().flatMap((name) => {
    const values = [wanted.get(name), there.get(name)] as const;
    if (name === contentType) {
      return differing(
        'integration-content-type',
        values[1] === undefined ? 'it maps no Content-Type' : 'it maps another Content-Type',
        values,
        refused('404 UnknownOperationException'),
        { cause: 'Without the content type of a form SQS finds no Action in the request.' },
      );
    }
    const refuses = refusedHeaders.test(name);
    return differing(
      'integration-parameter',
      values[0] === undefined ? `it also maps ${name}` : `it maps ${name} otherwise`,
      values,
      refuses
        ? notSent
        : 'SQS gets another request than synthesized; it ignores headers that it does not know',
      refuses ? {} : { severity: 'warning' },
    );
  });
}

/** Headers have no case. */
const byLowerCaseName = (parameters: Iterable<readonly [string, string]>): ReadonlyMap<string, string> =>
  new Map([...parameters].map(([name, value]) => [name.toLowerCase(), value]));

function templateFindings(
  route: SynthesizedRoute,
  integration: SynthesizedIntegration,
  { RequestTemplates: there = {} }: Integration,
  circumstances: Circumstances,
) {
  const { notSent, refused } = seenAt(route, circumstances);
  return [...integration.requestTemplates].flatMap(([key, template]) => {
    const deployed = there[key];
    if (deployed === undefined) {
      const others = Object.keys(there).join(', ') || 'none';
      return [
        { problem: `it has no mapping template ${key}`, synthesized: key, deployed: others, seen: notSent },
      ];
    }
    if (integration.type === 'MOCK') {
      if (inOneForm(template) === inOneForm(deployed)) return [];
      const problem = 'its mapping template is another one';
      return [{ problem, synthesized: template, deployed, seen: notSent }];
    }
    return templateFaults(template, deployed, circumstances).map(({ sees, ...fault }) => ({
      ...fault,
      seen: 'refusal' in sees ? refused(sees.refusal) : sees.consequence,
    }));
  });
}

/** A mock integration's template is JSON. */
function inOneForm(template: string): string {
  try {
    return canonicalJson(JSON.parse(template));
  } catch {
    return template;
  }
}
