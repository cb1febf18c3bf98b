import { executeApiHost } from '../../world/connections-endpoint';
import type { CallbackFlow } from '../../world/flows';
import { type Address, doorOf } from '../../world/front-door';
import { accepts, isForbidden, type Outcome, queueOf, told } from '../door-outcome';
import { type Stage, scenario } from '../scenario';
import { bodiesOf, requestOf } from './callers';

export const callbackDomain = scenario<'callback'>({
  id: 'callback/domain',
  kind: 'callback',
  title: 'the domain leads to the callback by its base path alone, and no way around it is open',
  applies: ({ domain }) => domain !== undefined,
  async run(stage) {
    const { check, flow, world } = stage;
    const { api, domain, method, queueArn } = flow;
    if (!domain) return 'no domain';
    const bodies = await bodiesOf(flow, 2);
    const { name: host, base, mutualTls } = domain;
    const certificate = mutualTls;
    const through = await call(stage, { host, path: `${base}${method.path}`, certificate }, bodies[0] ?? '');
    check(`https://${host}${base}${method.path} takes it`, accepts(through), told(through));
    check('it is on its queue', queueOf(through) === queueArn, queueOf(through));
    for (const path of base === '' ? [] : [method.path, `${base}-other${method.path}`, `/${api.stageName}`]) {
      if (path === base || path.startsWith(`${base}/`)) continue;
      const other = await call(stage, { host, path, certificate }, bodies[1] ?? '');
      check(`https://${host}${path} is forbidden`, isForbidden(other), told(other));
    }
    if (mutualTls) {
      const bare = await call(stage, { host, path: `${base}${method.path}` }, bodies[1] ?? '');
      check('without a certificate there is no connection', bare === 'ECONNRESET', told(bare));
    }
    const own = executeApiHost(api.id, world.system);
    const direct = await call(stage, { host: own, path: `/${api.stageName}${method.path}` }, bodies[1] ?? '');
    check(
      `the execute-api address ${domain.executeApi ? 'takes it too' : 'is out of service'}`,
      domain.executeApi ? accepts(direct) : isForbidden(direct),
      `${told(direct)}, by ${api.address}`,
    );
    return `https://${host}${base}${method.path} → ${told(through)}; execute-api → ${told(direct)}`;
  },
});

/** What a sender gets that posts to an address. */
async function call(stage: Stage<CallbackFlow>, address: Address, body: string): Promise<Outcome> {
  const door = doorOf(stage.world.system, address);
  if (typeof door === 'string' || 'status' in door) return door;
  if (!('methods' in door.api)) return `${door.api.address}, which is no REST API`;
  return stage.clock.settle(
    stage.world.request(door.api, { ...requestOf(stage, { body }), path: door.path }),
  );
}
