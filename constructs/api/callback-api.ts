import { ApiGatewayRequestValidator } from '@cdktf/provider-aws/lib/api-gateway-request-validator';
import { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import { ApiGatewayRestApiPolicy } from '@cdktf/provider-aws/lib/api-gateway-rest-api-policy';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { executeApiArn } from '../iam/arn';
import { placementOf } from '../iam/placement';
import { PolicyDocument } from '../iam/policy-document';
import { sidPart } from '../iam/statement';
import { allowListStatements, type GuardedMethod } from './allow-list';
import { CallbackRoute, type CallbackRouteProps } from './callback-route';
import { callerResponses } from './caller-responses';
import { GatewayResponses } from './gateway-responses';
import type { HmacAuthorizer } from './hmac-authorizer';
import { PathResources } from './path-resources';

export interface CallbackProps
  extends Omit<CallbackRouteProps, 'restApiId' | 'resourceId' | 'requestValidatorId' | 'apiHasBinaryTypes'> {
  /** With its leading slash; segments may nest. */
  readonly path: string;
  /** CIDR blocks that may call. */
  readonly allowList: readonly string[];
  /** Checks the signatures that requests must have. @default they need none */
  readonly authorizer?: HmacAuthorizer | undefined;
}

export interface CallbackApiProps {
  /** Full name. */
  readonly name: string;
  readonly description: string;
  /** The one stage that will serve the API; the resource policy names it. */
  readonly stageName: string;
  /** Takes the `execute-api` address out of service, for callers that come through a custom domain. @default false */
  readonly disableExecuteApiEndpoint?: boolean | undefined;
  /** Makes the API private: the interface endpoints for `execute-api` that reach it. @default a regional API */
  readonly vpcEndpointIds?: readonly string[] | undefined;
  /** Whether a web ACL looks at each request first. @default false */
  readonly hasWebAcl?: boolean | undefined;
  readonly callbacks: readonly CallbackProps[];
}

const isIpv6 = (block: string) => block.includes(':');

function endpointConfiguration(dualStack: boolean, vpcEndpointIds: readonly string[] | undefined) {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-ip-address-type.html: nothing else is taken.
  if (vpcEndpointIds) {
    return { types: ['PRIVATE'], ipAddressType: 'dualstack', vpcEndpointIds: [...vpcEndpointIds] };
  }
  return { types: ['REGIONAL'], ...(dualStack && { ipAddressType: 'dualstack' }) };
}

/** A regional or private REST API whose methods each send to a queue, open to listed addresses only. */
export class CallbackApi extends Construct {
  readonly id: string;
  readonly name: string;
  /** Whether it has IPv6 addresses too. */
  readonly dualStack: boolean;
  /** What a deployment must wait for. */
  readonly complete: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CallbackApiProps) {
    super(scope, id);
    // By default an API has no IPv6 address, and a caller with both arrives from its IPv4 one.
    this.dualStack = props.callbacks.some(({ allowList }) => allowList.some(isIpv6));
    const binaryMediaTypes = [
      ...new Set(props.callbacks.flatMap(({ binaryContentTypes = [] }) => binaryContentTypes)),
    ].sort();
    const api = new ApiGatewayRestApi(this, 'Resource', {
      name: props.name,
      description: props.description,
      endpointConfiguration: endpointConfiguration(this.dualStack, props.vpcEndpointIds),
      ...(binaryMediaTypes.length > 0 && { binaryMediaTypes }),
      disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? false,
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = api.id;
    this.name = props.name;
    const policy = this.#resourcePolicy(props);
    const gatewayResponses = new GatewayResponses(
      this,
      'gateway-responses',
      api.id,
      callerResponses({
        role: props.callbacks.some(({ authorization }) => authorization?.authorization === 'AWS_IAM'),
        hmac: props.callbacks.some(({ authorizer }) => authorizer !== undefined),
        apiKey: props.callbacks.some(({ apiKeyRequired }) => apiKeyRequired),
        endpoint: props.vpcEndpointIds !== undefined,
        webAcl: props.hasWebAcl ?? false,
      }),
    );
    const requestValidator = new ApiGatewayRequestValidator(this, 'validator', {
      restApiId: api.id,
      name: 'body-and-parameters',
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    const paths = new PathResources(this, 'paths', api);
    const routes = props.callbacks.map(
      ({ path, allowList: _, authorizer, ...route }) =>
        new CallbackRoute(this, `${route.name}-route`, {
          ...route,
          ...(authorizer && {
            authorization: {
              authorization: 'CUSTOM',
              authorizerId: authorizer.of(this, `${route.name}-authorizer`, api.id).id,
            },
          }),
          restApiId: api.id,
          resourceId: paths.resourceId(path),
          requestValidatorId: requestValidator.id,
          apiHasBinaryTypes: binaryMediaTypes.length > 0,
        }),
    );
    this.complete = [policy, ...gatewayResponses.resources, ...routes.flatMap(({ complete }) => complete)];
  }

  /** Alone in its document: the API's id, and with it this text, is only known once the API exists. */
  #resourcePolicy({ callbacks, stageName, vpcEndpointIds }: CallbackApiProps): ApiGatewayRestApiPolicy {
    const at = placementOf(this);
    const methods = callbacks.map(
      ({ name, path, allowList, authorization }): GuardedMethod => ({
        name: sidPart(name),
        arn: executeApiArn(at, this.id, stageName, 'POST', path),
        allowList,
        ...(authorization?.authorization === 'AWS_IAM' && { callerRoleArns: authorization.callerRoleArns }),
      }),
    );
    // The API's id in full: the short form `execute-api:/*` is stored in full, and each plan would show a difference.
    const document = new PolicyDocument(this, 'policy-document').add(
      ...allowListStatements(methods, executeApiArn(at, this.id, stageName, '*', '/*'), vpcEndpointIds),
    );
    return new ApiGatewayRestApiPolicy(this, 'policy', { restApiId: this.id, policy: document.json });
  }
}
