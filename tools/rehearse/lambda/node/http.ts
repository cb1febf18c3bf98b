import http from 'node:http';
import { Agent, type AgentOptions } from './http-agent';
import { ClientRequest, type HttpSurroundings } from './http-request';
import { IncomingMessage } from './http-response';
import { requestArguments, type Target } from './http-target';

/** The client's side of `node:http` and `node:https`, on a simulated network. */
export function httpOf(surroundings: HttpSurroundings, protocol: Target['protocol']) {
  const { loop, unknown } = surroundings;
  const secure = protocol === 'https';

  class OwnAgent extends Agent {
    readonly defaultPort = secure ? 443 : 80;
    readonly protocol = `${protocol}:`;

    constructor(options?: AgentOptions) {
      super(loop, secure, options);
    }
  }
  const globalAgent = new OwnAgent({ keepAlive: true });

  const agentFor = (given: unknown): Agent => {
    if (given === undefined || given === null) return globalAgent;
    if (given === false) return new OwnAgent();
    if (given instanceof OwnAgent && !('createConnection' in given)) return given;
    throw unknown(`a request of node:${protocol} through an agent of another kind`);
  };

  const request = (...args: unknown[]): ClientRequest => {
    const { options, onResponse } = requestArguments(args);
    const created = new ClientRequest(surroundings, protocol, options, agentFor(options.agent));
    if (onResponse) created.once('response', onResponse);
    return created;
  };
  const get = (...args: unknown[]): ClientRequest => {
    const created = request(...args);
    created.end();
    return created;
  };

  return {
    Agent: OwnAgent,
    ClientRequest,
    IncomingMessage,
    METHODS: http.METHODS,
    STATUS_CODES: http.STATUS_CODES,
    get,
    globalAgent,
    maxHeaderSize: http.maxHeaderSize,
    request,
    validateHeaderName: http.validateHeaderName,
    validateHeaderValue: http.validateHeaderValue,
  };
}
