import { otherRequests } from '../other-requests';
import { scenario } from '../scenario';
import { asSender, bodiesOf } from './callers';

export const otherRoutes = scenario<'callback'>({
  id: 'callback/other-routes',
  kind: 'callback',
  title: 'another path or method gets 404, or 403 where requests are signed, and nothing is queued',
  async run(stage) {
    const { check, clock, flow, world } = stage;
    // API Gateway has one answer for both, and a request that is not signed is no 404.
    const wanted = flow.api.methods.some(({ authorization }) => authorization === 'AWS_IAM') ? 403 : 404;
    const [body = ''] = await bodiesOf(flow, 1);
    const { headers, ...from } = asSender(stage, { body });
    const requests = otherRequests(flow.method, flow.api.methods);
    for (const { httpMethod: method, path: at } of requests) {
      const request = world.request(flow.api, {
        method,
        path: at,
        headers: new Map([['Content-Type', 'application/json'], ...headers]),
        body,
        ...from,
      });
      const answer = await clock.settle(request);
      check(`${method} ${at} gets ${wanted}`, answer.status === wanted, `${answer.status} ${answer.body}`);
    }
    check('nothing is queued', world.account().accepted === 0);
    return `${requests.length} requests, ${wanted} each`;
  },
});
