import { Testing } from 'cdktf';
import type { Environment } from '../../environments/environment';
import { DeploymentRolesStack } from '../../stacks/deployment-roles';
import { type Configuration, synthesized } from '../support/synthesized';
import { exampleCallback, exampleEnvironment, exampleSubscription } from './example-environment';

export const repository = 'example@1/gateways@2';
export const github: Partial<Environment> = { deploymentRoles: { github: { repository } } };
export const hcpTerraform: Partial<Environment> = {
  state: { kind: 'hcp-terraform', organization: 'example-org', project: 'gateways' },
  deploymentRoles: { hcpTerraform: {} },
};
export const s3: Environment['state'] = {
  kind: 's3',
  bucket: 'states',
  region: 'eu-west-1',
  keyPrefix: 'gateway',
};
export const whole: Partial<Environment> = {
  callbackReceiver: { callbacks: [exampleCallback] },
  websocketReply: {},
  subscriberPipe: { subscriptions: [exampleSubscription] },
};

/** What the roles' stack of such an environment synthesizes to. */
export function rolesWith(changes: Partial<Environment>): Configuration {
  const environment = { ...exampleEnvironment, websocketReply: {}, ...changes };
  return synthesized(new DeploymentRolesStack(Testing.app(), environment, environment.deploymentRoles ?? {}));
}
