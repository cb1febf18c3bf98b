import { scenario } from '../scenario';
import { bodiesOf, idHeaders, post } from './callers';

export const cors = scenario<'http-callback'>({
  id: 'http-callback/cors',
  kind: 'http-callback',
  title: 'pages of the origins that are listed may post, as their browsers are told; those of others may not',
  applies: ({ api }) => api.cors !== undefined,
  async run(stage) {
    const { check, flow, world } = stage;
    const [listed = ''] = flow.api.cors?.allowOrigins ?? [];
    const origin = listed === '*' ? 'https://anywhere.example.com' : listed;
    const preflight = (from: string) =>
      world.httpRequest(flow.api, {
        method: 'OPTIONS',
        path: flow.route.path,
        headers: new Map([
          ['Origin', from],
          ['Access-Control-Request-Method', 'POST'],
        ]),
        body: '',
        sourceIp: '203.0.113.9',
      });
    const { status, headers } = preflight(origin);
    check('a preflight needs no token and gets 204', status === 204, String(status));
    const allowed = (headers.get('access-control-allow-headers') ?? '').split(',');
    for (const header of [
      'content-type',
      ...idHeaders(flow),
      ...(flow.route.authorizer ? ['authorization'] : []),
    ]) {
      check(`${header} may be sent`, allowed.includes(header.toLowerCase()), allowed.join());
    }
    check('POST may be sent', headers.get('access-control-allow-methods') === 'POST');
    const [body = ''] = bodiesOf(flow, 1);
    const told = post(stage, { body, headers: [['origin', origin]] }).headers.get(
      'access-control-allow-origin',
    );
    check('the answer is for the page', told === listed, told);
    if (listed !== '*') {
      const stranger = preflight('https://evil.example.com').headers;
      check('another page is not told that it may', !stranger.has('access-control-allow-origin'));
    }
    return `pages of ${flow.api.cors?.allowOrigins.join(', ')} may post`;
  },
});
