import { Apigatewayv2Deployment } from '@cdktf/provider-aws/lib/apigatewayv2-deployment';
import { Apigatewayv2Stage } from '@cdktf/provider-aws/lib/apigatewayv2-stage';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { postToConnectionsArn } from '../iam/arn';
import { placementOf } from '../iam/placement';
import type { ServiceRole } from '../iam/service-role';
import type { EncryptionKey } from '../queue/encryption-key';
import { AccessLog, webSocketAccessLogFormat } from './access-log';
import { deploymentTrigger } from './deployment-trigger';
import type { Throttling } from './throttling';
import type { WebSocketApi } from './websocket-api';

export interface WebSocketStageProps {
  readonly api: WebSocketApi;
  readonly stageName: string;
  readonly throttling: Throttling;
  readonly logRetentionDays: number;
  /** Encrypts the log. @default CloudWatch Logs' own */
  readonly key?: EncryptionKey | undefined;
  /** The account's CloudWatch role, where this stack sets it: logs cannot be switched on before. */
  readonly accountLogging?: ITerraformDependable | undefined;
}

/** A WebSocket API as it is served: deployed anew on every change, logged without payload, throttled. */
export class WebSocketStage extends Construct {
  /** `wss://…/<stage>`: what clients connect to. */
  readonly url: string;
  /** Refers to the stage: what has it comes after it. */
  readonly stageName: string;
  /** `https://…/<stage>`: what `@connections` requests go to. */
  readonly connectionsEndpoint: string;
  /** Of the access log; a reference, so that what reads the log comes after it. */
  readonly logGroupName: string;
  readonly #connectionsArn: string;

  constructor(scope: Construct, id: string, props: WebSocketStageProps) {
    super(scope, id);
    const { api, stageName, throttling } = props;
    const at = placementOf(this);
    const configuration = deploymentTrigger(api);
    const deployment = new Apigatewayv2Deployment(this, 'deployment', {
      apiId: api.id,
      // AWS keeps no triggers: by its description a deployment can be told from that of another configuration.
      description: `${api.name}, configuration ${configuration}`,
      triggers: { configuration },
      dependsOn: [...api.complete],
      // The stage moves to the new deployment before the old one goes.
      lifecycle: { createBeforeDestroy: true },
    });
    const accessLog = new AccessLog(this, 'access-log', {
      name: `/aws/apigateway/${api.name}`,
      retentionDays: props.logRetentionDays,
      format: webSocketAccessLogFormat,
      key: props.key,
    });
    const stage = new Apigatewayv2Stage(this, 'Resource', {
      apiId: api.id,
      name: stageName,
      deploymentId: deployment.id,
      accessLogSettings: accessLog.settings,
      defaultRouteSettings: {
        detailedMetricsEnabled: true,
        loggingLevel: 'ERROR',
        // Would log bodies.
        dataTraceEnabled: false,
        throttlingRateLimit: throttling.rateLimit,
        throttlingBurstLimit: throttling.burstLimit,
      },
      ...(props.accountLogging && { dependsOn: [props.accountLogging] }),
    });
    this.logGroupName = accessLog.groupName;
    this.url = stage.invokeUrl;
    this.stageName = stage.name;
    this.connectionsEndpoint = `https://${api.id}.execute-api.${at.region}.${at.dnsSuffix}/${stageName}`;
    this.#connectionsArn = postToConnectionsArn(at, api.id, stageName);
  }

  /** Lets the role post to the connections of this stage; alone in its policy, since the API's id is not known yet. */
  grantPostToConnections(role: ServiceRole): void {
    role.grantApart('connections', {
      sid: 'ReplyOnTheConnectionsOfThisStage',
      actions: ['execute-api:ManageConnections'],
      resources: [this.#connectionsArn],
    });
  }
}
