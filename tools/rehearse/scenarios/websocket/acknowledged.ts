import { badRequest, type SqsError } from '../../sqs/errors';
import { enough, scenario } from '../scenario';
import { type Client, connect, repliesOf } from './clients';
import { messagesOf } from './messages';

const refusals: readonly SqsError[] = [
  badRequest('AccessDenied', 'Access to the resource is denied.'),
  badRequest('KMS.DisabledException', 'The key is disabled.'),
  badRequest('InvalidMessageContents', 'Invalid characters found.'),
  { status: 503, code: 'ServiceUnavailable', message: 'The request has failed due to a temporary failure.' },
];

export const acknowledged = scenario<'websocket'>({
  id: 'websocket/acknowledged',
  kind: 'websocket',
  title:
    'each message is answered at once with whether SQS has it, and if not why; the reply comes after that, and is told apart',
  applies: ({ route }) => route.responses !== undefined,
  faults: () => {
    let count = 0;
    return { sendMessage: () => refusals[count++] };
  },
  async run(stage) {
    const { check, pass, world } = stage;
    const client = connect(stage);
    const message = messagesOf(stage);
    for (const { code } of refusals) {
      const { requestId, toClient } = client.send(message('a', code));
      const said = lastAcknowledgement(client);
      check(`${code}: API Gateway itself refuses nothing`, toClient === undefined, toClient);
      check(
        `${code}: the client is told that the message is not accepted, and why`,
        said?.accepted === false && said.requestId === requestId && (said.message ?? '') !== '',
        JSON.stringify(said),
      );
      check(`${code}: the client is not told of ${code}`, !JSON.stringify(said).includes(code));
    }
    const reasons = new Set(client.acknowledgements.map((text) => JSON.parse(text).message));
    check('what the client can mend is told apart from what it can try again', reasons.size === 2);
    const { requestId } = client.send(message('a', 'taken'));
    const said = client.acknowledgements.at(-1);
    check(
      'a message that SQS has is accepted',
      said === JSON.stringify({ accepted: true, requestId }),
      said ?? 'nothing',
    );
    check('the acknowledgement comes before the reply', client.received.length === 0);
    await pass(enough);
    check(
      'the reply is the only one, and for the same request',
      repliesOf(client).length === 1 && repliesOf(client)[0]?.requestId === requestId,
      client.received.join('\n') || 'no reply',
    );
    check('one message is queued', world.account().accepted === 1, `${world.account().accepted}`);
    return `${refusals.length} refused with a reason; ${said} → ${client.received[0] ?? 'nothing'}`;
  },
});

interface Said {
  readonly accepted: boolean;
  readonly requestId: string;
  readonly message?: string;
}

const lastAcknowledgement = ({ acknowledgements }: Client): Said | undefined => {
  const last = acknowledgements.at(-1);
  return last === undefined ? undefined : (JSON.parse(last) as Said);
};
