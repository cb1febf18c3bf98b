import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';
import { signatureOf } from './signing';

export const secretReads = scenario<'callback'>({
  id: 'callback/secret-reads',
  kind: 'callback',
  title: 'the secret is read once for many requests, and wrong signatures do not have it read over and over',
  applies: ({ signature }) => signature !== undefined,
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const bodies = await bodiesOf(flow, 50);
    for (const body of bodies) {
      const answer = await post(stage, { body });
      check('a signed request is let in', isAccepted(answer), `${answer.status} ${answer.body}`);
      await pass(1000);
    }
    // Either version is read once.
    const once = 2;
    const { reads } = world.secrets;
    check('one reading is for all of them', reads === once, `${reads} reads`);
    for (const body of bodies) {
      const headers = signatureOf(stage, { body, secret: 'of someone who tries' });
      const { status } = await post(stage, { body, headers });
      check('a wrong signature: 403', status === 403, `${status}`);
      await pass(100);
    }
    const more = world.secrets.reads - reads;
    check('5 s of wrong signatures make no more than one reading', more <= once, `${more} reads`);
    return `${bodies.length} signed requests: ${reads} reads; ${bodies.length} wrong ones: ${more} more`;
  },
});
