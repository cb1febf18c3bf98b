import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { Construct } from 'constructs';
import { canonicalJson } from '../../synthesis/canonical-json';
import type { EncryptionKey } from '../queue/encryption-key';

/** What every kind of API logs of a request: nothing of its payload. */
const commonFields = {
  requestId: '$context.requestId',
  requestTimeEpoch: '$context.requestTimeEpoch',
  sourceIp: '$context.identity.sourceIp',
  status: '$context.status',
  errorMessage: '$context.error.message',
  integrationStatus: '$context.integration.status',
  integrationError: '$context.integrationErrorMessage',
  integrationLatency: '$context.integrationLatency',
};

export const restAccessLogFormat = canonicalJson({
  ...commonFields,
  extendedRequestId: '$context.extendedRequestId',
  httpMethod: '$context.httpMethod',
  path: '$context.path',
  resourcePath: '$context.resourcePath',
  errorType: '$context.error.responseType',
  responseLatency: '$context.responseLatency',
  responseLength: '$context.responseLength',
  userAgent: '$context.identity.userAgent',
  xrayTraceId: '$context.xrayTraceId',
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
export const httpAccessLogFormat = canonicalJson({
  ...commonFields,
  authorizerError: '$context.authorizer.error',
  errorType: '$context.error.responseType',
  httpMethod: '$context.httpMethod',
  path: '$context.path',
  responseLatency: '$context.responseLatency',
  responseLength: '$context.responseLength',
  routeKey: '$context.routeKey',
  userAgent: '$context.identity.userAgent',
});

export const webSocketAccessLogFormat = canonicalJson({
  ...commonFields,
  connectedAt: '$context.connectedAt',
  connectionId: '$context.connectionId',
  eventType: '$context.eventType',
  routeKey: '$context.routeKey',
});

export interface AccessLogProps {
  /** Full name of the log group. */
  readonly name: string;
  readonly retentionDays: number;
  readonly format: string;
  /** @default CloudWatch Logs' own */
  readonly key?: EncryptionKey | undefined;
}

/** The log group of a stage's access log, as the stage wants to be told of it. */
export class AccessLog extends Construct {
  /** A reference to the log group's name. */
  readonly groupName: string;
  readonly settings: { readonly destinationArn: string; readonly format: string };

  constructor(scope: Construct, id: string, props: AccessLogProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, 'Resource', {
      name: props.name,
      retentionInDays: props.retentionDays,
      ...(props.key && { kmsKeyId: props.key.encryptLogs(props.name) }),
    });
    this.groupName = group.name;
    this.settings = { destinationArn: group.arn, format: props.format };
  }
}
