import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { HttpCallbackRoute, type HttpCallbackRouteProps } from './http-callback-route';

export type HttpCallbackProps = Omit<HttpCallbackRouteProps, 'apiId'>;

/** Which web pages may post. */
export interface Cors {
  /** `https://` origins, or `*`. */
  readonly allowOrigins: readonly string[];
  /** Beside those that the callbacks themselves read. @default none */
  readonly allowHeaders?: readonly string[] | undefined;
  /** How long a browser may keep the answer, in seconds. */
  readonly maxAgeSeconds: number;
}

export interface HttpCallbackApiProps {
  /** Full name. */
  readonly name: string;
  readonly description: string;
  /** Takes the `execute-api` address out of service, for callers that come through a custom domain. @default false */
  readonly disableExecuteApiEndpoint?: boolean | undefined;
  /** @default no page may */
  readonly cors?: Cors | undefined;
  readonly callbacks: readonly HttpCallbackProps[];
}

/** An HTTP API whose routes each send to a queue. Whoever reaches it may call, but for routes that ask for a token. */
export class HttpCallbackApi extends Construct {
  readonly id: string;
  readonly name: string;
  /** What a stage must wait for. */
  readonly complete: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: HttpCallbackApiProps) {
    super(scope, id);
    const { cors, callbacks } = props;
    const api = new Apigatewayv2Api(this, 'Resource', {
      name: props.name,
      description: props.description,
      protocolType: 'HTTP',
      disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? false,
      ...(cors && {
        // API Gateway then answers each OPTIONS request by itself, whatever the routes are.
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
        corsConfiguration: {
          allowOrigins: [...cors.allowOrigins],
          allowMethods: ['POST'],
          allowHeaders: [
            ...new Set([...headersOf(callbacks), ...(cors.allowHeaders ?? [])].map(lower)),
          ].sort(),
          maxAge: cors.maxAgeSeconds,
        },
      }),
    });
    this.id = api.id;
    this.name = props.name;
    this.complete = callbacks.flatMap(
      (callback) =>
        new HttpCallbackRoute(this, `${callback.name}-route`, { ...callback, apiId: api.id }).complete,
    );
  }
}

const lower = (text: string) => text.toLowerCase();

/** Without these a page could not post at all. */
const headersOf = (callbacks: readonly HttpCallbackProps[]): readonly string[] => [
  'content-type',
  ...callbacks.flatMap(({ jwt, messageGroupId, messageDeduplicationId }) => [
    ...(jwt ? ['authorization'] : []),
    ...[messageGroupId, messageDeduplicationId].flatMap((source) =>
      source && 'header' in source ? [source.header] : [],
    ),
  ]),
];
