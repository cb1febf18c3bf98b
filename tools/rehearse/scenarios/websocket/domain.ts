import { executeApiHost } from '../../world/connections-endpoint';
import type { WebSocketFlow } from '../../world/flows';
import { type Address, doorOf } from '../../world/front-door';
import type { WebSocketGateway } from '../../world/websocket-gateway';
import { enough, type Stage, scenario } from '../scenario';
import { connect } from './clients';
import { messagesOf } from './messages';

export const webSocketDomain = scenario<'websocket'>({
  id: 'websocket/domain',
  kind: 'websocket',
  title: 'clients that come through the domain are answered, and no way around it is open',
  applies: ({ domain }) => domain !== undefined,
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const { api, domain } = flow;
    if (!domain) return 'no domain';
    const { name: host, base } = domain;
    const gateway = gatewayAt(stage, { host, path: base || '/' });
    check(`wss://${host}${base} is the API`, gateway === world.gateways.get(api), told(gateway));
    if (typeof gateway === 'string') return gateway;
    const client = connect(stage, gateway);
    client.send(messagesOf(stage)('test', 'hello world'));
    await pass(enough);
    check('the client is answered', client.received.length === 1, `${client.received.length} replies`);
    for (const path of [`/${api.stageName}`, `${base}-other`]) {
      if (base === '' || path === base) continue;
      const other = gatewayAt(stage, { host, path });
      check(`wss://${host}${path} is forbidden`, other === '403', told(other));
    }
    const direct = gatewayAt(stage, {
      host: executeApiHost(api.id, world.system),
      path: `/${api.stageName}`,
    });
    check(
      `the execute-api address ${domain.executeApi ? 'is open too' : 'is out of service'}`,
      domain.executeApi ? typeof direct !== 'string' : direct === '403',
      `${told(direct)}, by ${api.address}`,
    );
    return `wss://${host}${base} → ${client.received[0] ?? 'nothing'}; execute-api → ${told(direct)}`;
  },
});

/** Where a client arrives, or the status or the fault that it gets instead. */
function gatewayAt({ world }: Stage<WebSocketFlow>, address: Address): WebSocketGateway | string {
  const door = doorOf(world.system, address);
  if (typeof door === 'string') return door;
  if ('status' in door) return String(door.status);
  const gateway =
    'connectAuthorization' in door.api && door.path === '/' ? world.gateways.get(door.api) : undefined;
  return gateway ?? `${door.path} of ${door.api.address}`;
}

const told = (gateway: WebSocketGateway | string): string =>
  typeof gateway === 'string' ? gateway : gateway.api.address;
