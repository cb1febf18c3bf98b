import { scenario } from '../scenario';
import { contentTypesOf, post } from './callers';

const bodies = ['hello', '{"cut":"off', '{"comma":"too many",}', "{'single':'quotes'}", 'null and more'];

export const notJson = scenario<'callback'>({
  id: 'callback/not-json',
  kind: 'callback',
  title: 'a body that is said to be JSON and is not gets 400, whatever the schema allows',
  applies: (flow) => contentTypesOf(flow).includes('application/json'),
  async run(stage) {
    const { check, flow, world } = stage;
    const { address, models } = flow.method;
    const validated = models.has('application/json') || models.has('$default');
    check(
      'JSON bodies are validated',
      validated,
      `${address} has no request_models, or no request validator with validate_request_body`,
    );
    if (!validated) return 'not played';
    for (const body of bodies) {
      const answer = await post(stage, { body, contentType: 'application/json' });
      check(`${body}: 400`, answer.status === 400, `${answer.status} ${answer.body}`);
    }
    check('nothing is queued', world.account(flow.queueArn).accepted === 0);
    return `${bodies.length} bodies, 400 each`;
  },
});
