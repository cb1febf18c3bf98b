import { badRequest, type SqsError } from '../../sqs/errors';
import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
const refusals: readonly SqsError[] = [
  badRequest('ThrottlingException', 'Rate exceeded'),
  badRequest('KMS.DisabledException', 'The key is disabled.'),
  { status: 500, code: 'InternalFailure', message: 'The request processing has failed.' },
  { status: 503, code: 'ServiceUnavailable', message: 'The request has failed due to a temporary failure.' },
];

export const httpSqsDown = scenario<'http-callback'>({
  id: 'http-callback/sqs-down',
  kind: 'http-callback',
  title:
    "while SQS takes nothing the caller gets SQS's own 4xx or 5xx, and its retry is queued once SQS is back",
  faults: () => {
    let count = 0;
    return { sendMessage: () => refusals[count++] };
  },
  async run(stage) {
    const { check, flow, world } = stage;
    const [body = ''] = bodiesOf(flow, 1);
    for (const { code, status } of refusals) {
      const answer = post(stage, { body });
      check(`${code} becomes no 2xx`, !isAccepted(answer), `${answer.status} ${answer.body}`);
      check(`${code} keeps its status ${status}`, answer.status === status, String(answer.status));
    }
    const retried = post(stage, { body });
    check(
      'the retry is queued',
      isAccepted(retried) && retried.sqs?.sent?.message.body === body,
      retried.body,
    );
    check('one message is queued', world.account(flow.queueArn).accepted === 1);
    return `${refusals.length} refusals, passed on as they are; the retry queued`;
  },
});
