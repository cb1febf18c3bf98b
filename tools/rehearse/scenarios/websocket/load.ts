import { errorResponse } from '../../world/websocket-gateway';
import { faultShare, loadFaults } from '../load-faults';
import { isPoison, shareOf } from '../load-share';
import { scenario } from '../scenario';
import { passAwake } from './clients';
import { answeredIn, clientsOf, lanesOf } from './lanes';
import { isOrdered } from './messages';

const groups = 100;
/** Groups of one client. */
const groupsEach = 5;
const perSecond = 200;

export const webSocketLoad = scenario<'websocket'>({
  id: 'websocket/load',
  kind: 'websocket',
  load: true,
  title: `a load of messages over ${groups} groups with ${faultShare * 100} % faults of every kind: nothing lost, order held, the poisoned one alone a dead letter`,
  applies: (flow, { queues }) => queues.find(({ arn }) => arn === flow.queueArn)?.redrive !== undefined,
  faults: (random) => {
    const error = errorResponse(500, 'InternalServerError');
    const faults = loadFaults(random, [errorResponse(429, 'LimitExceededException'), error]);
    return {
      ...faults,
      connections: (request) =>
        request.body.includes('poison')
          ? { kind: 'refused', response: error }
          : faults.connections?.(request),
    };
  },
  async run(stage) {
    const { check, clock, flow, pass, world } = stage;
    const messages = shareOf(stage);
    const names = Array.from({ length: groups }, (_, number) => `g${number}`);
    // Groups are spread over clients, where a group is not a client anyway.
    const lanes = names.flatMap((_, number) =>
      number % groupsEach === 0 ? lanesOf(stage, names.slice(number, number + groupsEach)) : [],
    );
    const from = clock.now();
    for (let number = 0; number < messages; number++) {
      const data = isPoison(number, messages) ? `poison ${number}` : number;
      // A client that SQS refuses sends again.
      while (!lanes[number % groups]?.send(data).sqs?.sent) await pass(50);
      if (number % perSecond === perSecond - 1) await pass(1000);
    }
    const sending = clock.now() - from;
    await passAwake(stage, ...clientsOf(lanes));
    const poisoned = 1;
    const { accepted, delivered, deadLettered, waiting, lost } = world.account(flow.queueArn);
    check('nothing is lost', lost.length === 0, `${lost.length} messages`);
    check('every message is accepted', accepted >= messages, `${accepted}`);
    check(
      'the poisoned one alone is a dead letter',
      deadLettered === poisoned,
      `${deadLettered} instead of ${poisoned}`,
    );
    check(
      'everything else is answered',
      delivered === accepted - poisoned && waiting === 0,
      `${delivered} of ${accepted - poisoned}, ${waiting} waiting`,
    );
    const seen = answeredIn(lanes).filter((data) => typeof data === 'number');
    const distinct = new Set(seen).size;
    check(
      'each is answered to its client',
      distinct === messages - poisoned,
      `${distinct} of ${messages - poisoned}`,
    );
    if (isOrdered(stage)) {
      const disordered = groupsOutOfOrder(seen);
      check('every group is in order', disordered.length === 0, `not ${disordered.join(', ')}`);
    }
    const replies = clientsOf(lanes).reduce((sum, { received }) => sum + received.length, 0);
    return `sent in ${Math.round(sending / 1000)} s: ${delivered} answered with ${replies} replies, ${deadLettered} dead letters`;
  },
});

/** Groups of which a later message was answered first. */
function groupsOutOfOrder(numbers: readonly number[]): readonly number[] {
  const last = new Map<number, number>();
  const disordered = new Set<number>();
  for (const number of numbers) {
    const group = number % groups;
    if (number < (last.get(group) ?? -1)) disordered.add(group);
    last.set(group, number);
  }
  return [...disordered];
}
