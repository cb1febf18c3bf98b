/** What may deploy an environment from elsewhere. */
export type Deployer = 'github' | 'hcp-terraform';

export const deploymentPhases = ['plan', 'apply'] as const;

export type DeploymentPhase = (typeof deploymentPhases)[number];

/** The role as which a deployer plans, or applies. */
export const deploymentRoleName = (environment: string, deployer: Deployer, phase: DeploymentPhase) =>
  `${environment}-${deployer}-${phase}`;

/** The policy within which every role of the running system stays. */
export const boundaryName = (environment: string) => `${environment}-boundary`;
