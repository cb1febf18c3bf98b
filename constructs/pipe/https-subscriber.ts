import { CloudwatchEventApiDestination } from '@cdktf/provider-aws/lib/cloudwatch-event-api-destination';
import { CloudwatchEventConnection } from '@cdktf/provider-aws/lib/cloudwatch-event-connection';
import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { literal } from '../../synthesis/literal';
import { apiDestinationArn } from '../iam/arn';
import { placementOf } from '../iam/placement';
import type { ServiceRole } from '../iam/service-role';
import type { Subscriber } from './subscriber';

/** How the subscriber knows that a delivery is ours. The secret is never here: it is a sensitive Terraform variable. */
export type HttpsAuthorization =
  /** A secret in a header. */
  | { readonly kind: 'api-key'; readonly header: string }
  | { readonly kind: 'basic'; readonly username: string }
  | {
      readonly kind: 'oauth-client-credentials';
      /** Where EventBridge fetches tokens. */
      readonly tokenUrl: string;
      readonly clientId: string;
      /** @default none */
      readonly scope?: string;
    };

export interface HttpsSubscriberProps {
  /** Full name; EventBridge allows 64 characters. */
  readonly name: string;
  /** `https://` address of the subscriber, its path included. */
  readonly url: string;
  /** @default POST */
  readonly method?: 'POST' | 'PUT' | 'PATCH' | undefined;
  readonly authorization: HttpsAuthorization;
  /** Deliveries a second at most, 1 to 300; more messages wait in the queue. */
  readonly rateLimitPerSecond: number;
  /** Further headers of each delivery; its Content-Type is JSON's. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * An HTTPS server as subscriber, through an API destination: one message a delivery, answered within five seconds.
 * Its secret is the variable `<construct path>_secret`, given as `TF_VAR_…` or as a sensitive workspace variable.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export class HttpsSubscriber extends Construct implements Subscriber {
  readonly targetArn: string;
  readonly batchSize = 1;
  /**
   * The body as the value of a field, and the id by which a repeated delivery is known. The body cannot be the whole
   * template: Pipes drop the quotes of a JSON body that stands alone.
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
   */
  readonly defaultInputTemplate = '{"messageId":<$.messageId>,"data":<$.body>}';
  readonly targetParameters: Subscriber['targetParameters'];
  readonly ready = [];
  readonly #grantedArn: string;

  constructor(scope: Construct, id: string, props: HttpsSubscriberProps) {
    super(scope, id);
    const secret = new TerraformVariable(this, 'secret', {
      type: 'string',
      sensitive: true,
      nullable: false,
      description: `${secretNames[props.authorization.kind]} that deliveries of ${props.name} carry`,
    });
    const connection = new CloudwatchEventConnection(this, 'connection', {
      name: props.name,
      description: `How deliveries of ${props.name} are authorized`,
      ...authorizationAttributes(props.authorization, secret.stringValue),
    });
    const destination = new CloudwatchEventApiDestination(this, 'destination', {
      name: props.name,
      description: `Deliveries of ${props.name}`,
      connectionArn: connection.arn,
      httpMethod: props.method ?? 'POST',
      invocationEndpoint: literal(props.url),
      invocationRateLimitPerSecond: props.rateLimitPerSecond,
    });
    this.targetArn = destination.arn;
    this.targetParameters =
      Object.keys(props.headers).length > 0
        ? { httpParameters: { headerParameters: literals(props.headers) } }
        : {};
    this.#grantedArn = apiDestinationArn(placementOf(this), props.name);
  }

  grantDeliver(role: ServiceRole): void {
    role.grant({
      sid: 'DeliverToTheSubscriber',
      actions: ['events:InvokeApiDestination'],
      resources: [this.#grantedArn],
    });
  }
}

const literals = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, literal(value)]));

const secretNames = {
  'api-key': 'The API key',
  basic: 'The password',
  'oauth-client-credentials': 'The client secret',
} as const;

function authorizationAttributes(authorization: HttpsAuthorization, secret: string) {
  switch (authorization.kind) {
    case 'api-key':
      return {
        authorizationType: 'API_KEY',
        authParameters: { apiKey: { key: literal(authorization.header), value: secret } },
      };
    case 'basic':
      return {
        authorizationType: 'BASIC',
        authParameters: { basic: { username: literal(authorization.username), password: secret } },
      };
    case 'oauth-client-credentials':
      return {
        authorizationType: 'OAUTH_CLIENT_CREDENTIALS',
        authParameters: {
          oauth: {
            authorizationEndpoint: literal(authorization.tokenUrl),
            httpMethod: 'POST',
            clientParameters: { clientId: literal(authorization.clientId), clientSecret: secret },
            oauthHttpParameters: {
              body: [
                { key: 'grant_type', value: 'client_credentials', isValueSecret: false },
                ...(authorization.scope
                  ? [{ key: 'scope', value: literal(authorization.scope), isValueSecret: false }]
                  : []),
              ],
            },
          },
        },
      };
  }
}
