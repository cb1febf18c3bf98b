import type { CustomDomain } from '../rehearse/api-gateway/custom-domain';
import type { System } from '../rehearse/world/system';
import type { Style } from '../terminal';

/** What a custom domain leads to, for the banner, and how to get there here. */
export function domainPart(
  { name, mappings, mutualTls }: CustomDomain,
  { restApis, httpApis, webSocketApis }: System,
  style: Style,
): string {
  const apis = [...restApis, ...httpApis, ...webSocketApis];
  return [
    ...mappings.map(({ base, apiId }) => {
      const api = apis.find(({ id }) => id === apiId);
      const own = api?.executeApiEndpoint === false ? ', and nothing else does at AWS' : '';
      return `${style.bold(`${name}${base}`)} leads to /${api?.stageName}${own}`;
    }),
    style.dim(`  Here a request is for it that says so: -H 'Host: ${name}'.`),
    ...(mutualTls ? [style.dim('  Callers must show a certificate there; here nobody is asked.')] : []),
  ].join('\n');
}
