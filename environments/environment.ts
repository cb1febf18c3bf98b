import type { ContentType, HeaderAttribute, JsonSchema } from '../constructs/api/callback-route';
import type { AcceptedResponse } from '../constructs/api/integration-responses';
import type { Throttling } from '../constructs/api/throttling';
import type { HttpsAuthorization } from '../constructs/pipe/https-subscriber';
import type { EventPattern } from '../constructs/pipe/pipe';

/** What is deployed to one account and region, under one prefix. Each variant that is given becomes a stack. */
export interface Environment {
  /** Prefix of every stack and resource: a letter, then lower-case letters, digits and single hyphens; at most 12 characters. */
  readonly name: string;
  /** The AWS account, twelve digits; a plan against another one stops. */
  readonly accountId: string;
  readonly region: string;
  readonly state: State;
  /** At most 48 tags of every resource, beside `environment` and `stack`; keys that begin with `aws:` are AWS's. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Who holds the keys of the queues: SQS, or the account, with one KMS key a stack. @default sqs-managed */
  readonly encryption?: 'sqs-managed' | 'customer-key';
  /** How long logs are kept, in days: one of the values that CloudWatch Logs has. @default 30 */
  readonly logRetentionDays?: number;
  /** SNS topic of the same region that alarms notify. @default they only change their state */
  readonly alarmTopicArn?: string;
  /**
   * Sets the role as which API Gateway writes logs, which the account has once a region: leave it out where someone
   * else sets it, another environment included. Without one in the account, a stage with logs cannot be deployed;
   * destroying the stack that sets it ends the logs of every API of the account in the region. @default false
   */
  readonly manageAccountLogging?: boolean;
  readonly callbackReceiver?: CallbackReceiverSettings;
  readonly websocketReply?: WebSocketReplySettings;
  readonly subscriberPipe?: SubscriberPipeSettings;
  /**
   * Roles as which pipelines deploy the other stacks without a stored key, in a stack that a person deploys first; the
   * roles of those stacks then have a permissions boundary. @default none
   */
  readonly deploymentRoles?: DeploymentRolesSettings;
}

/** Where Terraform keeps what it knows of a stack. */
export type State =
  /** A file `terraform.<stack>.tfstate` in the project. */
  | { readonly kind: 'local' }
  /** HCP Terraform (Terraform Cloud), in a workspace named after the stack. */
  | {
      readonly kind: 'hcp-terraform';
      readonly organization: string;
      /** 3 to 40 characters. @default the organization's default project */
      readonly project?: string;
      /** Of Terraform Enterprise. @default app.terraform.io */
      readonly hostname?: string;
    }
  /** An S3 object a stack, locked by S3 itself. */
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** The bucket's region. */
      readonly region: string;
      /** Without a slash at its start or end. @default the stacks' names are at the bucket's root */
      readonly keyPrefix?: string;
    };

/** Who deploys from elsewhere, with a token of its own (OpenID Connect): at least one. */
export interface DeploymentRolesSettings {
  /** GitHub Actions: jobs on the branch plan, jobs of the GitHub environment that is named like this one apply. */
  readonly github?: {
    /**
     * `owner/name`; with GitHub's ids, `owner@<id>/name@<id>`, where the repository's tokens have them: if it was
     * made, renamed or transferred after July 15, 2026, or has opted in.
     * https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
     */
    readonly repository: string;
    /** @default main */
    readonly branch?: string;
    readonly oidcProvider?: OidcProvider;
  };
  /** Runs of HCP Terraform, where the state is too, in a project that is named there. */
  readonly hcpTerraform?: { readonly oidcProvider?: OidcProvider };
}

/** An account has one provider for each issuer of tokens: it is made here, or exists. @default create */
export type OidcProvider = 'create' | 'existing';

/** HTTPS callbacks into queues: API Gateway REST → SQS. */
export interface CallbackReceiverSettings {
  /** First segment of the callbacks' URLs: at most 128 letters, digits, `_` and `-`. @default v1 */
  readonly stageName?: string;
  /** @default 100 requests a second, bursts of 200 */
  readonly throttling?: Throttling;
  /** Takes the `execute-api` address out of service, for senders that come through a custom domain. @default false */
  readonly disableExecuteApiEndpoint?: boolean;
  /** At least one. */
  readonly callbacks: readonly CallbackSettings[];
}

export interface CallbackSettings {
  /** A letter, then lower-case letters, digits and single hyphens; names the queue `<environment>-<name>`. */
  readonly name: string;
  /**
   * With its leading slash, without the stage: `/bizppurio/delivery-results`. Segments are letters, digits, `.`, `_`
   * and `-`; there are no path variables, and `/ping` and `/sping` are API Gateway's own.
   */
  readonly path: string;
  /**
   * IPv4 and IPv6 CIDR blocks that may call, without host bits and none within another; `0.0.0.0/0` lets in all of
   * IPv4, and must be written to do so. All lists together must fit the 8,192 characters of the API's policy.
   */
  readonly allowList: readonly string[];
  /**
   * What a JSON body must satisfy: JSON schema, draft 4, in the keywords that API Gateway takes, at most 400 KB.
   * Other bodies are not checked.
   */
  readonly schema: JsonSchema;
  /** Bodies of other types are refused with 415. @default JSON only */
  readonly contentTypes?: readonly ContentType[];
  /** Request headers that become message attributes, at most six; none that carries a credential. @default none */
  readonly headerAttributes?: readonly HeaderAttribute[];
  /** @default an empty body */
  readonly response?: AcceptedResponse;
  /** @default a standard queue of this stack */
  readonly queue?: CallbackQueueSettings;
}

