import { scenario } from '../scenario';
import { answered, connect, firstTimes } from './clients';
import { messagesOf } from './messages';

export const visibilityExpiry = scenario<'websocket'>({
  id: 'websocket/visibility-expiry',
  kind: 'websocket',
  title:
    'a batch that a hanging function never finishes is delivered again after its visibility timeout, not before',
  faults: () => {
    let requests = 0;
    // More than the tries of the first execution.
    return { connections: () => (requests++ < 3 ? { kind: 'silence' } : undefined) };
  },
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const client = connect(stage);
    client.send(messagesOf(stage)('a', 1));
    await pass(world.queue(flow.queueArn).settings.visibilityTimeoutSeconds * 1000 - 1);
    check('it is not answered before', client.received.length === 0, client.received.join(' '));
    await pass();
    check(
      'it is answered in the end',
      firstTimes(answered(client)).length === 1,
      `${client.received.length} replies`,
    );
    check('nothing is left', world.account(flow.queueArn).waiting === 0);
    return 'answered in a later delivery';
  },
});
