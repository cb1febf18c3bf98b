import { ApiGatewayDeployment } from '@cdktf/provider-aws/lib/api-gateway-deployment';
import { ApiGatewayMethodSettings } from '@cdktf/provider-aws/lib/api-gateway-method-settings';
import { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { EncryptionKey } from '../queue/encryption-key';
import { AccessLog, restAccessLogFormat } from './access-log';
import type { CallbackApi } from './callback-api';
import { deploymentTrigger } from './deployment-trigger';
import type { Throttling } from './throttling';

export interface CallbackStageProps {
  readonly api: CallbackApi;
  readonly stageName: string;
  readonly throttling: Throttling;
  readonly logRetentionDays: number;
  /** A regional web ACL of the account that looks at each request first. @default none */
  readonly webAclArn?: string | undefined;
  /** Encrypts the log. @default CloudWatch Logs' own */
  readonly key?: EncryptionKey | undefined;
  /** The account's CloudWatch role, where this stack sets it: logs cannot be switched on before. */
  readonly accountLogging?: ITerraformDependable | undefined;
}

/** The API as it is served: deployed anew on every change, logged without payload, traced and throttled. */
export class CallbackStage extends Construct {
  /** `https://…/<stage>`, without a slash at the end. */
  readonly invokeUrl: string;
  /** Refers to the stage: what has it comes after it. */
  readonly stageName: string;
  /** Of the access log; a reference, so that what reads the log comes after it. */
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: CallbackStageProps) {
    super(scope, id);
    const { api, stageName, throttling } = props;
    const configuration = deploymentTrigger(api);
    const deployment = new ApiGatewayDeployment(this, 'deployment', {
      restApiId: api.id,
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
      format: restAccessLogFormat,
      key: props.key,
    });
    const stage = new ApiGatewayStage(this, 'Resource', {
      restApiId: api.id,
      deploymentId: deployment.id,
      stageName,
      xrayTracingEnabled: true,
      accessLogSettings: accessLog.settings,
      ...(props.accountLogging && { dependsOn: [props.accountLogging] }),
    });
    new ApiGatewayMethodSettings(this, 'settings', {
      restApiId: api.id,
      stageName: stage.stageName,
      methodPath: '*/*',
      settings: {
        metricsEnabled: true,
        loggingLevel: 'ERROR',
        // Would log bodies.
        dataTraceEnabled: false,
        throttlingRateLimit: throttling.rateLimit,
        throttlingBurstLimit: throttling.burstLimit,
      },
    });
    if (props.webAclArn !== undefined) {
      new Wafv2WebAclAssociation(this, 'web-acl', { resourceArn: stage.arn, webAclArn: props.webAclArn });
    }
    this.logGroupName = accessLog.groupName;
    this.invokeUrl = stage.invokeUrl;
    this.stageName = stage.stageName;
  }
}
