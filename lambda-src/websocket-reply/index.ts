import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { processBatch } from '../shared/batch';
import { requiredVariable } from '../shared/environment';
import { createLog } from '../shared/log';
import { connectionsAt } from './connections';
import { replying } from './replying';

const connections = connectionsAt(
  requiredVariable('CONNECTIONS_ENDPOINT', 'https://{apiId}.execute-api.{region}.{dns suffix}/{stage}'),
);

/** Answers each message of the WebSocket API's queue on the connection that it came from. */
export function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const log = createLog({ awsRequestId: context.awsRequestId });
  return processBatch(event.Records, replying(connections, log), context, log);
}
