import { NotSimulated } from '../../not-simulated';
import type { Plan } from '../../plan/plan';
import type { SqsAnswer } from '../sqs/query-protocol';
import { renderMappingTemplate, type TemplateRequest } from './mapping-template';
import type { Surroundings } from './surroundings';

/** An integration of type AWS whose service is SQS. */
export interface SqsIntegration {
  readonly address: string;
  /** `/<account>/<queue>` */
  readonly path: string;
  /** The ARN of the role as which API Gateway calls. */
  readonly credentials: string | undefined;
  /** `integration.request.…` → where the value comes from. */
  readonly requestParameters: ReadonlyMap<string, string>;
  /** `CONVERT_TO_TEXT` makes base64 of bytes. */
  readonly contentHandling?: string | undefined;
  /** By content type, or by what the template selection expression gives. */
  readonly templates: ReadonlyMap<string, string>;
}

export interface SqsIntegrationAttributes {
  readonly address: string;
  readonly type: string;
  readonly method: string;
  readonly uri: string;
  readonly credentials: string | undefined;
  readonly passthroughBehavior: string | undefined;
  readonly requestParameters: ReadonlyMap<string, string>;
  readonly contentHandling?: string | undefined;
  readonly templates: ReadonlyMap<string, string>;
}

/** @throws NotSimulated for an integration of another kind */
export function sqsIntegration(plan: Plan, attributes: SqsIntegrationAttributes): SqsIntegration {
  const { address, type, method, uri, credentials, passthroughBehavior } = attributes;
  const prefix = `arn:${plan.partition}:apigateway:${plan.region}:sqs:path/`;
  if (type !== 'AWS' || !uri.startsWith(prefix))
    throw new NotSimulated(address, `an integration of ${type} ${uri}`);
  if (method !== 'POST') throw new NotSimulated(address, `the integration method ${method}`);
  // Anything else hands bodies without a template to SQS as they are.
  if (passthroughBehavior !== 'NEVER') {
    throw new NotSimulated(address, `the passthrough behavior ${passthroughBehavior ?? 'WHEN_NO_MATCH'}`);
  }
  // Such as `arn:aws:iam::*:user/*`, which stands for the caller's own.
  if (credentials !== undefined && !/^arn:[\w-]+:iam::\d{12}:role\/./.test(credentials)) {
    throw new NotSimulated(address, `the credentials ${credentials}`);
  }
  const { requestParameters, contentHandling, templates } = attributes;
  const path = `/${uri.slice(prefix.length)}`;
  return { address, path, credentials, requestParameters, contentHandling, templates };
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
  { address, path, credentials, requestParameters }: SqsIntegration,
  template: string,
  request: TemplateRequest,
  { sqs }: Pick<Surroundings, 'sqs'>,
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
  return sqs(
    {
      path,
      body,
      contentType: headers.get('content-type') ?? '',
      accept: headers.get('accept') ?? '',
    },
    credentials,
  );
}
