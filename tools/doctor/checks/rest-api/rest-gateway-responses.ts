import type { GatewayResponse } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import { type Circumstances, finding, type Told } from './rest-circumstances';
import type { SynthesizedGatewayResponse } from './rest-plan';

/** What API Gateway answers by itself otherwise than synthesized. */
export function gatewayResponseFindings(
  deployed: readonly GatewayResponse[],
  circumstances: Circumstances,
): readonly Finding[] {
  const wanted = circumstances.api.gatewayResponses;
  // AWS lists those of its own too.
  const customized = deployed.filter(({ defaultResponse }) => !defaultResponse);
  const extra = customized.filter(({ responseType }) => !wanted.some(({ type }) => type === responseType));
  return [
    ...wanted.flatMap((response) => {
      const there = customized.find(({ responseType }) => responseType === response.type);
      return there ? different(response, there, circumstances) : [missing(response, circumstances)];
    }),
    ...extra.map((response) => additional(response, circumstances)),
  ];
}

const subjectOf = (type: string, { subject }: Circumstances) => `gateway response ${type} of ${subject}`;

const missing = (response: SynthesizedGatewayResponse, circumstances: Circumstances): Finding =>
  finding(circumstances, {
    at: response.address,
    subject: subjectOf(response.type, circumstances),
    code: 'gateway-response-missing',
    severity: 'warning',
    problem: "it is API Gateway's own",
    synthesized: inWords(response),
    deployed: 'not customized',
    seen:
      `callers that are refused with ${response.type} get API Gateway's own words instead, and no ` +
      `request id${
        response.type === 'MISSING_AUTHENTICATION_TOKEN'
          ? ': 403 "Missing Authentication Token" for a path that does not exist'
          : ''
      }`,
    cause: 'The stack was never deployed to the end, or someone has reset the response.',
    fix: circumstances.deploy,
  });

function different(
  response: SynthesizedGatewayResponse,
  deployed: GatewayResponse,
  circumstances: Circumstances,
): readonly Finding[] {
  const there = {
    // Where nothing is written AWS may give the type's own.
    statusCode: response.statusCode || isGood(deployed.statusCode) ? deployed.statusCode : undefined,
    templates: new Map(Object.entries(deployed.responseTemplates ?? {})),
    parameters: new Map(Object.entries(deployed.responseParameters ?? {})),
  };
  if (inWords(response) === inWords(there)) return [];
  return [
    finding(circumstances, {
      at: response.address,
      subject: subjectOf(response.type, circumstances),
      code: 'gateway-response',
      synthesized: inWords(response),
      deployed: inWords(there),
      ...told(response.type, there.statusCode, 'it answers otherwise'),
    }),
  ];
}

const additional = (
  { responseType = 'DEFAULT_4XX', statusCode, responseTemplates, responseParameters }: GatewayResponse,
  circumstances: Circumstances,
): Finding =>
  finding(circumstances, {
    at: circumstances.api.address,
    subject: subjectOf(responseType, circumstances),
    code: 'gateway-response-extra',
    synthesized: 'not customized',
    deployed: inWords({
      statusCode,
      templates: new Map(Object.entries(responseTemplates ?? {})),
      parameters: new Map(Object.entries(responseParameters ?? {})),
    }),
    ...told(responseType, statusCode, 'it is customized, which was not synthesized'),
    fix:
      `aws apigateway delete-gateway-response --rest-api-id ${circumstances.api.id} --response-type ` +
      `${responseType} --region ${circumstances.plan.region}, then deploy; if it was meant, it belongs ` +
      'in the stack.',
  });

const isGood = (status: string | undefined) => status?.startsWith('2') ?? false;

const told = (
  type: string,
  status: string | undefined,
  problem: string,
): Pick<Told, 'severity' | 'problem' | 'seen'> =>
  isGood(status)
    ? {
        severity: 'error',
        problem: `it answers ${status}`,
        seen:
          `callers whose requests API Gateway refuses or fails with ${type} get HTTP ${status} and ` +
          'take them for accepted: nothing is queued, and nobody sends them again. They are lost',
      }
    : {
        severity: 'warning',
        problem,
        seen: `callers that are refused with ${type} get another answer; what is accepted stays the same`,
      };

const inWords = ({
  statusCode,
  templates,
  parameters,
}: Pick<SynthesizedGatewayResponse, 'statusCode' | 'templates' | 'parameters'>): string =>
  [
    statusCode ? `status ${statusCode}` : "API Gateway's own status",
    ...[...templates].sort(byName).map(([type, template]) => `${type}: ${template.trim()}`),
    ...[...parameters].sort(byName).map(([name, value]) => `${name}: ${value}`),
  ].join('\n');

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : 1);
