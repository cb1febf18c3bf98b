import { scenario } from '../scenario';
import { bodiesOf, contentTypesOf, post } from './callers';

export const tooLarge = scenario<'callback'>({
  id: 'callback/too-large',
  kind: 'callback',
  title: 'a body that the queue is too small for gets 413, not 2xx; one that just fits is queued',
  async run(stage) {
    const { check, flow, world } = stage;
    const { maximumMessageSize } = world.queue(flow.queueArn).settings;
    const [sample = '{}'] = await bodiesOf(flow, 1);
    // White space before a JSON value is part of the body and not of its meaning.
    const padded = (size: number) => sample.padStart(size, ' ');
    const attributes = 1024;
    const contentType = contentTypesOf(flow)[0] ?? 'application/json';
    const fitting = await post(stage, { body: padded(maximumMessageSize - attributes), contentType });
    check('one that fits is queued', fitting.sqs?.sent !== undefined, `${fitting.status} ${fitting.body}`);
    for (const size of [maximumMessageSize + 1, 10 * 1024 * 1024 + 1]) {
      const answer = await post(stage, { body: padded(size), contentType });
      check(`${size} bytes get 413`, answer.status === 413, `${answer.status} ${answer.body.slice(0, 200)}`);
      check(`${size} bytes are not queued`, answer.sqs?.sent === undefined);
    }
    return `${maximumMessageSize - attributes} bytes queued, more than ${maximumMessageSize} refused with 413`;
  },
});
