import { createHash } from 'node:crypto';
import { NotSimulated } from '../not-simulated';

/** Where a resource is, for the attributes that its ARN and address are made of. */
export interface Whereabouts {
  readonly stackId: string;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Gives a written attribute of the resource, references resolved. */
type Written = (attribute: string) => string;

type Computed = (own: Written, at: Whereabouts, madeUp: string) => string;

/** As the service writes ids: ten lower-case letters and digits. */
const id: Computed = (_own, _at, madeUp) => madeUp;

const keyId: Computed = (_own, _at, madeUp) => uuid(madeUp);

/**
 * What a configuration does not say of its resources and AWS computes. Ids that only AWS could give are made up: the
 * same for the same resource in every run, and different for each.
 */
const computed: Readonly<Record<string, Readonly<Record<string, Computed>>>> = {
  aws_acm_certificate: { arn: (_own, at, madeUp) => `${arn('acm', at)}:certificate/${uuid(madeUp)}` },
  aws_api_gateway_api_key: { id },
  aws_api_gateway_authorizer: { id },
  aws_api_gateway_model: { id },
  aws_api_gateway_request_validator: { id },
  aws_api_gateway_resource: { id },
  aws_api_gateway_rest_api: { id, root_resource_id: (_own, _at, madeUp) => `${madeUp.slice(0, 9)}r` },
  aws_api_gateway_usage_plan: { id },
  aws_apigatewayv2_api: { id },
  aws_apigatewayv2_authorizer: { id },
  aws_apigatewayv2_domain_name: { id: (own) => own('domain_name') },
  aws_apigatewayv2_integration: { id },
  aws_apigatewayv2_route: { id },
  aws_cloudwatch_event_api_destination: {
    arn: (own, at, madeUp) => `${arn('events', at)}:api-destination/${own('name')}/${uuid(madeUp)}`,
  },
  aws_cloudwatch_event_connection: {
    arn: (own, at, madeUp) => `${arn('events', at)}:connection/${own('name')}/${uuid(madeUp)}`,
  },
  aws_iam_policy: {
    arn: (own, { partition, accountId }) => `arn:${partition}:iam::${accountId}:policy/${own('name')}`,
  },
  aws_iam_role: {
    id: (own) => own('name'),
    arn: (own, { partition, accountId }) => `arn:${partition}:iam::${accountId}:role/${own('name')}`,
  },
  aws_kms_key: {
    id: keyId,
    key_id: keyId,
    arn: (_own, at, madeUp) => `${arn('kms', at)}:key/${uuid(madeUp)}`,
  },
  aws_lambda_function: {
    arn: (own, at) => `${arn('lambda', at)}:function:${own('function_name')}`,
  },
  aws_pipes_pipe: { arn: (own, at) => `${arn('pipes', at)}:pipe/${own('name')}` },
  aws_s3_bucket: {
    id: (own) => own('bucket'),
    arn: (own, { partition }) => `arn:${partition}:s3:::${own('bucket')}`,
  },
  aws_sns_topic: { arn: (own, at) => `${arn('sns', at)}:${own('name')}` },
  // Here it is the topic's, and written.
  aws_sns_topic_policy: { arn: (own) => own('arn') },
  aws_sqs_queue: {
    arn: (own, at) => `${arn('sqs', at)}:${own('name')}`,
    url: (own, at) => `https://sqs.${at.region}.${dnsSuffix(at)}/${at.accountId}/${own('name')}`,
  },
};

/** @throws NotSimulated for attributes of which it is not known how AWS computes them */
export function computedAttribute(
  at: Whereabouts,
  { type, name, attribute }: { readonly type: string; readonly name: string; readonly attribute: string },
  own: Written,
): string {
  const compute = computed[type]?.[attribute];
  if (!compute) {
    throw new NotSimulated(
      `${at.stackId}: ${type}.${name}`,
      `its attribute "${attribute}", which only AWS gives,`,
    );
  }
  const hash = createHash('sha256').update(`${at.stackId}/${type}.${name}`).digest('hex');
  return compute(own, at, BigInt(`0x${hash}`).toString(36).slice(0, 10));
}

/** https://docs.aws.amazon.com/general/latest/gr/rande.html#regional-endpoints */
export const dnsSuffix = ({ partition }: Pick<Whereabouts, 'partition'>): string =>
  partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';

const arn = (service: string, { partition, region, accountId }: Whereabouts) =>
  `arn:${partition}:${service}:${region}:${accountId}`;

function uuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
