import { errorResponse } from '../../world/websocket-gateway';
import { scenario } from '../scenario';
import { passAwake } from './clients';
import { answeredIn, areIndependent, clientsOf, lanesOf } from './lanes';
import { isOrdered } from './messages';

export const poison = scenario<'websocket'>({
  id: 'websocket/poison',
  kind: 'websocket',
  title:
    'a message that can never be answered holds up its group alone, ends in the dead-letter queue, and the group goes on',
  applies: (flow, { queues }) => queues.find(({ arn }) => arn === flow.queueArn)?.redrive !== undefined,
  faults: () => ({
    connections: ({ body }) =>
      body.includes('poison')
        ? { kind: 'refused', response: errorResponse(500, 'InternalServerError') }
        : undefined,
  }),
  async run(stage) {
    const { check, clock, flow, pass, world } = stage;
    const lanes = lanesOf(stage, ['sick', 'well']);
    const [sick, well] = lanes;
    const { visibilityTimeoutSeconds, redrive } = world.queue(flow.queueArn).settings;
    sick?.send('first');
    sick?.send('poison');
    sick?.send('behind');
    well?.send('well');
    await pass(visibilityTimeoutSeconds * 500);
    const before = answeredIn(lanes);
    check('what came before it is answered', before.includes('first'), before.join(' '));
    if (areIndependent(stage))
      check('other groups are answered at once', before.includes('well'), before.join(' '));
    if (isOrdered(stage)) check('what is behind it waits', !before.includes('behind'), before.join(' '));
    const from = clock.now();
    await passAwake(stage, ...clientsOf(lanes));
    const after = answeredIn(lanes);
    check('the group goes on', after.includes('behind'), after.join(' '));
    check('everything else is answered', after.includes('well'), after.join(' '));
    const { deadLettered } = world.account(flow.queueArn);
    check('the poisoned one alone is a dead letter', deadLettered === 1, `${deadLettered} dead letters`);
    return `a dead letter after ${redrive?.maxReceiveCount} deliveries, within ${Math.round((clock.now() - from) / 60_000)} min; 3 others answered`;
  },
});
