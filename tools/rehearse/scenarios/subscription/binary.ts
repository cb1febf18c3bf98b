import { binaryContentTypesOf, post } from '../callback/callers';
import { enough, scenario } from '../scenario';

export const deliversBinary = scenario<'subscription'>({
  id: 'subscription/binary',
  kind: 'subscription',
  title: 'bytes that were posted to the callback reach the subscriber in base64',
  // A filter may have an opinion of its own on what is no JSON.
  applies: ({ callback, pipe }) =>
    callback?.kind === 'callback' &&
    binaryContentTypesOf(callback).length > 0 &&
    pipe.filters.length === 0 &&
    (pipe.inputTemplate === undefined || pipe.inputTemplate.includes('<$.body>')),
  async run(stage) {
    const { check, flow, pass, random, subscriber, world } = stage;
    const { callback } = flow;
    if (callback?.kind !== 'callback') return 'no callback of a REST API';
    const bytes = Buffer.from(Array.from({ length: 1000 }, () => random.between(0, 255)));
    const types = binaryContentTypesOf(callback);
    for (const contentType of types) await post({ ...stage, flow: callback }, { body: bytes, contentType });
    await pass(enough);
    const { taken } = subscriber(flow.pipe.arn);
    const { delivered } = world.account(flow.queueArn);
    check('every message is delivered', delivered === types.length, `${delivered} of ${types.length}`);
    const whole = taken.filter(({ carries }) => carries(bytes.toString('base64')));
    check('each with all of its bytes', whole.length >= types.length, taken[0]?.content.slice(0, 200));
    return `${types.join(', ')}: ${bytes.length} bytes each`;
  },
});
