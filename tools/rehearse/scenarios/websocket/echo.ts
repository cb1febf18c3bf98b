import { enough, scenario } from '../scenario';
import { connect } from './clients';
import { messagesOf } from './messages';

export const echo = scenario<'websocket'>({
  id: 'websocket/echo',
  kind: 'websocket',
  title: 'a message is answered on its own connection with its connection id, its request id and itself',
  essential: true,
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const client = connect(stage);
    const message = messagesOf(stage)('test', 'hello world');
    const { requestId, toClient, sqs } = client.send(message);
    check('the message is taken', toClient === undefined, toClient);
    check('SQS takes it', sqs?.sent !== undefined, sqs?.body);
    check('its body is queued as it was sent', sqs?.sent?.message.body === message, sqs?.sent?.message.body);
    await pass(enough);
    const expected = JSON.stringify({ connectionId: client.connectionId, requestId, message });
    check(
      'the reply is complete',
      client.received.join('\n') === expected,
      client.received.join('\n') || 'no reply',
    );
    const left = world.queue(flow.queueArn).messages().length;
    check('nothing is left on the queue', left === 0, `${left} messages`);
    return `${message} → ${client.received[0] ?? 'nothing'}`;
  },
});
