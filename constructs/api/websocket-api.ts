import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ServiceRole } from '../iam/service-role';
import type { Queue } from '../queue/queue';
import { ConnectRoute } from './websocket-connect-route';
import { type MessageRouteSettings, WebSocketMessageRoute } from './websocket-message-route';

export interface WebSocketApiProps extends MessageRouteSettings {
  /** Full name. */
  readonly name: string;
  readonly description: string;
  /** Who may open a connection. @default no `$connect` route: everyone may */
  readonly connectAuthorization?: 'NONE' | 'AWS_IAM' | undefined;
  /**
   * Takes the `execute-api` address out of service, that of `@connections` too: clients come, and replies go, through
   * a custom domain. @default false
   */
  readonly disableExecuteApiEndpoint?: boolean | undefined;
  readonly queue: Queue;
  /** The role as which messages are sent; it is granted sending here. */
  readonly role: ServiceRole;
}

/** A WebSocket API that puts each message of its clients on a queue. */
export class WebSocketApi extends Construct {
  readonly id: string;
  readonly name: string;
  /** What a deployment must wait for. */
  readonly complete: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WebSocketApiProps) {
    super(scope, id);
    const api = new Apigatewayv2Api(this, 'Resource', {
      name: props.name,
      description: props.description,
      protocolType: 'WEBSOCKET',
      // There is one route for messages, so that whatever this selects falls to `$default`.
      routeSelectionExpression: '$request.body.action',
      ...(props.disableExecuteApiEndpoint && { disableExecuteApiEndpoint: true }),
    });
    this.id = api.id;
    this.name = props.name;
    const messages = new WebSocketMessageRoute(this, 'default-route', { ...props, apiId: api.id });
    const connect =
      props.connectAuthorization &&
      new ConnectRoute(this, 'connect-route', { apiId: api.id, authorization: props.connectAuthorization });
    this.complete = [...messages.complete, ...(connect?.complete ?? [])];
  }
}
