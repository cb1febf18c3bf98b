import { textOf, valueAt } from '../reading/fields';
import { means, type RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';

const typeOf = (route: RuleResource) => textOf(route, 'authorization_type') ?? 'NONE';

export const routeAuthorization: Rule = {
  id: 'route-authorization',
  title: 'A WebSocket API asks who connects, and an HTTP API who calls',
  scanners: ['CKV_AWS_309', 'APIGateway.8', 'AwsSolutions-APIG4'],
  protects: 'Everyone on the internet may open connections, and put messages on the queue through them.',
  fix: "set websocketReply.connectAuthorization: 'AWS_IAM', or jwt of the HTTP callback",
  differs:
    'API Gateway authorizes the connection, not each message: of a WebSocket API it asks for the route ' +
    '$connect, whose ' +
    'absence lets everyone connect. The API itself is named then.',
  types: ['aws_apigatewayv2_api', 'aws_apigatewayv2_route'],
  problems(resource) {
    if (resource.type === 'aws_apigatewayv2_api') {
      const connects = resource.stack
        .resources('aws_apigatewayv2_route')
        .some(
          (route) => means(valueAt(route, 'api_id'), resource) && textOf(route, 'route_key') === '$connect',
        );
      return when(
        textOf(resource, 'protocol_type') === 'WEBSOCKET' && !connects,
        'it has no route $connect: everyone may connect',
      );
    }
    const api = resource.stack
      .resources('aws_apigatewayv2_api')
      .find((candidate) => means(valueAt(resource, 'api_id'), candidate));
    const concerned =
      (api && textOf(api, 'protocol_type') === 'HTTP') || textOf(resource, 'route_key') === '$connect';
    return when(
      concerned && typeOf(resource) === 'NONE',
      'authorization_type is NONE: everyone gets through',
    );
  },
};
