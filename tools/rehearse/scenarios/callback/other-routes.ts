import { listedAddress } from '../../samples/addresses';
import { scenario } from '../scenario';
import { bodiesOf } from './callers';

export const otherRoutes = scenario<'callback'>({
  id: 'callback/other-routes',
  kind: 'callback',
  title: 'another path or method gets 404, and nothing is queued',
  async run({ check, clock, flow, world }) {
    const [body = ''] = await bodiesOf(flow, 1);
    const { httpMethod, path } = flow.method;
    const requests = [
      ['GET', path],
      ['DELETE', path],
      [httpMethod, `${path}/more`],
      [httpMethod, path.split('/').slice(0, -1).join('/') || '/none'],
      [httpMethod, `${path}%00`],
    ].filter(
      ([method, at]) => !flow.api.methods.some((other) => other.httpMethod === method && other.path === at),
    );
    for (const [method = '', at = ''] of requests) {
      const request = world.request(flow.api, {
        method,
        path: at,
        headers: new Map([['Content-Type', 'application/json']]),
        body,
        sourceIp: listedAddress(flow.allowList),
      });
      const answer = await clock.settle(request);
      check(`${method} ${at} gets 404`, answer.status === 404, `${answer.status} ${answer.body}`);
    }
    check('nothing is queued', world.account().accepted === 0);
    return `${requests.length} requests, 404 each`;
  },
});
