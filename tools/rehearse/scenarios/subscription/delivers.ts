import { enough, scenario } from '../scenario';
import { feed, takenOf, wantedOf } from './feed';

export const delivers = scenario<'subscription'>({
  id: 'subscription/delivers',
  kind: 'subscription',
  title: 'every message of the queue reaches the subscriber with its whole content, and leaves the queue',
  essential: true,
  async run(stage) {
    const { check, flow, pass, subscriber, world } = stage;
    const fed = await feed(stage, 5);
    await pass(enough);
    const wanted = wantedOf(stage, fed);
    const taken = takenOf(stage, wanted);
    check(
      'the subscriber gets every message',
      taken.length === wanted.length,
      `${taken.length} of ${wanted.length}`,
    );
    const deliveries = subscriber(flow.pipe.arn).taken;
    const whole = flow.pipe.inputTemplate === undefined || flow.pipe.inputTemplate.includes('<$.body>');
    for (const { body } of whole ? taken : []) {
      check(
        'it gets the whole content',
        deliveries.some(({ carries }) => carries(body)),
        body,
      );
    }
    const left = world.queue(flow.queueArn).messages().length;
    check('nothing is left on the queue', left === 0, `${left} messages`);
    const passed = fed.length - wanted.length;
    return `${wanted.length} messages, ${deliveries.length} deliveries${passed > 0 ? `; ${passed} more that the filter lets pass by` : ''}`;
  },
});