export type CallbackQueueSettings =
  | (QueueSettings & { readonly kind: 'standard' })
  | (QueueSettings & {
      readonly kind: 'fifo';
      readonly messageGroupId: CallbackIdSource;
      /** @default the request's id: each request is a message of its own */
      readonly messageDeduplicationId?: CallbackIdSource;
    })
  /** A queue of the region that someone else owns. */
  | {
      readonly kind: 'existing';
      readonly arn: string;
      /** The customer managed key that encrypts it: a key of the region, not an alias. @default none */
      readonly keyArn?: string;
      /** Needed when the queue is FIFO. */
      readonly messageGroupId?: CallbackIdSource;
      /** @default the request's id, when the queue is FIFO */
      readonly messageDeduplicationId?: CallbackIdSource;
    };

/** What a message group or deduplication id is taken from; SQS takes 1 to 128 visible ASCII characters. */
export type CallbackIdSource =
  | { readonly from: 'constant'; readonly value: string }
  /** A request header, which thereby becomes required. */
  | { readonly from: 'header'; readonly name: string }
  /** A top-level string of the body, which the schema must require; only for callbacks that take nothing but JSON. */
  | { readonly from: 'body'; readonly field: string };

export interface QueueSettings {
  /** Longest time a consumer may take with one batch, in seconds, 1 to 7,200. @default 30 */
  readonly consumerTimeoutSeconds?: number;
  /**
   * Deliveries before a message goes to the dead-letter queue, 1 to 1,000. A subscriber that answers 5xx or too late
   * uses them up, one each visibility timeout of six times `consumerTimeoutSeconds`.
   * @default 5; behind a pipe as many as last through a day's outage of the subscriber
   */
  readonly maxReceiveCount?: number;
  /** How long a message waits for its consumer, 1 to 13 days. @default 7 */
  readonly retentionDays?: number;
}

/** Messages of WebSocket clients, answered on the same connection: API Gateway WebSocket → SQS → Lambda. */
export interface WebSocketReplySettings {
  /** Path of the WebSocket URL: at most 128 letters, digits, `_` and `-`. @default v1 */
  readonly stageName?: string;
  /** @default 100 messages a second, bursts of 200 */
  readonly throttling?: Throttling;
  /** A `$connect` route with this authorization. @default no such route: everyone may connect */
  readonly connectAuthorization?: 'NONE' | 'AWS_IAM';
  /** @default FIFO, grouped by the body's `MessageGroupId` */
  readonly queue?: WebSocketQueueSettings;
  /** How long the reply function may take with a batch, in seconds, 1 to 900. @default 30 */
  readonly functionTimeoutSeconds?: number;
  /** 128 to 10,240. @default 256 */
  readonly functionMemoryMegabytes?: number;
  /** Batches in flight at once, 2 to 1,000; as many executions are reserved for the function. @default 10 */
  readonly maximumConcurrency?: number;
}

export type WebSocketQueueSettings = Omit<QueueSettings, 'consumerTimeoutSeconds'> &
  (
    | {
        readonly kind: 'fifo';
        /** @default the body's field `MessageGroupId` */
        readonly messageGroupId?: WebSocketGroupSource;
        /** @default the request's id: each message counts */
        readonly messageDeduplicationId?: { readonly from: 'body'; readonly field: string };
      }
    | { readonly kind: 'standard' }
  );

export type WebSocketGroupSource =
  | { readonly from: 'constant'; readonly value: string }
  /** Each connection is a group: in order for its client, side by side for all others. */
  | { readonly from: 'connection' }
  | { readonly from: 'body'; readonly field: string };

/** Messages of queues, delivered to subscribers: SQS → EventBridge Pipe → server or function. */
export interface SubscriberPipeSettings {
  /** At least one. */
  readonly subscriptions: readonly SubscriptionSettings[];
}

export interface SubscriptionSettings {
  /** A letter, then lower-case letters, digits and single hyphens; names the pipe `<environment>-<name>`. */
  readonly name: string;
  readonly source: /** The queue of a callback of this environment, by the callback's name. */
    | { readonly callback: string }
    /** Any queue of the region; a queue has one consumer. */
    | {
        readonly queueArn: string;
        /** The customer managed key that encrypts it. @default none */
        readonly keyArn?: string;
      };
  readonly subscriber: SubscriberSettings;
  /** Event patterns, at most five of 4,096 characters: a message that matches none of them is deleted. @default all are delivered */
  readonly filter?: readonly EventPattern[];
  /**
   * What a message is turned into, as an EventBridge Pipes input template of at most 8,192 characters; not for
   * `s3-archive`.
   * @default for HTTPS `{"messageId":…,"data":<the body>}`, for a function the SQS record itself
   */
  readonly inputTemplate?: string;
}

export type SubscriberSettings =
  | {
      readonly kind: 'https';
      /** `https://` on a public host, its path included, without user info, fragment or `*`; at most 2,048 characters. */
      readonly url: string;
      /** @default POST */
      readonly method?: 'POST' | 'PUT' | 'PATCH';
      readonly authorization: HttpsAuthorization;
      /** Deliveries a second at most, 1 to 300. @default 10 */
      readonly rateLimitPerSecond?: number;
      /** Further headers of each delivery; none that carries a credential. @default none */
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** A function that someone else owns, in this account and region. */
  | { readonly kind: 'lambda'; readonly functionArn: string }
  /** The ready function that writes each message to a bucket of this stack. */
  | {
      readonly kind: 's3-archive';
      /** Field of the JSON body that names the object, which the callback's schema must require. @default the SQS message id does */
      readonly messageKeyField?: string;
    };
