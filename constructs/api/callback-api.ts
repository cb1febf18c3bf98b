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
import { GatewayResponses } from './gateway-responses';
import type { HmacAuthorizer } from './hmac-authorizer';
import { PathResources } from './path-resources';
import { signatureResponses } from './signature-responses';

export interface CallbackProps
  extends Omit<CallbackRouteProps, 'restApiId' | 'resourceId' | 'requestValidatorId'> {
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
  readonly callbacks: readonly CallbackProps[];
}

const isIpv6 = (block: string) => block.includes(':');

/** A regional REST API whose methods each send to a queue, open to listed addresses only. */
export class CallbackApi extends Construct {
  readonly id: string;
  readonly name: string;
  /** What a deployment must wait for. */
  readonly complete: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CallbackApiProps) {
    super(scope, id);
    const api = new ApiGatewayRestApi(this, 'Resource', {
      name: props.name,
      description: props.description,
      endpointConfiguration: {
        types: ['REGIONAL'],
        // By default an API has no IPv6 address, and a caller with both arrives from its IPv4 one.
        ...(props.callbacks.some(({ allowList }) => allowList.some(isIpv6)) && {
          ipAddressType: 'dualstack',
        }),
      },
      disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? false,
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = api.id;
    this.name = props.name;
    const policy = this.#resourcePolicy(props);
    const signed = props.callbacks.some(({ authorizer }) => authorizer !== undefined);
    const gatewayResponses = new GatewayResponses(
      this,
      'gateway-responses',
      api.id,
      signed ? signatureResponses : [],
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
        }),
    );
    this.complete = [policy, ...gatewayResponses.resources, ...routes.flatMap(({ complete }) => complete)];
  }

  /** Alone in its document: the API's id, and with it this text, is only known once the API exists. */
  #resourcePolicy({ callbacks, stageName }: CallbackApiProps): ApiGatewayRestApiPolicy {
    const at = placementOf(this);
    const methods = callbacks.map(
      ({ name, path, allowList }): GuardedMethod => ({
        name: sidPart(name),
        arn: executeApiArn(at, this.id, stageName, 'POST', path),
        allowList,
      }),
    );
    // The API's id in full: the short form `execute-api:/*` is stored in full, and each plan would show a difference.
    const document = new PolicyDocument(this, 'policy-document').add(
      ...allowListStatements(methods, executeApiArn(at, this.id, stageName, '*', '/*')),
    );
    return new ApiGatewayRestApiPolicy(this, 'policy', { restApiId: this.id, policy: document.json });
  }
}
