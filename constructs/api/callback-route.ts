import { ApiGatewayIntegration } from '@cdktf/provider-aws/lib/api-gateway-integration';
import { ApiGatewayIntegrationResponse } from '@cdktf/provider-aws/lib/api-gateway-integration-response';
import { ApiGatewayMethod } from '@cdktf/provider-aws/lib/api-gateway-method';
import { ApiGatewayMethodResponse } from '@cdktf/provider-aws/lib/api-gateway-method-response';
import { ApiGatewayModel } from '@cdktf/provider-aws/lib/api-gateway-model';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { canonicalJson } from '../../synthesis/canonical-json';
import { literal } from '../../synthesis/literal';
import { sqsIntegrationUri } from '../iam/arn';
import { placementOf } from '../iam/placement';
import type { ServiceRole } from '../iam/service-role';
import { sidPart } from '../iam/statement';
import type { Queue } from '../queue/queue';
import { type AcceptedResponse, integrationResponses } from './integration-responses';
import { type MethodAuthorization, noAuthorization } from './method-authorization';
import { type FieldSource, sendMessageTemplate } from './send-message-template';
import { bodyEncoding, signedBodyAttribute, standardAttributes } from './standard-attributes';

/** Content types whose body is sent on as it is. */
export type ContentType = 'application/json' | 'application/x-www-form-urlencoded' | 'text/plain';

/** A request header that becomes a message attribute. */
export interface HeaderAttribute {
  readonly header: string;
  /** Name of the attribute. */
  readonly attribute: string;
  /** Requests without it are refused with 400. @default false: the attribute is left out */
  readonly required?: boolean;
}

/** JSON schema, draft 4: what API Gateway's models are written in. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export interface CallbackRouteProps {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly requestValidatorId: string;
  /** Name without prefix; names the model too, by its letters and digits. */
  readonly name: string;
  /** @default nothing is asked: who may call is decided by the API's resource policy */
  readonly authorization?: MethodAuthorization | undefined;
  /** Whether requests must have a key under a usage plan of the stage. @default false */
  readonly apiKeyRequired?: boolean | undefined;
  readonly contentTypes: readonly ContentType[];
  /** Content types whose bodies are sent on in base64, unchecked by the schema. @default none */
  readonly binaryContentTypes?: readonly string[] | undefined;
  /** Whether the API has binary media types, this callback's or another's. @default false */
  readonly apiHasBinaryTypes?: boolean | undefined;
  /** What a JSON body must satisfy. */
  readonly schema: JsonSchema;
  readonly headerAttributes: readonly HeaderAttribute[];
  readonly messageGroupId?: FieldSource | undefined;
  readonly messageDeduplicationId?: FieldSource | undefined;
  readonly accepted: AcceptedResponse;
  readonly queue: Queue;
  /** The role as which the message is sent; it is granted sending here. */
  readonly role: ServiceRole;
}

/** POST on one path: validated, turned into SendMessage on one queue, and answered only with what SQS said. */
export class CallbackRoute extends Construct {
  /** What a deployment must wait for. */
  readonly complete: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CallbackRouteProps) {
    super(scope, id);
    const { restApiId, resourceId, authorization = noAuthorization, binaryContentTypes = [] } = props;
    const model = new ApiGatewayModel(this, 'model', {
      restApiId,
      name: sidPart(props.name),
      description: `Body of ${props.name}`,
      contentType: 'application/json',
      schema: literal(canonicalJson(props.schema)),
    });
    const method = new ApiGatewayMethod(this, 'method', {
      restApiId,
      resourceId,
      httpMethod: 'POST',
      authorization: authorization.authorization,
      ...('authorizerId' in authorization && { authorizerId: authorization.authorizerId }),
      ...(props.apiKeyRequired && { apiKeyRequired: true }),
      requestValidatorId: props.requestValidatorId,
      requestParameters: requestParameters(props),
      ...(props.contentTypes.includes('application/json') && {
        requestModels: { 'application/json': model.name },
      }),
    });
    const integration = new ApiGatewayIntegration(this, 'integration', {
      restApiId,
      resourceId,
      httpMethod: method.httpMethod,
      type: 'AWS',
      integrationHttpMethod: 'POST',
      uri: sqsIntegrationUri(placementOf(this), props.queue.accountId, props.queue.name),
      credentials: props.role.resource.arn,
      // Without this header SQS does not read the body as a request, and answers UnknownOperationException.
      requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
      // A content type without a template is refused with 415 instead of being passed through.
      passthroughBehavior: 'NEVER',
      requestTemplates: Object.fromEntries([
        ...props.contentTypes.map((type) => [type, template(props)]),
        ...binaryContentTypes.map((type) => [type, template(props, 'base64')]),
      ]),
      // Bytes of the API's binary media types become base64; text stays text.
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
      ...(binaryContentTypes.length > 0 && { contentHandling: 'CONVERT_TO_TEXT' }),
      // The first message must not arrive before it may be sent.
      dependsOn: [...props.queue.grantSend(props.role)],
    });
    this.complete = integrationResponses(props.accepted).map(
      ({ statusCode, selectionPattern, template: body }) => {
        const methodResponse = new ApiGatewayMethodResponse(this, `method-response-${statusCode}`, {
          restApiId,
          resourceId,
          httpMethod: method.httpMethod,
          statusCode,
        });
        return new ApiGatewayIntegrationResponse(this, `integration-response-${statusCode}`, {
          restApiId,
          resourceId,
          httpMethod: integration.httpMethod,
          statusCode: methodResponse.statusCode,
          ...(selectionPattern && { selectionPattern }),
          responseTemplates: { 'application/json': body },
          // For a caller who asks for a binary type, an answer in text would be decoded from base64.
          ...(props.apiHasBinaryTypes && { contentHandling: 'CONVERT_TO_TEXT' }),
        });
      },
    );
  }
}

/** The headers that are read, and whether a request without one is refused; that of an id always is. */
function requestParameters(props: CallbackRouteProps): Record<string, boolean> {
  const ids = [props.messageGroupId, props.messageDeduplicationId].flatMap((source) =>
    source && 'header' in source ? [source.header] : [],
  );
  // Header names have no case: what stands first of one name is what counts.
  const required = new Map<string, readonly [header: string, required: boolean]>();
  for (const entry of [
    ...['Content-Type', ...ids].map((header) => [header, true] as const),
    ...props.headerAttributes.map((attribute) => [attribute.header, attribute.required ?? false] as const),
  ]) {
    const name = entry[0].toLowerCase();
    if (!required.has(name)) required.set(name, entry);
  }
  return Object.fromEntries(
    [...required.values()].map(([header, isRequired]) => [`method.request.header.${header}`, isRequired]),
  );
}

const template = (props: CallbackRouteProps, body: 'raw' | 'base64' = 'raw') =>
  sendMessageTemplate({
    body: { body },
    messageGroupId: props.messageGroupId,
    messageDeduplicationId: props.messageDeduplicationId,
    attributes: [
      ...standardAttributes,
      ...(body === 'base64' ? [bodyEncoding] : []),
      ...(props.authorization?.authorization === 'CUSTOM' ? [signedBodyAttribute] : []),
      ...props.headerAttributes.map(({ header, attribute, required }) => ({
        name: attribute,
        source: { header },
        optional: !required,
      })),
    ],
  });
