import type { ITerraformDependable } from 'cdktf';
import type { ServiceRole } from '../iam/service-role';

/** What a pipe must know of the subscriber at its end. A new kind of subscriber is a new file that implements this. */
export interface Subscriber {
  /** `target` of the pipe. */
  readonly targetArn: string;
  /** Messages a delivery: API destinations take one at a time. */
  readonly batchSize: number;
  /** What a message is turned into when the subscription does not say; left out, the SQS record itself. */
  readonly defaultInputTemplate?: string | undefined;
  /** Parameters of the target in the provider's words. */
  readonly targetParameters: {
    readonly httpParameters?: { readonly headerParameters: Record<string, string> };
    readonly lambdaFunctionParameters?: { readonly invocationType: 'REQUEST_RESPONSE' };
  };
  /** What must be in place before the first delivery. */
  readonly ready: readonly ITerraformDependable[];
  /** Lets the pipe's role deliver. */
  grantDeliver(role: ServiceRole): void;
}
