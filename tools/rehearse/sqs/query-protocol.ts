import { NotSimulated } from '../../not-simulated';
import type { IdSource } from '../simulation/ids';
import { type ActionResult, type AnswerFormat, errorAnswer, okAnswer } from './answer';
import { changeMessageVisibility } from './change-message-visibility';
import { deleteMessage } from './delete-message';
import { badRequest, type SqsError } from './errors';
import { formFields } from './form';
import { getQueueAttributes } from './get-queue-attributes';
import type { LiveQueue } from './live-queue';
import type { Queue } from './queue';
import { receiveMessage } from './receive-message';
import { type Message, sendMessage } from './send-message';
import { sentResult } from './sent-result';

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
  /** What SendMessage was answered well for. */
  readonly sent?: {
    readonly queue: Queue;
    /** As it was sent, with the id that the answer gives. */
    readonly message: Message;
    /** The message that it repeats: the queue has that one alone. */
    readonly duplicateOf?: string;
  };
}

export interface SqsEndpointOptions<Caller> {
  readonly queues: readonly LiveQueue[];
  /** Of requests. */
  readonly ids: IdSource;
  /**
   * Why a caller's request is refused; asked before the request's fields are looked at.
   * @param action such as `sqs:SendMessage`
   */
  readonly authorize?: (caller: Caller, action: string, queue: Queue) => SqsError | undefined;
  /** What messages say of who sent them. @default a made-up role's */
  readonly senderId?: (caller: Caller) => string;
}

const madeUpSenderId = 'AROAMADEUPMADEUPMADEU:sender';

/** Those of the API that name no queue, or another one, in the request. */
const notForAQueue = ['CreateQueue', 'GetQueueUrl', 'ListQueues'];

type Fields = ReadonlyMap<string, string>;

/** SQS as it answers requests in its query protocol. */
export class SqsEndpoint<Caller = unknown> {
  readonly #queues: ReadonlyMap<string, LiveQueue>;

  constructor(private readonly options: SqsEndpointOptions<Caller>) {
    this.#queues = new Map(
      options.queues.map((queue) => [`/${queue.settings.accountId}/${queue.settings.name}`, queue]),
    );
  }

  /** @throws NotSimulated for actions, parameters and answers of which it is not known what SQS makes of them */
  answer(request: SqsRequest, caller: Caller): SqsAnswer {
    const requestId = this.options.ids();
    const fields = fieldsOf(request);
    const action = fields.get('Action');
    if (action === undefined) {
      return { status: 404, contentType: 'text/xml', body: '<UnknownOperationException/>\n' };
    }
    const how = { action, requestId, json: request.accept === 'application/json' };
    if (notForAQueue.includes(action)) {
      const message = `The action ${action} is not valid for this endpoint.`;
      return errorAnswer(badRequest('InvalidAction', message), how);
    }
    const queue = this.#queues.get(request.path);
    if (!queue) {
      const message = 'The specified queue does not exist for this wsdl version.';
      return errorAnswer(badRequest('AWS.SimpleQueueService.NonExistentQueue', message), how);
    }
    const act = actions.get(action);
    if (action !== 'SendMessage' && !act) throw new NotSimulated('SQS', `the action ${action}`);
    const refused = this.options.authorize?.(caller, `sqs:${action}`, queue.settings);
    if (refused) return errorAnswer(refused, how);
    if (!act) return this.#send(queue, fields, caller, how);
    const outcome = act(queue, fields);
    return outcome && 'code' in outcome ? errorAnswer(outcome, how) : okAnswer(outcome, how);
  }

  #send(queue: LiveQueue, fields: Fields, caller: Caller, how: AnswerFormat): SqsAnswer {
    const outcome = sendMessage(queue.settings, fields);
    if ('code' in outcome) return errorAnswer(outcome, how);
    const sent = queue.send(outcome, this.options.senderId?.(caller) ?? madeUpSenderId);
    const message = { messageId: sent.messageId, ...outcome };
    return {
      ...okAnswer(sentResult(message, sent.sequenceNumber), how),
      sent: {
        queue: queue.settings,
        message,
        ...(sent.duplicateOf !== undefined && { duplicateOf: sent.duplicateOf }),
      },
    };
  }
}

type Action = (queue: LiveQueue, fields: Fields) => ActionResult | SqsError | undefined;

/** All but SendMessage. */
const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['ChangeMessageVisibility', changeMessageVisibility],
  ['DeleteMessage', deleteMessage],
  ['GetQueueAttributes', getQueueAttributes],
  ['ReceiveMessage', receiveMessage],
]);

/** Another content type is not read as fields at all. */
const fieldsOf = ({ contentType, body }: SqsRequest): Fields =>
  contentType?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded'
    ? formFields(body)
    : new Map();
