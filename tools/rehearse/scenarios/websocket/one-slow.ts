import { scenario } from '../scenario';
import { answeredIn, areIndependent, lanesOf } from './lanes';

export const oneSlow = scenario<'websocket'>({
  id: 'websocket/one-slow',
  kind: 'websocket',
  title: 'of ten groups in one batch a slow one does not hold up the other nine',
  faults: () => {
    let slow = 0;
    return {
      connections: ({ body }) => (body.includes('slow') && slow++ === 0 ? { kind: 'silence' } : undefined),
    };
  },
  async run(stage) {
    const { check, pass } = stage;
    const lanes = lanesOf(
      stage,
      Array.from({ length: 10 }, (_, number) => `g${number}`),
    );
    for (const [number, lane] of lanes.entries()) lane.send(number === 0 ? 'slow' : number);
    await pass(1000);
    const soon = answeredIn(lanes).length;
    if (areIndependent(stage)) check('nine are answered within a second', soon === 9, `${soon}`);
    await pass();
    check('all are answered in the end', answeredIn(lanes).length === 10, `${answeredIn(lanes).length}`);
    return `${soon} replies within a second, the others afterwards`;
  },
});
