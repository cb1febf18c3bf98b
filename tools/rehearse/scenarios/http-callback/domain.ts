import { executeApiHost } from '../../world/connections-endpoint';
import type { HttpCallbackFlow } from '../../world/flows';
import { type Address, doorOf } from '../../world/front-door';
import { accepts, isForbidden, type Outcome, queueOf, told } from '../door-outcome';
import { type Stage, scenario } from '../scenario';
import { bodiesOf, requestOf } from './callers';

export const httpDomain = scenario<'http-callback'>({
  id: 'http-callback/domain',
  kind: 'http-callback',
  title: 'the domain leads to the callback by its base path alone, and no way around it is open',
  applies: ({ domain }) => domain !== undefined,
  async run(stage) {
    const { check, flow, world } = stage;
    const { api, domain, queueArn, route } = flow;
    if (!domain) return 'no domain';
    const [body = '', other = ''] = bodiesOf(flow, 2);
    const { name: host, base, mutualTls: certificate } = domain;
    const through = call(stage, { host, path: `${base}${route.path}`, certificate }, body);
    check(`https://${host}${base}${route.path} takes it`, accepts(through), told(through));
    check('it is on its queue', queueOf(through) === queueArn, queueOf(through));
    if (base !== '') {
      const beside = call(stage, { host, path: route.path, certificate }, other);
      check(`https://${host}${route.path} is forbidden`, isForbidden(beside), told(beside));
    }
    if (certificate) {
      const bare = call(stage, { host, path: `${base}${route.path}` }, other);
      check('without a certificate there is no connection', bare === 'ECONNRESET', told(bare));
    }
    const own = executeApiHost(api.id, world.system);
    const direct = call(stage, { host: own, path: `/${api.stageName}${route.path}` }, other);
    check(
      `the execute-api address ${domain.executeApi ? 'takes it too' : 'is out of service'}`,
      domain.executeApi ? accepts(direct) : isForbidden(direct),
      `${told(direct)}, by ${api.address}`,
    );
    return `https://${host}${base}${route.path} → ${told(through)}; execute-api → ${told(direct)}`;
  },
});

/** What a sender gets that posts to an address. */
function call(stage: Stage<HttpCallbackFlow>, address: Address, body: string): Outcome {
  const door = doorOf(stage.world.system, address);
  if (typeof door === 'string' || 'status' in door) return door;
  if (!('cors' in door.api)) return `${door.api.address}, which is no HTTP API`;
  return stage.world.httpRequest(door.api, { ...requestOf(stage, { body }), path: door.path });
}
