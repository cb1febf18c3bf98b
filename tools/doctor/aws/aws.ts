import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PipesClient } from '@aws-sdk/client-pipes';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { Permission } from '../check';
import { answerOf } from './answer-of';

/** AWS as the doctor asks it. */
export interface Aws {
  readonly clients: Clients;
  /**
   * Sends one request. `permission` is what IAM decides it by.
   * @returns nothing when AWS says that the thing does not exist
   * @throws MissingPermission, NotReachable
   */
  readonly ask: <Answer>(permission: Permission, send: () => Promise<Answer>) => Promise<Answer | undefined>;
}

export type Clients = ReturnType<typeof clientsOf>;

/** What an AWS client is told; all else it finds as any AWS tool does, in the environment and its shared files. */
export interface ClientConfiguration {
  readonly region: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export const connect = (configuration: ClientConfiguration): Aws => ({
  clients: clientsOf({ ...configuration, maxAttempts: 5 }),
  ask: answerOf,
});

const clientsOf = (configuration: ClientConfiguration & { readonly maxAttempts: number }) => ({
  apiGateway: new APIGatewayClient(configuration),
  apiGatewayV2: new ApiGatewayV2Client(configuration),
  cloudWatch: new CloudWatchClient(configuration),
  eventBridge: new EventBridgeClient(configuration),
  iam: new IAMClient(configuration),
  kms: new KMSClient(configuration),
  lambda: new LambdaClient(configuration),
  pipes: new PipesClient(configuration),
  s3: new S3Client(configuration),
  sns: new SNSClient(configuration),
  // A queue's URL names a host, which is not where requests go when AWS_ENDPOINT_URL says another.
  sqs: new SQSClient({ ...configuration, useQueueUrlAsEndpoint: false }),
  sts: new STSClient(configuration),
});
