import { ApiGatewayAuthorizer } from '@cdktf/provider-aws/lib/api-gateway-authorizer';
import { Construct } from 'constructs';
import { NodeFunction } from '../function/node-function';
import { functionInvocationUri } from '../iam/arn';
import { placementOf } from '../iam/placement';
import { readSecretStatements } from '../iam/secret-access';
import { ServiceRole } from '../iam/service-role';
import { authorizerName, invokerRoleName } from '../names';
import type { EncryptionKey } from '../queue/encryption-key';

export interface HmacAuthorizerProps {
  /** Full name of what it guards; its own, its function's and its roles' names are made of it. */
  readonly name: string;
  /** The whole ARN of the secret. */
  readonly secretArn: string;
  /** The customer managed key that encrypts the secret. @default AWS's own, which the secret's readers may use */
  readonly keyArn?: string | undefined;
  /** How old, or ahead, a request's time may be. */
  readonly toleranceSeconds: number;
  readonly logRetentionDays: number;
  /** Encrypts the function's log and variables. @default keys of AWS's own */
  readonly key?: EncryptionKey | undefined;
}

/** What must be in a request, or API Gateway answers 401 and asks nobody. */
export const signatureHeaders = ['X-Signature', 'X-Timestamp', 'X-Body-Sha256'] as const;

/** Well under the 30 s that API Gateway waits for an authorizer: three tries to read the secret. */
const functionTimeoutSeconds = 10;

/**
 * Executions at once. One takes some milliseconds, and about a second where it is the first of its process. What comes
 * on top is answered with 500.
 */
const concurrency = 50;

/**
 * The function and the role of a Lambda authorizer that checks the HMAC signature of each request to one callback. Each
 * callback has its own: a role that reads one secret, and executions that the sender of another cannot use up.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export class HmacAuthorizer extends Construct {
  /** Of the authorizer and of its function. */
  readonly name: string;
  readonly #function: NodeFunction;
  readonly #invoker: ServiceRole;

  constructor(scope: Construct, id: string, props: HmacAuthorizerProps) {
    super(scope, id);
    this.name = authorizerName(props.name);
    this.#function = new NodeFunction(this, 'function', {
      name: this.name,
      description: `Checks the signatures of requests to ${props.name}`,
      source: 'hmac-authorizer',
      timeoutSeconds: functionTimeoutSeconds,
      reservedConcurrency: concurrency,
      environment: { SECRET_ARN: props.secretArn, TOLERANCE_SECONDS: String(props.toleranceSeconds) },
      logRetentionDays: props.logRetentionDays,
      key: props.key,
    });
    this.#function.role.grant(
      ...readSecretStatements(placementOf(this), {
        secretArns: [props.secretArn],
        keyArns: props.keyArn === undefined ? [] : [props.keyArn],
      }),
    );
    this.#invoker = new ServiceRole(this, 'invoker', {
      name: invokerRoleName(this.name),
      description: `Lets API Gateway ask ${this.name}`,
      trust: { service: 'apigateway' },
    });
    this.#invoker.grant({
      sid: 'AskTheAuthorizer',
      actions: ['lambda:InvokeFunction'],
      resources: [this.#function.arn],
    });
  }

  /** Makes it an authorizer of an API, which has that below itself: a change of it alone deploys the API anew. */
  of(api: Construct, id: string, restApiId: string): ApiGatewayAuthorizer {
    return new ApiGatewayAuthorizer(api, id, {
      restApiId,
      name: this.name,
      type: 'REQUEST',
      authorizerUri: functionInvocationUri(placementOf(api), this.#function.arn),
      authorizerCredentials: this.#invoker.resource.arn,
      identitySource: signatureHeaders.map((header) => `method.request.header.${header}`).join(','),
      // No request is like another: each has a signature of its own, and a kept answer would let it in again later.
      authorizerResultTtlInSeconds: 0,
      // What has the method is then deployed after all that its first request needs.
      dependsOn: [this.#function.resource, ...this.#function.ready, ...this.#invoker.policies],
      // API Gateway deletes none that a method still names: Terraform then goes about the method first.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
