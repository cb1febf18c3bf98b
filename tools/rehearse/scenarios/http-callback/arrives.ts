import { hostileTexts } from '../../samples/hostile-texts';
import { scenario } from '../scenario';
import { bodiesOf, idSourcesOf, isAccepted, post } from './callers';

export const httpArrives = scenario<'http-callback'>({
  id: 'http-callback/arrives',
  kind: 'http-callback',
  title: 'what the sender posts is queued byte for byte, with where it came from, and answered with 2xx',
  essential: true,
  async run(stage) {
    const { check, flow, world } = stage;
    const bodies = bodiesOf(flow, 3);
    for (const body of bodies) {
      const answer = post(stage, { body });
      const message = answer.sqs?.sent?.message;
      check('the caller gets a 2xx', isAccepted(answer), `${answer.status} ${answer.body}`);
      check('it is queued', message !== undefined, answer.sqs?.body);
      if (!message) break;
      check('its body is what was posted', message.body === body, `${message.body} instead of ${body}`);
      const told = new Map(message.attributes.map(({ name, value }) => [name, value]));
      check('it tells the request id', told.get('requestId') === answer.requestId, told.get('requestId'));
      check('it tells where from', told.get('sourceIp') === '203.0.113.9', told.get('sourceIp'));
      check(
        'it tells when it came',
        told.get('receivedAt') === String(world.clock.now()),
        told.get('receivedAt'),
      );
      check('it is on its queue', answer.sqs?.sent?.queue.arn === flow.queueArn, answer.sqs?.sent?.queue.arn);
    }
    return `${bodies.length} bodies of ${Buffer.byteLength(bodies.join(''))} bytes in all, each as it was posted`;
  },
});

export const httpHostileText = scenario<'http-callback'>({
  id: 'http-callback/hostile-text',
  kind: 'http-callback',
  title: 'text that looks like parameters, variables or markup stays text, in body and headers',
  async run(stage) {
    const { check, flow, world } = stage;
    const fields = idSourcesOf(flow).filter(({ from }) => from === 'body');
    const samples = bodiesOf(flow, hostileTexts.length);
    const bodies = hostileTexts.map((text, index) =>
      fields.length === 0 ? text : JSON.stringify({ ...JSON.parse(samples[index] ?? '{}'), text }),
    );
    for (const [index, body] of bodies.entries()) {
      const text = hostileTexts[index] ?? '';
      const answer = post(stage, {
        body,
        contentType: 'text/plain',
        headers: [['user-agent', text.replace(/[^ -~]/g, '')]],
      });
      const message = answer.sqs?.sent?.message;
      check(`${JSON.stringify(text)} arrives as it was sent`, message?.body === body, answer.body);
      check(
        `${JSON.stringify(text)} adds no message attribute`,
        !message?.attributes.some(({ value }) => value === 'victim'),
      );
    }
    check('each is one message', world.account(flow.queueArn).accepted === bodies.length);
    return `${bodies.length} bodies, each as it was sent`;
  },
});
