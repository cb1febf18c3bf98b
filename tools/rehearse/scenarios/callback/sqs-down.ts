import { badRequest, type SqsError } from '../../sqs/errors';
import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
const refusals: readonly SqsError[] = [
  badRequest('ThrottlingException', 'Rate exceeded'),
  badRequest('KMS.ThrottlingException', 'Rate exceeded'),
  badRequest('KMS.DisabledException', 'The key is disabled.'),
  { status: 500, code: 'InternalFailure', message: 'The request processing has failed.' },
  { status: 503, code: 'ServiceUnavailable', message: 'The request has failed due to a temporary failure.' },
];

export const sqsDown = scenario<'callback'>({
  id: 'callback/sqs-down',
  kind: 'callback',
  title: 'while SQS takes nothing the caller gets 5xx, and its retry is queued once SQS is back',
  faults: () => {
    let count = 0;
    return { sendMessage: () => refusals[count++] };
  },
  async run(stage) {
    const { check, flow, world } = stage;
    const [body = ''] = await bodiesOf(flow, 1);
    for (const { code } of refusals) {
      const answer = await post(stage, { body });
      check(`${code} becomes 5xx`, answer.status >= 500, `${answer.status} ${answer.body}`);
      check(`the caller is not told of ${code}`, !answer.body.includes(code), answer.body);
    }
    const retried = await post(stage, { body });
    check(
      'the retry is queued',
      isAccepted(retried) && retried.sqs?.sent?.message.body === body,
      retried.body,
    );
    check('one message is queued', world.account(flow.queueArn).accepted === 1);
    return `${refusals.length} refusals, 5xx each; the retry queued`;
  },
});
