import { otherRequests } from '../other-requests';
import { scenario } from '../scenario';
import { bodiesOf } from './callers';

export const httpOtherRoutes = scenario<'http-callback'>({
  id: 'http-callback/other-routes',
  kind: 'http-callback',
  title: 'another path or method gets 404, and nothing is queued',
  async run({ check, flow, world }) {
    const [body = ''] = bodiesOf(flow, 1);
    const requests = otherRequests(flow.route, flow.api.routes);
    for (const { httpMethod: method, path: at } of requests) {
      const answer = world.httpRequest(flow.api, {
        method,
        path: at,
        headers: new Map([['content-type', 'application/json']]),
        body,
        sourceIp: '203.0.113.9',
      });
      check(`${method} ${at} gets 404`, answer.status === 404, `${answer.status} ${answer.body}`);
    }
    check('nothing is queued', world.account().accepted === 0);
    return `${requests.length} requests, 404 each`;
  },
});
