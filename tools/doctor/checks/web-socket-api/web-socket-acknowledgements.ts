import type { Finding } from '../../finding';
import { type Circumstances, finding } from './web-socket-circumstances';
import type { SynthesizedResponse, SynthesizedRoute } from './web-socket-plan';

/** As API Gateway has it. */
export interface DeployedResponse {
  readonly IntegrationResponseKey?: string | undefined;
  readonly ResponseTemplates?: Readonly<Record<string, string>> | undefined;
  readonly TemplateSelectionExpression?: string | undefined;
}

/**
 * What a two-way route of messages tells its clients otherwise than synthesized, or beside that: a client that is told
 * `"accepted":true` of a message that SQS has refused does not send it again. `$connect` tells nobody anything.
 */
export function acknowledgementFindings(
  route: SynthesizedRoute,
  deployed: readonly DeployedResponse[],
  circumstances: Circumstances,
): readonly Finding[] {
  if (route.routeKey === '$connect' || route.routeResponseSelectionExpression === undefined) return [];
  const synthesized = route.integration?.responses ?? [];
  const { clients, subject } = circumstances;
  const told = (
    at: string,
    key: string,
    rest: Pick<Finding, 'code' | 'problem' | 'synthesized' | 'deployed'>,
  ) =>
    finding(circumstances, {
      at,
      subject: `integration response ${key} of the route ${route.routeKey} of ${subject}`,
      severity: 'error',
      seen:
        `${clients} are told something else of their messages: at worst that one is accepted which SQS ` +
        'has refused, and which is not sent again',
      ...rest,
    });
  return deployed.flatMap((response) => {
    const { IntegrationResponseKey: key = '' } = response;
    const wanted = synthesized.find((one) => one.key === key);
    if (!wanted) {
      return [
        told(route.integration?.address ?? route.address, key, {
          code: 'integration-response-extra',
          problem: 'it was not synthesized',
          synthesized: synthesized.map((one) => one.key).join(', '),
          deployed: written(response),
        }),
      ];
    }
    if (writtenAs(wanted) === written(response)) return [];
    return [
      told(wanted.address, key, {
        code: 'integration-response-template',
        problem: 'it answers otherwise',
        synthesized: writtenAs(wanted),
        deployed: written(response),
      }),
    ];
  });
}

const text = (expression: string | undefined, templates: Iterable<readonly [string, string]>) =>
  `${expression ?? 'no selection'} of ${
    [...templates]
      .map(([name, template]) => `${name}: ${template}`)
      .sort()
      .join(', ') || 'no template'
  }`;

const writtenAs = ({ templateSelection, templates }: SynthesizedResponse) =>
  text(templateSelection, templates);

const written = ({ TemplateSelectionExpression: expression, ResponseTemplates = {} }: DeployedResponse) =>
  text(expression || undefined, Object.entries(ResponseTemplates));
