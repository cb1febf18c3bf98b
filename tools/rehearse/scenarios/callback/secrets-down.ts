import type { NetworkResponse } from '../../simulation/network';
import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';

const unavailable: NetworkResponse = {
  status: 503,
  headers: new Map([['content-type', 'application/x-amz-json-1.1']]),
  body: Buffer.from('{"__type":"InternalServiceError","Message":"An error occurred on the server side."}'),
};

/** More than the function tries for one request, for either version. */
const failedReads = 10;

export const secretsDown = scenario<'callback'>({
  id: 'callback/secrets-down',
  kind: 'callback',
  title:
    'while the secret cannot be read the caller gets 5xx and nothing is queued; once it can, its retry is',
  applies: ({ signature }) => signature !== undefined,
  faults: () => {
    let reads = 0;
    return {
      secretsManager: () => (reads++ < failedReads ? { kind: 'refused', response: unavailable } : undefined),
    };
  },
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const [body = ''] = await bodiesOf(flow, 1);
    let refused = 0;
    let answer = await post(stage, { body });
    for (; !isAccepted(answer) && refused < failedReads; refused++) {
      check('5xx', answer.status >= 500, `${answer.status} ${answer.body}`);
      check('nothing is queued', world.account(flow.queueArn).accepted === 0);
      await pass(1000);
      answer = await post(stage, { body });
    }
    check('no request passes without the secret', refused > 0);
    check('the retry is queued', answer.sqs?.sent !== undefined, `${answer.status} ${answer.body}`);
    return `${refused} requests got 5xx, the next was queued`;
  },
});
