import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { DeploymentPolicies } from '../constructs/iam/deployment/deployment-policies';
import { DeploymentRole } from '../constructs/iam/deployment/deployment-role';
import { identityProvider } from '../constructs/iam/deployment/identity-provider';
import { ManagedPolicy } from '../constructs/iam/deployment/managed-policy';
import {
  boundaryName,
  type Deployer,
  deploymentPhases,
  deploymentRoleName,
} from '../constructs/iam/deployment/role-names';
import {
  githubIdentities,
  terraformIdentities,
  type WebIdentity,
} from '../constructs/iam/deployment/web-identity';
import { boundaryStatements } from '../constructs/iam/permissions-boundary';
import { placementOf } from '../constructs/iam/placement';
import { bucketName } from '../constructs/names';
import { defaults } from '../environments/defaults';
import type { DeploymentRolesSettings, Environment } from '../environments/environment';
import { stateKey } from './backend';
import { deployedDomains } from './domain';
import { EnvironmentStack, stackId, type Variant, variantsOf } from './environment-stack';

interface Pipeline {
  readonly deployer: Deployer;
  /** As people know it. */
  readonly title: string;
  readonly makesProvider: boolean;
  readonly identities: { readonly plan: WebIdentity; readonly apply: WebIdentity };
}

/**
 * The roles as which pipelines deploy an environment's other stacks, one to plan and one to apply, and the boundary
 * of the roles that they make. A person deploys it: no pipeline may change what it may do itself.
 */
export class DeploymentRolesStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, settings: DeploymentRolesSettings) {
    super(scope, environment, 'deployment-roles');
    const at = placementOf(this);
    const pipelines = this.#pipelines(settings);
    const policies = new DeploymentPolicies(this, 'deploy', {
      environment: environment.name,
      hasKeys: environment.encryption === 'customer-key',
      monitoring: environment.monitoring && { makesTopic: environment.alarmTopicArn === undefined },
      setsAccountLogging: environment.manageAccountLogging === true,
      domains: deployedDomains(environment),
      callers: {
        hasApiKeys: environment.callbackReceiver?.callbacks.some(({ apiKey }) => apiKey) ?? false,
        webAclArn: environment.callbackReceiver?.webAclArn,
      },
      hasHttpApi: environment.httpCallbackReceiver !== undefined,
      state: this.#states(),
      boundary: new ManagedPolicy(this, 'boundary', {
        name: boundaryName(environment.name),
        description: `The most that the roles of the running ${environment.name} may ever do`,
        statements: boundaryStatements(at, {
          names: this.prefixed('*'),
          bucketNames: bucketName(this.prefixed('*'), at.accountId, at.region),
          ...othersIn(environment),
          encryptsVariables: environment.encryption === 'customer-key',
          setsAccountLogging: environment.manageAccountLogging === true,
        }),
      }),
      protected: {
        roles: pipelines.flatMap(({ deployer }) =>
          deploymentPhases.map((phase) => deploymentRoleName(environment.name, deployer, phase)),
        ),
        issuers: pipelines.map(({ identities }) => identities.plan.issuer.host),
      },
    });
    const arns = pipelines.flatMap(({ deployer, title, makesProvider, identities }) => {
      const provider = makesProvider
        ? identityProvider(this, `${deployer}-provider`, identities.plan.issuer)
        : undefined;
      return deploymentPhases.map((phase) => {
        const role = new DeploymentRole(this, `${deployer}-${phase}`, {
          name: deploymentRoleName(environment.name, deployer, phase),
          description:
            phase === 'plan'
              ? `Lets ${title} plan ${environment.name}: it reads, and changes nothing`
              : `Lets ${title} apply the plans of ${environment.name}`,
          identity: identities[phase],
          policies: policies[phase],
          provider,
        });
        return [`${deployer}-${phase}`, role.arn] as const;
      });
    });
    new TerraformOutput(this, 'role_arns', {
      description: 'The roles that pipelines assume',
      value: Object.fromEntries(arns),
    });
  }

  #pipelines({ github, hcpTerraform }: DeploymentRolesSettings): readonly Pipeline[] {
    const { name, state } = this.environment;
    const pipelines: Pipeline[] = [];
    if (github) {
      pipelines.push({
        deployer: 'github',
        title: 'GitHub Actions',
        makesProvider: github.oidcProvider !== 'existing',
        identities: githubIdentities(placementOf(this), {
          repository: github.repository,
          branch: github.branch ?? defaults.deploymentBranch,
          environment: name,
        }),
      });
    }
    if (hcpTerraform && state.kind === 'hcp-terraform' && state.project) {
      pipelines.push({
        deployer: 'hcp-terraform',
        title: 'HCP Terraform',
        makesProvider: hcpTerraform.oidcProvider !== 'existing',
        identities: terraformIdentities({
          organization: state.organization,
          project: state.project,
          names: this.#deployed().map((variant) => stackId(this.environment, variant)),
          host: state.hostname,
        }),
      });
    }
    return pipelines;
  }

  /** What the pipelines deploy. */
  #deployed(): readonly Variant[] {
    return variantsOf(this.environment).filter((variant) => variant !== 'deployment-roles');
  }

  #states() {
    const { state } = this.environment;
    if (state.kind !== 's3') return undefined;
    return {
      bucket: state.bucket,
      keys: this.#deployed().map((variant) => stateKey(stackId(this.environment, variant), state)),
    };
  }
}

/** What belongs to someone else, and the settings name by its ARN. */
function othersIn({ callbackReceiver, httpCallbackReceiver, subscriberPipe }: Environment) {
  const callbacks = [...(callbackReceiver?.callbacks ?? []), ...(httpCallbackReceiver?.callbacks ?? [])];
  const subscriptions = subscriberPipe?.subscriptions ?? [];
  const queues = [
    ...callbacks.flatMap(({ queue }) => (queue?.kind === 'existing' ? [queue.arn] : [])),
    ...subscriptions.flatMap(({ source }) => ('queueArn' in source ? [source.queueArn] : [])),
  ];
  const signed = (callbackReceiver?.callbacks ?? []).flatMap(({ authorization }) =>
    authorization?.kind === 'hmac' ? [authorization] : [],
  );
  return {
    otherQueues: [...new Set(queues)],
    secrets: {
      secretArns: [...new Set(signed.map(({ secretArn }) => secretArn))],
      keyArns: [...new Set(signed.flatMap(({ keyArn }) => keyArn ?? []))],
    },
    otherFunctions: subscriptions.flatMap(({ subscriber }) =>
      subscriber.kind === 'lambda' ? [subscriber.functionArn] : [],
    ),
  };
}
