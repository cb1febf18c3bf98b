import type { DescribeApiDestinationResponse } from '@aws-sdk/client-eventbridge';
import { optionalNumber, text } from '../../../plan/attributes';
import type { Plan, PlanResource } from '../../../plan/plan';
import type { Finding } from '../../finding';

/** EventBridge's own where nothing is said. */
const defaultRate = 300;

type Difference = Omit<Finding, 'at' | 'subject' | 'cause' | 'fix'> & Partial<Pick<Finding, 'cause'>>;

/** Where and how an API destination sends, where that is not as synthesized. */
export function destinationDifferences(
  plan: Plan,
  destination: PlanResource,
  deployed: DescribeApiDestinationResponse,
): readonly Difference[] {
  const wantedConnection = text(destination, 'connection_arn');
  const wantedRate = optionalNumber(destination, 'invocation_rate_limit_per_second') ?? defaultRate;
  const rate = deployed.InvocationRateLimitPerSecond ?? defaultRate;
  const elsewhere = 'whoever answers there gets the messages: with a 2xx they are deleted from the queue';
  const differences: readonly (Difference & { readonly synthesized: string; readonly deployed: string })[] = [
    {
      code: 'destination-url',
      severity: 'error',
      problem: 'it sends to another address',
      synthesized: text(destination, 'invocation_endpoint'),
      deployed: deployed.InvocationEndpoint ?? 'none',
      seen: `the subscriber gets nothing, and ${elsewhere}`,
    },
    {
      code: 'destination-method',
      severity: 'error',
      problem: 'it sends with another method',
      synthesized: text(destination, 'http_method'),
      deployed: deployed.HttpMethod ?? 'none',
      seen: 'the subscriber answers 404 or 405; those messages end in the dead-letter queue',
    },
    {
      code: 'destination-rate',
      severity: 'warning',
      problem: 'it sends at another rate',
      synthesized: `${wantedRate} a second`,
      deployed: `${rate} a second`,
      seen:
        rate < wantedRate
          ? 'at busy times the queue grows, and messages reach the subscriber later'
          : 'at busy times the subscriber gets more than it was said to take, and may answer 429 or 5xx',
    },
    {
      code: 'destination-connection',
      severity: 'error',
      problem: 'it uses another connection',
      synthesized: wantedConnection,
      // A connection that was not found is a finding of its own.
      deployed: isKnown(plan, wantedConnection) ? (deployed.ConnectionArn ?? 'none') : wantedConnection,
      seen: 'the subscriber gets requests without the secret that it expects, and answers 401 or 403',
      cause:
        'A connection that was deleted and made again has another id, which the destination does not follow; ' +
        'else someone has changed it in the console',
    },
  ];
  return differences.filter(({ synthesized, deployed: there }) => synthesized !== there);
}

const isKnown = ({ known }: Plan, arn: string) => [...known.values()].includes(arn);
