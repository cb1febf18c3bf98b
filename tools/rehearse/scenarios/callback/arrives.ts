import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';

export const arrives = scenario<'callback'>({
  id: 'callback/arrives',
  kind: 'callback',
  title: 'what the sender posts is queued byte for byte, with where it came from, and answered with 2xx',
  essential: true,
  async run(stage) {
    const { check, world, flow } = stage;
    const bodies = await bodiesOf(flow, 3);
    let bytes = 0;
    for (const body of bodies) {
      const posted = world.clock.now();
      const answer = await post(stage, { body });
      const message = answer.sqs?.sent?.message;
      bytes += Buffer.byteLength(body);
      check('the caller gets a 2xx', isAccepted(answer), `${answer.status} ${answer.body}`);
      check('it is queued', message !== undefined, answer.sqs?.body);
      if (!message) break;
      check('its body is what was posted', message.body === body, `${message.body} instead of ${body}`);
      const told = new Map(message.attributes.map(({ name, value }) => [name, value]));
      check('it tells the request id', told.get('requestId') === answer.requestId, told.get('requestId'));
      check('it tells when it came', told.get('receivedAt') === String(posted), told.get('receivedAt'));
      check('it is on its queue', answer.sqs?.sent?.queue.arn === flow.queueArn, answer.sqs?.sent?.queue.arn);
    }
    return `${bodies.length} bodies of ${bytes} bytes in all, each as it was posted`;
  },
});
