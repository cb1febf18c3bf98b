import { NotSimulated } from '../../not-simulated';
import type { Plan } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import type { SqsAnswer } from '../sqs/query-protocol';
import { queueArnOfUrl } from '../sqs/queue-url';
import { type ParameterRequest, parameterValue } from './http-parameters';
import type { Surroundings } from './surroundings';

/** An integration of the subtype `SQS-SendMessage`. */
export interface HttpIntegration {
  readonly address: string;
  /** Of the queue. */
  readonly queueArn: string;
  /** The ARN of the role as which API Gateway calls. */
  readonly credentials: string;
  /** What is sent beside `QueueUrl`: parameter → where its value comes from. */
  readonly parameters: ReadonlyMap<string, string>;
}

export interface HttpIntegrationAttributes {
  readonly address: string;
  /** Type and subtype. */
  readonly kind: string;
  readonly version: string | undefined;
  readonly credentials: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
}

const known = ['MessageBody', 'MessageAttributes', 'MessageGroupId', 'MessageDeduplicationId'];

/**
 * @throws NotSimulated for an integration of another kind, and for parameters that are not known here
 * @throws PlanError for what API Gateway refuses
 */
export function httpIntegration(plan: Plan, given: HttpIntegrationAttributes): HttpIntegration {
  const { address, kind, version, credentials } = given;
  if (kind !== 'AWS_PROXY SQS-SendMessage') throw new NotSimulated(address, `an integration of ${kind}`);
  if (version !== '1.0') throw new NotSimulated(address, `the payload format version ${version ?? '(none)'}`);
  if (credentials === undefined || !/^arn:[\w-]+:iam::\d{12}:role\/./.test(credentials)) {
    throw new NotSimulated(address, `the credentials ${credentials ?? '(none)'}`);
  }
  const { QueueUrl: url, ...others } = Object.fromEntries(given.parameters);
  if (url === undefined || others.MessageBody === undefined) {
    throw new PlanError(`${address}: SQS-SendMessage needs the parameters QueueUrl and MessageBody`);
  }
  const unknown = Object.keys(others).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new NotSimulated(address, `the parameter ${unknown}`);
  // As AWS was seen to refuse it: https://github.com/hashicorp/terraform-provider-aws/issues/17348
  if (others.MessageAttributes !== undefined && !others.MessageAttributes.includes('$')) {
    throw new PlanError(
      `${address}: "MessageAttributes" holds no variable, and API Gateway takes no constant for it`,
    );
  }
  const queueArn = queueArnOfUrl(plan, url, address);
  return { address, queueArn, credentials, parameters: new Map(Object.entries(others)) };
}

/**
 * Sends what the parameters make of a request to SQS.
 * @returns SQS's answer; `unresolved` where a value is not in the request, `undefined` where the role cannot be assumed
 */
export function callSqsFirstClass(
  { address, queueArn, credentials, parameters }: HttpIntegration,
  request: ParameterRequest,
  { sqs }: Pick<Surroundings, 'sqs'>,
): SqsAnswer | 'unresolved' | undefined {
  const fields: [string, string][] = [['Action', 'SendMessage']];
  for (const [parameter, expression] of parameters) {
    const value = parameterValue(expression, request, address);
    if (value === undefined) return 'unresolved';
    if (parameter === 'MessageAttributes') fields.push(...attributeFields(value, address));
    else fields.push([parameter, value]);
  }
  return sqs(
    {
      path: `/${queueArn.split(':').slice(4).join('/')}`,
      contentType: 'application/x-www-form-urlencoded',
      body: fields.map((field) => field.map(encodeURIComponent).join('=')).join('&'),
    },
    credentials,
  );
}

/** @throws NotSimulated for a text that is no JSON of attributes: what AWS makes of it is not known */
function attributeFields(json: string, address: string): readonly [string, string][] {
  const attributes = parsed(json);
  if (!attributes) throw new NotSimulated(address, `the MessageAttributes ${json}`);
  return Object.entries(attributes).flatMap(([name, attribute], index): [string, string][] => {
    const { DataType, StringValue, ...others } = attribute;
    if (typeof DataType !== 'string' || typeof StringValue !== 'string' || Object.keys(others).length > 0) {
      throw new NotSimulated(address, `the message attribute ${name} as ${JSON.stringify(attribute)}`);
    }
    const field = `MessageAttribute.${index + 1}`;
    return [
      [`${field}.Name`, name],
      [`${field}.Value.DataType`, DataType],
      [`${field}.Value.StringValue`, StringValue],
    ];
  });
}

function parsed(json: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, Readonly<Record<string, unknown>>>>)
      : undefined;
  } catch {
    return undefined;
  }
}
