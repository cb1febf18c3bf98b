import { NotSimulated } from '../../not-simulated';
import { optionalNumber, text } from '../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { type Connection, connectionsOf, httpsUrl } from './connections';

/**
 * An HTTPS server as target.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export interface ApiDestination {
  /** `<stack>: <type>.<name>`, for messages. */
  readonly address: string;
  readonly arn: string;
  /** With a `*` for each path parameter. */
  readonly endpoint: string;
  readonly method: string;
  /** Invocations a second at most, 1 to 300. */
  readonly rateLimitPerSecond: number;
  readonly connection: Connection;
}

const shape = {
  reads: ['arn', 'connection_arn', 'http_method', 'invocation_endpoint', 'invocation_rate_limit_per_second'],
  ignores: ['name', 'description'],
};

/** EventBridge's own where nothing is said, and the most it takes. */
const highestRate = 300;

const methods = ['POST', 'PUT', 'PATCH', 'GET', 'HEAD', 'OPTIONS', 'DELETE'];

/**
 * The API destinations that a plan makes.
 *
 * @throws PlanError for what EventBridge refuses
 * @throws NotSimulated for methods whose requests have no body of their own
 */
export function apiDestinationsOf(plan: Plan): readonly ApiDestination[] {
  const connections = connectionsOf(plan);
  return resourcesOf(plan, 'aws_cloudwatch_event_api_destination', shape).map((destination) => {
    const { address } = destination;
    const connectionArn = text(destination, 'connection_arn');
    const connection = connections.find(({ arn }) => arn === connectionArn);
    if (!connection) throw new PlanError(`${address}: the connection ${connectionArn} is not in the plan`);
    httpsUrl(destination, 'invocation_endpoint');
    return {
      address,
      arn: text(destination, 'arn'),
      endpoint: text(destination, 'invocation_endpoint'),
      method: methodOf(destination),
      rateLimitPerSecond: rateLimitOf(destination),
      connection,
    };
  });
}

function methodOf(destination: PlanResource): string {
  const method = text(destination, 'http_method');
  if (['POST', 'PUT', 'PATCH'].includes(method)) return method;
  if (methods.includes(method)) throw new NotSimulated(destination.address, `the method ${method}`);
  throw new PlanError(
    `${destination.address}: "http_method" is "${method}"; EventBridge takes ${methods.join(', ')}`,
  );
}

function rateLimitOf(destination: PlanResource): number {
  const rate = optionalNumber(destination, 'invocation_rate_limit_per_second') ?? highestRate;
  if (Number.isInteger(rate) && rate >= 1 && rate <= highestRate) return rate;
  throw new PlanError(
    `${destination.address}: "invocation_rate_limit_per_second" is ${rate}; ` +
      `EventBridge takes 1 to ${highestRate}`,
  );
}
