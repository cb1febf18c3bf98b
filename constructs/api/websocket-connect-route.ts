import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2IntegrationResponse } from '@cdktf/provider-aws/lib/apigatewayv2-integration-response';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import { Apigatewayv2RouteResponse } from '@cdktf/provider-aws/lib/apigatewayv2-route-response';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

export interface ConnectRouteProps {
  readonly apiId: string;
  readonly authorization: 'NONE' | 'AWS_IAM';
}

/** `$connect`, there for its authorization: a mock integration accepts whoever passes that. */
export class ConnectRoute extends Construct {
  readonly complete: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { apiId, authorization }: ConnectRouteProps) {
    super(scope, id);
    const integration = new Apigatewayv2Integration(this, 'integration', {
      apiId,
      integrationType: 'MOCK',
      templateSelectionExpression: '200',
      requestTemplates: { '200': '{"statusCode":200}' },
    });
    const route = new Apigatewayv2Route(this, 'Resource', {
      apiId,
      routeKey: '$connect',
      authorizationType: authorization,
      target: `integrations/${integration.id}`,
      // Without it the route is one-way, and the responses below count for nothing.
      routeResponseSelectionExpression: '$default',
    });
    // A mock integration without both responses answers the handshake with 500.
    this.complete = [
      new Apigatewayv2IntegrationResponse(this, 'integration-response', {
        apiId,
        integrationId: integration.id,
        integrationResponseKey: '$default',
      }),
      new Apigatewayv2RouteResponse(this, 'route-response', {
        apiId,
        routeId: route.id,
        routeResponseKey: '$default',
      }),
    ];
  }
}
