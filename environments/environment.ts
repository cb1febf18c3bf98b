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
  /**
   * Who holds the keys of queues, logs and functions' variables: AWS's services, or the account, with one KMS key a
   * stack. @default sqs-managed
   */
  readonly encryption?: 'sqs-managed' | 'customer-key';
  /** How long logs are kept, in days: one of the values that CloudWatch Logs has. @default 30 */
  readonly logRetentionDays?: number;
  /**
   * SNS topic of the same region that alarms notify; with `monitoring` a standard topic of the account, which CloudWatch
   * and EventBridge may publish to. @default they only change their state, or notify a topic that `monitoring` makes
   */
  readonly alarmTopicArn?: string;
  /**
   * Sets the role as which API Gateway writes the logs of REST and WebSocket APIs, which the account has once a region: leave it out where someone
   * else sets it, another environment included. Without one in the account, a stage with logs cannot be deployed;
   * destroying the stack that sets it ends the logs of every API of the account in the region. @default false
   */
  readonly manageAccountLogging?: boolean;
  /** Alarms on every part, the topic that they notify, and a dashboard. @default the two alarms that each queue has */
  readonly monitoring?: MonitoringSettings;
  readonly callbackReceiver?: CallbackReceiverSettings;
  readonly httpCallbackReceiver?: HttpCallbackReceiverSettings;
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

/**
 * A stack with one dashboard and, where the environment gives no `alarmTopicArn`, an encrypted SNS topic
 * `<environment>-alarms`; the alarms themselves are in the stacks of what they watch.
 */
export interface MonitoringSettings {
  /** What an alarm goes off above. */
  readonly thresholds?: AlarmThresholds;
}

export interface AlarmThresholds {
  /** Age of a queue's oldest message, in minutes, 1 to 1,440. @default 15 */
  readonly oldestMessageMinutes?: number;
  /** Share of an API's requests that are answered with 5xx, in percent, 0 to 100. @default 1 */
  readonly serverErrorPercent?: number;
  /** Share of an API's requests that are answered with 4xx, in percent, 0 to 100. @default 10 */
  readonly clientErrorPercent?: number;
  /** Slowest hundredth of an API's calls of SQS, in milliseconds, 1 to 30,000. @default 2,000 */
  readonly integrationLatencyMilliseconds?: number;
  /** Requests that an API's throttling refused in a minute. @default 0 */
  readonly throttledRequests?: number;
  /** How long messages may wait before a pipe that takes none of them counts as stopped, in minutes, 5 to 1,440. @default 15 */
  readonly pipeStoppedMinutes?: number;
}

/**
 * An own name for an API: a regional domain with TLS 1.2 or newer, one path of which is the stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
export interface DomainSettings {
  /** Such as `gw.example.com`; of one API only, and without a given certificate at most 64 characters. */
  readonly name: string;
  /**
   * What comes before the API's own paths, without slashes at its ends: `events`, or `in/events`, which AWS takes for
   * REST and HTTP APIs only. @default nothing
   */
  readonly basePath?: string;
  /**
   * ARN of an ACM certificate of the account and region.
   * @default one is made, and proven through a record in the hosted zone, which must then be given
   */
  readonly certificateArn?: string;
  /** Id of the public Route 53 zone that gets the domain's records. @default none: point the name at the output's target yourself */
  readonly hostedZoneId?: string;
  /**
   * Callers must show a certificate (mutual TLS) of one of the authorities in this file; not for WebSocket APIs. The
   * `execute-api` address must then be out of service. A certificate that was imported into ACM, or is of a private
   * authority, would need a second one that proves whose the name is: take one that ACM has issued.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
   * @default they need none
   */
  readonly mutualTls?: {
    /** `s3://bucket/key` of a PEM file in a versioned bucket. */
    readonly truststoreUri: string;
    /** The object's version. @default the newest as it is deployed */
    readonly truststoreVersion?: string;
  };
}

/** HTTPS callbacks into queues: API Gateway REST → SQS. */
export interface CallbackReceiverSettings {
  /** First segment of the callbacks' URLs: at most 128 letters, digits, `_` and `-`. @default v1 */
  readonly stageName?: string;
  /** @default 100 requests a second, bursts of 200 */
  readonly throttling?: Throttling;
  /** @default the `execute-api` address alone */
  readonly domain?: DomainSettings;
  /** Takes the `execute-api` address out of service, for senders that come through a custom domain. @default false */
  readonly disableExecuteApiEndpoint?: boolean;
  /** ARN of a regional WAF web ACL of this account that looks at each request first. @default none */
  readonly webAclArn?: string;
  /**
   * Makes the API private: it is reached through these interface endpoints for `execute-api` alone, and the allow-lists
   * hold addresses of their VPCs. @default a regional API on the internet
   */
  readonly privateEndpoint?: {
    /** `vpce-…`, at least one. */
    readonly vpcEndpointIds: readonly string[];
  };
  /** An output with what an nginx in front of a server needs to send each request to the queue too. @default none */
  readonly nginxMirror?: {
    /** Addresses of the DNS servers that nginx asks. @default 169.254.169.253, the resolver of every VPC */
    readonly resolvers?: readonly string[];
  };
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
  /**
   * Types whose bodies are no text, such as `application/pdf`: the message is the body in base64, which makes it a third
   * longer, and its attribute `bodyEncoding` says so. @default they are refused with 415
   */
  readonly binaryContentTypes?: readonly string[];
  /** What a caller must prove beside its address. @default nothing */
  readonly authorization?: CallbackAuthorization;
  /**
   * Callers must send a key of this callback's own in `X-Api-Key`, under a usage plan. A key meters and tells callers apart:
   * it opens every callback of the API that asks for one. @default none
   */
  readonly apiKey?: ApiKeySettings;
  /** Request headers that become message attributes, at most six; none that carries a credential. @default none */
  readonly headerAttributes?: readonly HeaderAttribute[];
  /** @default an empty body */
  readonly response?: AcceptedResponse;
  /** @default a standard queue of this stack */
  readonly queue?: CallbackQueueSettings;
}

