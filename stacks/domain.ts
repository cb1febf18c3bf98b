import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { CustomDomain } from '../constructs/api/custom-domain';
import type { DeployedDomain } from '../constructs/iam/deployment/domains';
import type { DomainSettings, Environment } from '../environments/environment';

/** What of an API a domain is put in front of. */
export interface DomainOf {
  readonly apiId: string;
  readonly stageName: string;
  readonly dualStack?: boolean;
}

/** The domain of a stack's API, where its settings have one; an output tells what to point the name at. */
export function domainOf(
  scope: Construct,
  settings: DomainSettings | undefined,
  of: DomainOf,
): CustomDomain | undefined {
  if (!settings) return undefined;
  const domain = new CustomDomain(scope, 'domain', { ...settings, ...of });
  if (settings.hostedZoneId === undefined) {
    new TerraformOutput(scope, 'domain_target', {
      description: `What a record of ${settings.name} must point to: a CNAME, or an alias`,
      value: domain.target,
    });
  }
  return domain;
}

/** What of an environment's domains its pipelines deploy. */
export const deployedDomains = ({
  callbackReceiver,
  httpCallbackReceiver,
  websocketReply,
}: Environment): readonly DeployedDomain[] =>
  [callbackReceiver, httpCallbackReceiver, websocketReply]
    .flatMap((settings) => settings?.domain ?? [])
    .map(({ name, certificateArn, hostedZoneId, mutualTls }) => ({
      name,
      makesCertificate: certificateArn === undefined,
      hostedZoneId,
      truststoreUri: mutualTls?.truststoreUri,
    }));
