import type { IdSource } from '../ids';
import { NotSimulated } from '../not-simulated';
import type { Plan } from '../plan/plan';
import { answerQuery, type SqsAnswer } from '../sqs/query-protocol';
import type { Queue } from '../sqs/queue';
import { renderMappingTemplate, type TemplateRequest } from './mapping-template';

/** An integration of type AWS whose service is SQS. */
export interface SqsIntegration {
  readonly address: string;
  /** `/<account>/<queue>` */
  readonly path: string;
  /** `integration.request.…` → where the value comes from. */
  readonly requestParameters: ReadonlyMap<string, string>;
  /** By content type, or by what the template selection expression gives. */
  readonly templates: ReadonlyMap<string, string>;
}

export interface SqsIntegrationAttributes {
  readonly address: string;
  readonly type: string;
  readonly method: string;
  readonly uri: string;
  readonly passthroughBehavior: string | undefined;
  readonly requestParameters: ReadonlyMap<string, string>;
  readonly templates: ReadonlyMap<string, string>;
}

/** @throws NotSimulated for an integration of another kind */
export function sqsIntegration(plan: Plan, attributes: SqsIntegrationAttributes): SqsIntegration {
  const { address, type, method, uri, passthroughBehavior, requestParameters, templates } = attributes;
  const prefix = `arn:${plan.partition}:apigateway:${plan.region}:sqs:path/`;
  if (type !== 'AWS' || !uri.startsWith(prefix))
    throw new NotSimulated(address, `an integration of ${type} ${uri}`);
  if (method !== 'POST') throw new NotSimulated(address, `the integration method ${method}`);
  // Anything else hands bodies without a template to SQS as they are.
  if (passthroughBehavior !== 'NEVER') {
    throw new NotSimulated(address, `the passthrough behavior ${passthroughBehavior ?? 'WHEN_NO_MATCH'}`);
  }
  return { address, path: `/${uri.slice(prefix.length)}`, requestParameters, templates };
}

/** API Gateway fails the request when an AWS integration maps one of these. */
const refusedHeaders = [
  'authorization',
  'connection',
  'content-length',
  'expect',
  'proxy-authenticate',
  'te',
  'transfer-encoding',
];

/**
 * Renders the template and sends the outcome to SQS.
 * @returns SQS's answer, or undefined where API Gateway fails before it asks
 */
export function callSqs(
  { address, path, requestParameters }: SqsIntegration,
  template: string,
  request: TemplateRequest,
  { queues, ids }: { readonly queues: readonly Queue[]; readonly ids: IdSource },
): SqsAnswer | undefined {
  // JSON is what API Gateway says a body is, and asks for, unless it is told otherwise.
  const headers = new Map([
    ['content-type', 'application/json'],
    ['accept', 'application/json'],
  ]);
  for (const [parameter, source] of requestParameters) {
    const header = /^integration\.request\.header\.([\w-]+)$/.exec(parameter)?.[1]?.toLowerCase();
    const value = /^'([^']*)'$/.exec(source)?.[1];
    if (!header || value === undefined) throw new NotSimulated(address, `mapping ${parameter} to ${source}`);
    if (refusedHeaders.includes(header)) return undefined;
    if (!headers.has(header)) throw new NotSimulated(address, `the header ${header} of a request to SQS`);
    headers.set(header, value);
  }
  const body = renderMappingTemplate(template, request, address);
  return answerQuery(
    queues,
    {
      path,
      body,
      contentType: headers.get('content-type') ?? '',
      accept: headers.get('accept') ?? '',
    },
    ids,
  );
}
