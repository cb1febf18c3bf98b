import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2IntegrationResponse } from '@cdktf/provider-aws/lib/apigatewayv2-integration-response';
import { Apigatewayv2Model } from '@cdktf/provider-aws/lib/apigatewayv2-model';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import { Apigatewayv2RouteResponse } from '@cdktf/provider-aws/lib/apigatewayv2-route-response';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { canonicalJson } from '../../synthesis/canonical-json';
import { literal } from '../../synthesis/literal';
import { sqsIntegrationUri } from '../iam/arn';
import { placementOf } from '../iam/placement';
import type { ServiceRole } from '../iam/service-role';
import type { Queue } from '../queue/queue';
import { acknowledgements } from './acknowledgement';
import { type FieldSource, sendMessageTemplate } from './send-message-template';

export interface MessageRouteSettings {
  /** @default none: a standard queue needs none */
  readonly messageGroupId?: FieldSource | undefined;
  /** @default none: a standard queue needs none */
  readonly messageDeduplicationId?: FieldSource | undefined;
  /** Answers each message at once, whether SQS has it or not. @default false: only what API Gateway refuses is told */
  readonly acknowledgement?: boolean | undefined;
}

export interface WebSocketMessageRouteProps extends MessageRouteSettings {
  readonly apiId: string;
  readonly queue: Queue;
  readonly role: ServiceRole;
}

/**
 * The `$default` route: each message goes to the queue with the ids that its reply needs. A message whose group or
 * deduplication id is missing or is not one to SQS is refused to the client and never sent.
 */
export class WebSocketMessageRoute extends Construct {
  readonly complete: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WebSocketMessageRouteProps) {
    super(scope, id);
    const { apiId, queue, role } = props;
    const integration = new Apigatewayv2Integration(this, 'integration', {
      apiId,
      integrationType: 'AWS',
      integrationMethod: 'POST',
      integrationUri: sqsIntegrationUri(placementOf(this), queue.accountId, queue.name),
      credentialsArn: role.resource.arn,
      requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
      passthroughBehavior: 'NEVER',
      templateSelectionExpression: '\\$default',
      requestTemplates: { $default: template(props) },
      dependsOn: [...queue.grantSend(role)],
    });
    const model = this.#model(props);
    const route = new Apigatewayv2Route(this, 'Resource', {
      apiId,
      routeKey: '$default',
      target: `integrations/${integration.id}`,
      ...(model && { modelSelectionExpression: '\\$default', requestModels: { $default: model.name } }),
      // Without it the route is one-way, and answers nothing whatever its responses are.
      ...(props.acknowledgement && { routeResponseSelectionExpression: '$default' }),
    });
    this.complete = [
      route,
      ...(props.acknowledgement
        ? this.#responses(apiId, integration.id, route.id)
        : [
            // An integration that is no proxy needs one, though this route sends nothing back by itself.
            new Apigatewayv2IntegrationResponse(this, 'integration-response', {
              apiId,
              integrationId: integration.id,
              integrationResponseKey: '$default',
            }),
          ]),
    ];
  }

  #responses(apiId: string, integrationId: string, routeId: string): readonly ITerraformDependable[] {
    return [
      ...acknowledgements.map(
        ({ key, template: answer }) =>
          new Apigatewayv2IntegrationResponse(
            this,
            key === '$default' ? 'integration-response' : 'integration-response-accepted',
            {
              apiId,
              integrationId,
              integrationResponseKey: literal(key),
              templateSelectionExpression: '\\$default',
              responseTemplates: { $default: literal(answer) },
            },
          ),
      ),
      new Apigatewayv2RouteResponse(this, 'route-response', {
        apiId,
        routeId,
        routeResponseKey: '$default',
      }),
    ];
  }

  #model({ apiId, messageGroupId, messageDeduplicationId }: WebSocketMessageRouteProps) {
    const fields = [messageGroupId, messageDeduplicationId].flatMap((source) =>
      source && 'bodyField' in source ? [source.bodyField] : [],
    );
    if (fields.length === 0) return undefined;
    return new Apigatewayv2Model(this, 'model', {
      apiId,
      name: 'Message',
      description: 'A message that SQS can take: its ids are in the body',
      contentType: 'application/json',
      schema: literal(canonicalJson(messageSchema(fields))),
    });
  }
}

const template = ({ messageGroupId, messageDeduplicationId }: WebSocketMessageRouteProps) =>
  sendMessageTemplate({
    body: { body: 'raw' },
    messageGroupId,
    messageDeduplicationId,
    // What the reply function reads.
    attributes: [
      { name: 'connectionId', source: { context: 'connectionId' } },
      { name: 'requestId', source: { context: 'requestId' } },
    ],
  });

/**
 * An object whose `fields` are ids to SQS: 1 to 128 of the visible ASCII characters.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const messageSchema = (fields: readonly string[]) => ({
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  required: fields,
  properties: Object.fromEntries(
    fields.map((field) => [field, { type: 'string', pattern: '^[!-~]{1,128}$' }]),
  ),
});
