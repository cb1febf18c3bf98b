import { createHash } from 'node:crypto';
import type { IdSource } from '../ids';
import { NotSimulated } from '../not-simulated';
import type { SqsError } from './errors';
import { formFields } from './form';
import { attributesDigest } from './message-attributes';
import type { Queue } from './queue';
import { type Message, sendMessage } from './send-message';

/** A request to a queue's URL. */
export interface SqsRequest {
  /** `/<account>/<queue>` */
  readonly path: string;
  readonly contentType?: string;
  readonly accept?: string;
  readonly body: string;
}

export interface SqsAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** What the request put on a queue. */
  readonly sent?: { readonly queue: Queue; readonly message: Message };
}

/** Those of the API that name no queue, or another one, in the request. */
const notForAQueue = ['CreateQueue', 'GetQueueUrl', 'ListQueues'];

/** SQS as it answers requests in its query protocol. */
export function answerQuery(queues: readonly Queue[], request: SqsRequest, ids: IdSource): SqsAnswer {
  const requestId = ids();
  // Another content type is not read as fields at all, and neither is an empty body.
  const form =
    request.contentType?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
  const fields = form ? formFields(request.body) : new Map<string, string>();
  const action = fields.get('Action');
  if (action === undefined) {
    return { status: 404, contentType: 'text/xml', body: '<UnknownOperationException/>\n' };
  }
  const refuse = (error: SqsError) => errorAnswer(error, request.accept, requestId);
  if (notForAQueue.includes(action)) {
    return refuse({ code: 'InvalidAction', message: `The action ${action} is not valid for this endpoint.` });
  }
  const queue = queues.find(({ accountId, name }) => request.path === `/${accountId}/${name}`);
  if (!queue) {
    return refuse({
      code: 'AWS.SimpleQueueService.NonExistentQueue',
      message: 'The specified queue does not exist for this wsdl version.',
    });
  }
  if (action !== 'SendMessage') throw new NotSimulated('SQS', `the action ${action}`);
  const outcome = sendMessage(queue, fields);
  if ('code' in outcome) return refuse(outcome);
  if (!wantsJson(request.accept)) throw new NotSimulated('SQS', 'an answer to SendMessage that is not JSON');
  const message = { messageId: ids(), ...outcome };
  return { ...sentAnswer(queue, message, requestId, ids), sent: { queue, message } };
}

const wantsJson = (accept: string | undefined) => accept === 'application/json';

const sentAnswer = (
  queue: Queue,
  { messageId, body, attributes }: Message,
  requestId: string,
  ids: IdSource,
) => ({
  status: 200,
  contentType: 'application/json',
  body: JSON.stringify({
    SendMessageResponse: {
      ResponseMetadata: { RequestId: requestId },
      SendMessageResult: {
        MD5OfMessageAttributes: attributes.length > 0 ? attributesDigest(attributes) : null,
        MD5OfMessageBody: createHash('md5').update(body).digest('hex'),
        MD5OfMessageSystemAttributes: null,
        MessageId: messageId,
        SequenceNumber: queue.fifo
          ? BigInt(`0x${ids().slice(0, 8)}`)
              .toString()
              .padStart(20, '0')
          : null,
      },
    },
  }),
});

/** JSON too is still the query protocol: the error has the query protocol's code. */
function errorAnswer({ code, message }: SqsError, accept: string | undefined, requestId: string): SqsAnswer {
  if (wantsJson(accept)) {
    return {
      status: 400,
      contentType: 'application/json',
      body: JSON.stringify({ Error: { Code: code, Message: message, Type: 'Sender' }, RequestId: requestId }),
    };
  }
  return {
    status: 400,
    contentType: 'text/xml',
    body: `<?xml version="1.0"?><ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${xml(message)}</Message><Detail/></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
