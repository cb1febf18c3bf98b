import type { SQSRecord } from 'aws-lambda';
import type { BatchWork } from '../shared/batch';
import type { Failure } from '../shared/failure';
import type { Log } from '../shared/log';
import type { Connections } from './connections';
import { idsOf, replyTo } from './reply';

/** The reply function's work on a batch. A client that has left needs no reply: its record is done. */
export function replying(connections: Connections, log: Log): BatchWork<SQSRecord, 'sent' | 'gone'> {
  return {
    outcomes: ['sent', 'gone'],
    ids: idsOf,
    likelyCause,
    async attempt(record, signal) {
      const { connectionId, data } = replyTo(record);
      const outcome = await connections.post(connectionId, data, signal);
      if (outcome === 'gone') log('info', 'connection is gone', idsOf(record));
      return outcome;
    },
  };
}

function likelyCause({ status }: Failure): string | undefined {
  switch (status) {
    case 400:
      return 'the connection id is not one that API Gateway gave out';
    case 403:
      return "the role lacks execute-api:ManageConnections on this stage, or CONNECTIONS_ENDPOINT names another API's stage";
    case 404:
      return 'CONNECTIONS_ENDPOINT names a stage that does not exist';
    case 413:
      return 'the reply is larger than the 128 KB that API Gateway sends to a connection';
    case 429:
      return 'the account-wide request rate of API Gateway in this region is used up';
    default:
      return undefined;
  }
}
