import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';

export const apiKey = scenario<'callback'>({
  id: 'callback/api-key',
  kind: 'callback',
  title:
    'who has no key gets 403, whose quota is used up 429 until the next period, and nothing of it is queued',
  applies: ({ apiKey: key, quota, method }) =>
    key !== undefined || quota !== undefined || method.apiKeyRequired,
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const [body = ''] = await bodiesOf(flow, 1);
    for (const [who, sent] of [
      ['without a key', undefined],
      ['with a key of nobody', 'a'.repeat(40)],
      ["with a key's id", flow.apiKey?.id],
    ] as const) {
      const { status, body: said } = await post(stage, { body, asked: { apiKey: sent } });
      check(`who comes ${who} gets 403`, status === 403, `${status} ${said}, by ${flow.method.address}`);
    }
    const { apiKey: key, quota } = flow;
    if (key && quota) {
      // Whatever the plan's own limit is: what the environment wants is used up.
      world.usage.count(key, { ...quota, limit: Number.POSITIVE_INFINITY }, quota.limit);
      const { status, body: said } = await post(stage, { body, counts: true });
      check('one request above the quota gets 429', status === 429, `${status} ${said}`);
      await pass(world.usage.untilRenewed(quota));
    }
    check('nothing of it is queued', world.account(flow.queueArn).accepted === 0);
    const answer = await post(stage, { body, counts: true });
    check('who has the key gets 2xx', isAccepted(answer), `${answer.status} ${answer.body}`);
    return `403 without the key${quota ? `, 429 above ${quota.limit} requests a ${quota.period.toLowerCase()}` : ''}, ${answer.status} with it`;
  },
});
