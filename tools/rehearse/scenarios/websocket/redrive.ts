import { errorResponse } from '../../world/websocket-gateway';
import { scenario } from '../scenario';
import { answered, connect, passAwake } from './clients';
import { isOrdered, messagesOf } from './messages';

export const redrive = scenario<'websocket'>({
  id: 'websocket/redrive',
  kind: 'websocket',
  title: 'dead letters that are redriven once the cause is gone are answered, in the order of their group',
  applies: (flow, { queues }) => queues.find(({ arn }) => arn === flow.queueArn)?.redrive !== undefined,
  faults: () => {
    let mended = false;
    return {
      connections: ({ body }) => {
        mended ||= body.includes('mended');
        return mended ? undefined : { kind: 'refused', response: errorResponse(500, 'InternalServerError') };
      },
    };
  },
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const client = connect(stage);
    const message = messagesOf(stage);
    const numbers = [0, 1, 2];
    for (const number of numbers) client.send(message('a', number));
    await passAwake(stage, client);
    const { deadLettered } = world.account(flow.queueArn);
    check('they are dead letters', deadLettered >= numbers.length, `${deadLettered} of ${numbers.length}`);
    client.send(message('b', 'mended'));
    await pass();
    world.redrive(flow.queueArn);
    await pass();
    const seen = answered(client).filter((data) => typeof data === 'number');
    check(
      'the redriven ones are answered',
      seen.length === numbers.length,
      `${seen.length} of ${numbers.length}`,
    );
    if (isOrdered(stage)) check('in their order', seen.join() === numbers.join(), seen.join(' '));
    return `${deadLettered} dead letters redriven and answered`;
  },
});
