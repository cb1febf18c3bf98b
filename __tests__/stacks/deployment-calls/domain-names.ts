import { type Answer, type Json, json } from './answer';

/**
 * Domain names of API Gateway V2 and their mappings. moto's have no status, which the provider waits for, and cannot
 * be changed; it maps no REST APIs.
 */
export class DomainNames {
  readonly #domains = new Map<string, Json>();
  readonly #mappings = new Map<string, Json>();

  /** The answer, where the request is about one. */
  answer(method: string, pathname: string, body: string): Answer | undefined {
    const [, domain, ofMappings, mapping] =
      /^\/v2\/domainnames(?:\/([^/]+)(?:(\/apimappings)(?:\/([^/]+))?)?)?$/.exec(pathname) ?? [];
    if (!pathname.startsWith('/v2/domainnames')) return undefined;
    const given = body === '' ? {} : (JSON.parse(body) as Json);
    if (ofMappings) {
      const apiMappingId = mapping ?? `mapping${this.#mappings.size}`;
      return stored(this.#mappings, method, apiMappingId, { ...given, apiMappingId });
    }
    const name = domain ?? String(given.domainName);
    return stored(this.#domains, method, name, withStatus(given));
  }
}

/** As a collection answers that holds what it is given. */
function stored(all: Map<string, Json>, method: string, id: string, given: Json): Answer {
  const there = all.get(id);
  if (method === 'POST' || (method === 'PATCH' && there)) all.set(id, { ...there, ...given });
  const found = all.get(id);
  if (!found) return json(404, { message: 'not found' });
  if (method === 'DELETE') all.delete(id);
  return method === 'DELETE' ? json(204, {}) : json(method === 'POST' ? 201 : 200, found);
}

const withStatus = ({ domainNameConfigurations, ...given }: Json): Json => ({
  ...given,
  ...(Array.isArray(domainNameConfigurations) && {
    apiMappingSelectionExpression: '$request.basepath',
    domainNameConfigurations: domainNameConfigurations.map((configuration: Json) => ({
      ...configuration,
      domainNameStatus: 'AVAILABLE',
      apiGatewayDomainName: 'd-abcdef1234.execute-api.ap-northeast-2.amazonaws.com',
      hostedZoneId: 'ZABCDEFGHIJ',
    })),
  }),
});
