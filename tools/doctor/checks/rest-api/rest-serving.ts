import type { Deployment, Stage } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import type { SynthesizedStage } from './rest-stage-plan';

/** A stage as it is deployed, with all deployments that its API has. */
export interface ServedStage {
  readonly synthesized: SynthesizedStage;
  /** Nothing where there is no such stage. */
  readonly deployed: Stage | undefined;
  /**
   * Whose copy of the API the stage serves, with its summary; nothing where that is no deployment of the API.
   */
  readonly serves: Deployment | undefined;
  readonly deployments: readonly Deployment[];
}

/**
 * Whether the stage serves the deployment that was made of the synthesized configuration, and no other beside
 * it.
 */
export const servesSynthesized = ({ synthesized, deployed, serves }: ServedStage): boolean =>
  synthesized.deploymentDescription !== undefined &&
  serves?.description === synthesized.deploymentDescription &&
  !deployed?.canarySettings?.percentTraffic;

/**
 * A deployment is a copy of the API's configuration: what differs there is seen by callers only once it is
 * deployed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 * @returns the findings as callers see them with these stages
 */
export function asServed(findings: readonly Finding[], stages: readonly ServedStage[]): readonly Finding[] {
  if (stages.length === 0 || !stages.every(servesSynthesized)) return findings;
  return findings.map((finding) => notYet(finding, stages));
}

/** Of a defect that the deployment, as far as it tells, does not have. */
export const notYet = (finding: Finding, stages: readonly ServedStage[]): Finding => ({
  ...finding,
  severity: 'warning',
  seen:
    'nothing yet: the deployment that the stage ' +
    `${stages.map(({ synthesized }) => synthesized.name).join(', ')} serves is not so. From the next ` +
    `deployment on: ${finding.seen}`,
});
