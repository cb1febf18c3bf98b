import { scenario } from '../scenario';
import { answered, connect } from './clients';
import { messagesOf } from './messages';

export const clientGone = scenario<'websocket'>({
  id: 'websocket/client-gone',
  kind: 'websocket',
  title: 'a client that leaves costs nobody else anything: its messages end, and are not tried again',
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const message = messagesOf(stage);
    const leaving = connect(stage);
    const staying = connect(stage);
    for (let number = 0; number < 5; number++) {
      leaving.send(message('shared', `leaving ${number}`));
      staying.send(message('shared', `staying ${number}`));
    }
    leaving.close();
    let deliveries = 0;
    world.queue(flow.queueArn).onDeleted(({ receiveCount }) => {
      deliveries = Math.max(deliveries, receiveCount);
    });
    await pass();
    check(
      'the other client has its replies',
      answered(staying).length === 5,
      `${answered(staying).length} of 5`,
    );
    const { dropped, delivered, deadLettered, waiting } = world.account(flow.queueArn);
    check(
      'its messages are done with',
      dropped === 5 && delivered === 5,
      `${dropped} dropped, ${delivered} delivered`,
    );
    check('none is kept', deadLettered + waiting === 0, `${deadLettered} dead letters, ${waiting} waiting`);
    check('none was delivered to the function twice', deliveries === 1, `${deliveries} times`);
    return '5 replies to nobody dropped, 5 others sent';
  },
});
