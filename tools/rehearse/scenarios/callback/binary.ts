import type { CallbackFlow } from '../../world/flows';
import { type Stage, scenario } from '../scenario';
import { binaryContentTypesOf, isAccepted, post } from './callers';

export const binary = scenario<'callback'>({
  id: 'callback/binary',
  kind: 'callback',
  title:
    'bytes of a binary content type arrive in base64, each as it was sent, and what base64 makes too large gets 413',
  applies: (flow) => binaryContentTypesOf(flow).length > 0,
  async run(stage) {
    const { check, flow, world } = stage;
    const { maximumMessageSize } = world.queue(flow.queueArn).settings;
    // Base64 makes four characters of three bytes; what is left is for the attributes.
    const fitting = ((maximumMessageSize - 1024) / 4) * 3;
    let queued = 0;
    for (const contentType of binaryContentTypesOf(flow)) {
      const bodies = [everyByte, notText, randomBytes(stage, 1000), randomBytes(stage, fitting)];
      for (const body of bodies) {
        const what = `${body.length} bytes of ${contentType}`;
        const answer = await post(stage, { body, contentType, headers: [['Accept', contentType]] });
        check(`${what} are taken`, isAccepted(answer), `${answer.status} ${answer.body}`);
        const message = answer.sqs?.sent?.message;
        if (answer.sqs?.sent && answer.sqs.sent.duplicateOf === undefined) queued++;
        check(
          `${what} arrive as they were sent`,
          message !== undefined && Buffer.from(message.body, 'base64').equals(body),
          message?.body.slice(0, 100),
        );
        const told = new Map(message?.attributes.map(({ name, value }) => [name, value]));
        check(`${what} say what they are`, told.get('bodyEncoding') === 'base64', told.get('bodyEncoding'));
        check(`${what} keep their type`, told.get('contentType') === contentType, told.get('contentType'));
      }
      await checkRefused(stage, contentType, maximumMessageSize);
    }
    check('nothing else is queued', world.account(flow.queueArn).accepted === queued);
    return `${binaryContentTypesOf(flow).join(', ')}: up to ${fitting} bytes queued, more refused with 413`;
  },
});

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

/** Half a character, a lone surrogate, an overlong zero: what reading it as text would change. */
const notText = Buffer.from([0xf0, 0x9f, 0x99, 0xed, 0xa0, 0x80, 0xc0, 0x80, 0xff]);

const randomBytes = ({ random }: Stage<CallbackFlow>, length: number) =>
  Buffer.from(Array.from({ length }, () => random.between(0, 255)));

async function checkRefused(
  stage: Stage<CallbackFlow>,
  contentType: string,
  maximumMessageSize: number,
): Promise<void> {
  const { check } = stage;
  for (const [status, body] of [
    [413, Buffer.alloc((maximumMessageSize / 4) * 3)],
    [413, Buffer.alloc(10 * 1024 * 1024 + 1)],
    // An empty body is no file, and API Gateway would make `{}` of it.
    [400, Buffer.alloc(0)],
  ] as const) {
    const answer = await post(stage, { body, contentType });
    const what = `${body.length} bytes of ${contentType}`;
    check(`${what} get ${status}`, answer.status === status, `${answer.status} ${answer.body.slice(0, 200)}`);
    check(`${what} are not queued`, answer.sqs?.sent === undefined);
  }
}
