import { errorResponse } from '../../world/websocket-gateway';
import { checkGivenUp, hasOwnQueue } from '../given-up';
import { scenario } from '../scenario';
import { connect } from './clients';
import { messagesOf } from './messages';

export const messageGivenUp = scenario<'websocket'>({
  id: 'websocket/given-up',
  kind: 'websocket',
  title: 'what can never be answered is given up, and kept for longer than the queue would have kept it',
  applies: hasOwnQueue,
  faults: () => ({
    connections: () => ({ kind: 'refused', response: errorResponse(500, 'InternalServerError') }),
  }),
  async run(stage) {
    const { pass } = stage;
    return checkGivenUp(stage, async () => {
      connect(stage).send(messagesOf(stage)('a', 'never answered'));
      await pass();
    });
  },
});
