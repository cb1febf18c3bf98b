import { Apigatewayv2Stage } from '@cdktf/provider-aws/lib/apigatewayv2-stage';
import { Construct } from 'constructs';
import type { EncryptionKey } from '../queue/encryption-key';
import { AccessLog, httpAccessLogFormat } from './access-log';
import type { HttpCallbackApi } from './http-callback-api';
import type { Throttling } from './throttling';

export interface HttpCallbackStageProps {
  readonly api: HttpCallbackApi;
  readonly stageName: string;
  readonly throttling: Throttling;
  readonly logRetentionDays: number;
  /** Encrypts the log. @default CloudWatch Logs' own */
  readonly key?: EncryptionKey | undefined;
}

/**
 * The API as it is served: each change at once, logged without payload, throttled. Its log is delivered by CloudWatch
 * Logs, not as the account's role for API Gateway, so that it needs no `manageAccountLogging`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
 */
export class HttpCallbackStage extends Construct {
  /** `https://…/<stage>`, without a slash at the end. */
  readonly invokeUrl: string;
  /** Refers to the stage: what has it comes after it. */
  readonly stageName: string;
  /** Of the access log; a reference, so that what reads the log comes after it. */
  readonly logGroupName: string;

  constructor(
    scope: Construct,
    id: string,
    { api, stageName, throttling, ...props }: HttpCallbackStageProps,
  ) {
    super(scope, id);
    const accessLog = new AccessLog(this, 'access-log', {
      // Log groups under /aws/vendedlogs/ share one entry of the account's resource policy for log delivery.
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
      name: `/aws/vendedlogs/apigateway/${api.name}`,
      retentionDays: props.logRetentionDays,
      key: props.key,
      format: httpAccessLogFormat,
    });
    const stage = new Apigatewayv2Stage(this, 'Resource', {
      apiId: api.id,
      name: stageName,
      autoDeploy: true,
      accessLogSettings: accessLog.settings,
      defaultRouteSettings: {
        detailedMetricsEnabled: true,
        throttlingRateLimit: throttling.rateLimit,
        throttlingBurstLimit: throttling.burstLimit,
      },
      // The first deployment has every route.
      dependsOn: [...api.complete],
    });
    this.logGroupName = accessLog.groupName;
    this.invokeUrl = stage.invokeUrl;
    this.stageName = stage.name;
  }
}
