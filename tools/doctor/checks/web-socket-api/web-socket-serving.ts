import type { Deployment, GetStageResponse } from '@aws-sdk/client-apigatewayv2';
import type { Finding } from '../../finding';
import type { SynthesizedStage } from './web-socket-stage-plan';

/** A stage as it is deployed, with all deployments that its API has. */
export interface ServedStage {
  readonly synthesized: SynthesizedStage;
  /** Nothing where there is no such stage. */
  readonly deployed: GetStageResponse | undefined;
  readonly deployments: readonly Deployment[];
}

/** What the stage serves; nothing where that is no deployment of the API. */
export const servedBy = ({ deployed, deployments }: ServedStage): Deployment | undefined =>
  deployments.find(({ DeploymentId }) => DeploymentId === deployed?.DeploymentId);

/** Whether the stage serves the deployment that was made of the synthesized configuration. */
export function servesSynthesized(stage: ServedStage): boolean {
  const { deploymentDescription } = stage.synthesized;
  return deploymentDescription !== undefined && servedBy(stage)?.Description === deploymentDescription;
}

/**
 * A deployment is a copy of the API's configuration: what differs there is seen by clients only once it is
 * deployed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-set-up-websocket-deployment.html
 * @returns the findings as clients see them with these stages
 */
export function asServed(findings: readonly Finding[], stages: readonly ServedStage[]): readonly Finding[] {
  const quiet =
    stages.length > 0 && stages.every((stage) => servesSynthesized(stage) && !stage.deployed?.AutoDeploy);
  if (!quiet) return findings;
  const names = stages.map(({ synthesized }) => synthesized.name).join(', ');
  return findings.map((finding) => ({
    ...finding,
    severity: 'warning',
    seen:
      `nothing yet: the stage ${names} still serves the deployment of the synthesized configuration. ` +
      `From the next deployment on: ${finding.seen}`,
  }));
}
