import { scenario } from '../scenario';
import { bodiesOf, idSourcesOf, isAccepted, post } from './callers';

export const httpTooLarge = scenario<'http-callback'>({
  id: 'http-callback/too-large',
  kind: 'http-callback',
  title: 'a body that the queue is too small for gets 4xx, not 2xx; one that just fits is queued',
  async run(stage) {
    const { check, flow, world } = stage;
    const { maximumMessageSize } = world.queue(flow.queueArn).settings;
    const [sample = '{}'] = bodiesOf(flow, 1);
    // White space before a JSON value is part of the body and not of its meaning.
    const padded = (size: number) => sample.padStart(size - Buffer.byteLength(sample) + sample.length, ' ');
    // Of a larger body AWS looks for fields in its beginning only, and an id there is not to be relied on.
    const seen = idSourcesOf(flow).some(({ from }) => from === 'body') ? 100 * 1024 : maximumMessageSize;
    const fits = Math.min(seen, maximumMessageSize) - 1024;
    const fitting = post(stage, { body: padded(fits) });
    check('one that fits is queued', isAccepted(fitting), `${fitting.status} ${fitting.body}`);
    for (const size of [maximumMessageSize + 1, 10 * 1024 * 1024 + 1]) {
      const { status, sqs, body } = post(stage, { body: padded(size) });
      check(`${size} bytes get 4xx`, status >= 400 && status < 500, `${status} ${body.slice(0, 200)}`);
      check(`${size} bytes are not queued`, sqs?.sent === undefined);
    }
    return `${fits} bytes queued, more than ${maximumMessageSize} refused`;
  },
});
