import { scenario } from '../scenario';
import { checkByTurns, clientsOf, lanesOf, sendByTurns } from './lanes';

const each = 10;

export const functionKilled = scenario<'websocket'>({
  id: 'websocket/function-killed',
  kind: 'websocket',
  title: 'the function killed in the middle of a batch: what it had not done is delivered again, in order',
  faults: () => {
    let execution = 0;
    return { execution: () => (execution++ < 2 ? { killAfterMilliseconds: 25 } : undefined) };
  },
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const lanes = lanesOf(stage, ['a', 'b']);
    const sent = sendByTurns(lanes, each);
    await pass();
    checkByTurns(stage, lanes, each);
    const { deadLettered } = world.account(flow.queueArn);
    check('none is given up', deadLettered === 0, `${deadLettered} in the dead-letter queue`);
    return `${sent} messages, 2 executions killed, ${clientsOf(lanes).flatMap(({ received }) => received).length} replies`;
  },
});
