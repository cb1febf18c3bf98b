import { Apigatewayv2Authorizer } from '@cdktf/provider-aws/lib/apigatewayv2-authorizer';
import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ServiceRole } from '../iam/service-role';
import type { Queue } from '../queue/queue';
import { type ParameterSource, sendMessageParameters } from './send-message-parameters';

/** Whose tokens let a caller in. */
export interface JwtAuthorization {
  /** `https://` address whose `/.well-known/openid-configuration` says how tokens are signed. */
  readonly issuer: string;
  readonly audience: readonly string[];
  /** One of these must be in the token. @default any */
  readonly scopes?: readonly string[] | undefined;
}

export interface HttpCallbackRouteProps {
  readonly apiId: string;
  /** Name without prefix. */
  readonly name: string;
  /** With its leading slash; segments may nest. */
  readonly path: string;
  /** @default anyone may call */
  readonly jwt?: JwtAuthorization | undefined;
  readonly messageGroupId?: ParameterSource | undefined;
  readonly messageDeduplicationId?: ParameterSource | undefined;
  readonly queue: Queue;
  /** The role as which the message is sent; it is granted sending here. */
  readonly role: ServiceRole;
}

/** POST on one path of an HTTP API: its body goes to one queue, and SQS's answer back to the caller as it is. */
export class HttpCallbackRoute extends Construct {
  /** What a stage must wait for. */
  readonly complete: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: HttpCallbackRouteProps) {
    super(scope, id);
    const { apiId, queue, role, jwt } = props;
    const integration = new Apigatewayv2Integration(this, 'integration', {
      apiId,
      integrationType: 'AWS_PROXY',
      integrationSubtype: 'SQS-SendMessage',
      // The subtype's version. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
      payloadFormatVersion: '1.0',
      credentialsArn: role.resource.arn,
      requestParameters: sendMessageParameters({ ...props, queueUrl: queue.url }),
      // The first message must not arrive before it may be sent.
      dependsOn: [...queue.grantSend(role)],
    });
    const authorizer = jwt && this.#authorizer(props.name, apiId, jwt);
    const route = new Apigatewayv2Route(this, 'Resource', {
      apiId,
      routeKey: `POST ${props.path}`,
      target: `integrations/${integration.id}`,
      authorizationType: authorizer ? 'JWT' : 'NONE',
      ...(authorizer && { authorizerId: authorizer.id }),
      ...(jwt?.scopes && { authorizationScopes: [...jwt.scopes] }),
    });
    this.complete = [route];
  }

  #authorizer(name: string, apiId: string, { issuer, audience }: JwtAuthorization) {
    return new Apigatewayv2Authorizer(this, 'authorizer', {
      apiId,
      name,
      authorizerType: 'JWT',
      identitySources: ['$request.header.Authorization'],
      jwtConfiguration: { issuer, audience: [...audience] },
      // A callback that asks for no token any more lets go of it before it is deleted.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
