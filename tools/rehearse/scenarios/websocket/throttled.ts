import { errorResponse } from '../../world/websocket-gateway';
import { scenario } from '../scenario';
import { checkByTurns, clientsOf, lanesOf, sendByTurns } from './lanes';

const each = 15;

export const throttled = scenario<'websocket'>({
  id: 'websocket/throttled',
  kind: 'websocket',
  title:
    'throttled, failing and broken @connections are tried again: every reply comes, groups stay in order',
  faults: (random) => ({
    connections: () => {
      if (!random.chance(0.4)) return undefined;
      const kinds = [
        { kind: 'refused', response: errorResponse(429, 'LimitExceededException', 'Rate exceeded') },
        { kind: 'refused', response: errorResponse(500, 'InternalServerError') },
        { kind: 'refused', response: errorResponse(503, 'ServiceUnavailable') },
        { kind: 'reset' },
        { kind: 'answer-lost' },
      ] as const;
      return kinds[random.between(0, kinds.length - 1)];
    },
  }),
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const lanes = lanesOf(stage, ['a', 'b', 'c', 'd']);
    const sent = sendByTurns(lanes, each);
    await pass();
    checkByTurns(stage, lanes, each);
    const { deadLettered } = world.account(flow.queueArn);
    check('none is given up', deadLettered === 0, `${deadLettered} in the dead-letter queue`);
    return `${sent} messages, ${clientsOf(lanes).flatMap(({ received }) => received).length} replies for them, in order`;
  },
});