export type CallbackAuthorization =
  /** Requests are signed with AWS credentials (Signature Version 4) of one of these roles; in another account it needs leave there too. */
  | { readonly kind: 'aws-iam'; readonly callerRoleArns: readonly string[] }
  /**
   * A function checks a signature over time, method, path and the body's digest, with a secret that the sender has too.
   * API Gateway gives authorizers no body: whoever takes the message compares its digest with the attribute `bodySha256`.
   */
  | {
      readonly kind: 'hmac';
      /** The Secrets Manager secret, a text of at least 32 characters; its previous version counts too, for rotation. */
      readonly secretArn: string;
      /** The customer managed key that encrypts it. @default AWS's own */
      readonly keyArn?: string;
      /** How old, or ahead, a request's time may be, in seconds, 1 to 900. @default 300 */
      readonly toleranceSeconds?: number;
    };

export interface ApiKeySettings {
  /** @default the stage's */
  readonly throttling?: Throttling;
  /** @default none */
  readonly quota?: { readonly requests: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' };
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
  /**
   * Roles of other accounts that consume the queue; an output has what their own policies must say.
   * @default none
   */
  readonly consumerRoleArns?: readonly string[];
}

/**
 * HTTPS callbacks into queues: API Gateway HTTP API → SQS, for a third of the price of a REST API, and without allow-lists,
 * validation of bodies, models and responses of one's own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
 */
export interface HttpCallbackReceiverSettings {
  /** First segment of the callbacks' URLs: at most 128 letters, digits, `_` and `-`. @default v1 */
  readonly stageName?: string;
  /** @default 100 requests a second, bursts of 200 */
  readonly throttling?: Throttling;
  /** @default the `execute-api` address alone */
  readonly domain?: DomainSettings;
  /** Takes the `execute-api` address out of service, for senders that come through a custom domain. @default false */
  readonly disableExecuteApiEndpoint?: boolean;
  /** Which web pages may post. @default none */
  readonly cors?: {
    /** `https://` origins, or `*`. */
    readonly allowOrigins: readonly string[];
    /** Beside `Content-Type` and the headers that callbacks read: `Authorization`, and those of ids. @default none */
    readonly allowHeaders?: readonly string[];
    /** How long a browser may keep the answer, in seconds, up to 86,400. @default 300 */
    readonly maxAgeSeconds?: number;
  };
  /** 1 to 300. */
  readonly callbacks: readonly HttpCallbackSettings[];
}

export interface HttpCallbackSettings {
  /** A letter, then lower-case letters, digits and single hyphens; names the queue `<environment>-<name>`. No REST callback has it. */
  readonly name: string;
  /** With its leading slash, without the stage. */
  readonly path: string;
  /** Callers send a token of this issuer. @default anyone may call: the consumer must know its senders */
  readonly jwt?: JwtSettings;
  /**
   * Ids from the body are looked for in its first 100 KB, and nothing makes sure that they are there: a request without
   * is refused. Constant ids are without `$`, and names of headers without dots.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html
   * @default a standard queue of this stack
   */
  readonly queue?: CallbackQueueSettings;
}

export interface JwtSettings {
  /** `https://` address whose `/.well-known/openid-configuration` says how tokens are signed. */
  readonly issuer: string;
  /** 1 to 50, as the issuer writes them into `aud`. */
  readonly audience: readonly string[];
  /** 1 to 10, of which one must be in the token. @default any */
  readonly scopes?: readonly string[];
}

/** Messages of WebSocket clients, answered on the same connection: API Gateway WebSocket → SQS → Lambda. */
export interface WebSocketReplySettings {
  /** Path of the WebSocket URL: at most 128 letters, digits, `_` and `-`. @default v1 */
  readonly stageName?: string;
  /** @default 100 messages a second, bursts of 200 */
  readonly throttling?: Throttling;
  /** @default the `execute-api` address alone */
  readonly domain?: DomainSettings;
  /**
   * Takes the `execute-api` address out of service: clients come, and replies go, through the domain, which must be
   * given. @default false
   */
  readonly disableExecuteApiEndpoint?: boolean;
  /**
   * Answers each message at once: `{"accepted":true,"requestId":…}` as SQS has it, else why not. @default only the
   * function's reply comes, and what API Gateway refuses by itself
   */
  readonly acknowledgement?: boolean;
  /** A `$connect` route with this authorization. @default no such route: everyone may connect */
  readonly connectAuthorization?: 'NONE' | 'AWS_IAM';
  /** With a `maxReceiveCount` of 2 at least. @default FIFO, grouped by the body's `MessageGroupId` */
  readonly queue?: WebSocketQueueSettings;
  /** How long the reply function may take with a batch, in seconds, 6 to 900. @default 30 */
  readonly functionTimeoutSeconds?: number;
  /** 128 to 10,240. @default 256 */
  readonly functionMemoryMegabytes?: number;
  /** Batches in flight at once, 2 to 1,000; as many executions are reserved for the function. @default 10 */
  readonly maximumConcurrency?: number;
}

export type WebSocketQueueSettings = Omit<QueueSettings, 'consumerTimeoutSeconds' | 'consumerRoleArns'> &
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
