import type { Deployment, GetStageResponse } from '@aws-sdk/client-apigatewayv2';
import type { Finding } from '../../finding';
import { type Circumstances, finding } from './web-socket-circumstances';
import { type ServedStage, servedBy, servesSynthesized } from './web-socket-serving';

/**
 * Whether a stage serves what was synthesized, and goes on doing so. A deployment is told by its
 * description, which ends in the hash of the API's configuration.
 */
export function deploymentFindings(
  stage: ServedStage,
  deployed: GetStageResponse,
  circumstances: Circumstances,
): readonly Finding[] {
  const { synthesized } = stage;
  const about = { at: synthesized.address, subject: `stage ${synthesized.name} of ${circumstances.subject}` };
  return [
    ...(deployed.AutoDeploy && !synthesized.autoDeploy
      ? [
          finding(circumstances, {
            ...about,
            code: 'stage-auto-deploy',
            severity: 'warning',
            problem: 'it deploys every change by itself',
            synthesized: 'deployed by Terraform',
            deployed: 'auto deploy',
            seen:
              'nothing while nobody changes the API; a change in the console reaches ' +
              `${circumstances.clients} at once, half done`,
          }),
        ]
      : []),
    ...servedFindings(stage, deployed, about, circumstances),
  ];
}

function servedFindings(
  stage: ServedStage,
  { DeploymentId }: GetStageResponse,
  about: Pick<Finding, 'at' | 'subject'>,
  circumstances: Circumstances,
): readonly Finding[] {
  const { deploymentDescription: wanted } = stage.synthesized;
  if (wanted === undefined) return [];
  if (servesSynthesized(stage)) return newerFindings(stage, about, circumstances);
  const told = { ...about, code: 'stage-deployment', severity: 'error' as const, synthesized: wanted };
  const served = servedBy(stage);
  if (!served) {
    return [
      finding(circumstances, {
        ...told,
        problem: DeploymentId
          ? `it serves the deployment ${DeploymentId}, which is gone`
          : 'it serves no deployment',
        deployed: DeploymentId ?? 'no deployment',
        seen:
          `${circumstances.clients} cannot connect: AWS says that a stage without a deployment cannot ` +
          'be called, not with which HTTP error',
        cause: 'The deployment was deleted, or was never made: a deploy stopped halfway.',
        fix: circumstances.deploy,
      }),
    ];
  }
  const made = stage.deployments.find(({ Description }) => Description === wanted);
  return [
    finding(circumstances, {
      ...told,
      problem: "it serves another configuration than this commit's",
      deployed: named(served),
      seen:
        `what ${circumstances.clients} send is routed, checked and turned into messages by the ` +
        "configuration of that deployment, whatever the API's settings show",
      cause: made
        ? `The synthesized configuration is deployed as ${made.DeploymentId}, and someone has moved ` +
          'the stage off it or deployed from the console.'
        : served.Description
          ? 'This commit was not deployed, or a later one was.'
          : 'The API was deployed from the console, or by another tool: Terraform gives its ' +
            'deployments a description.',
      ...(made && {
        fix:
          `${circumstances.deploy}, or at once: aws apigatewayv2 update-stage ` +
          `--api-id ${circumstances.api.id} --stage-name ${stage.synthesized.name} --deployment-id ${made.DeploymentId} --region ` +
          `${circumstances.region}`,
      }),
      ...(!made && { fix: circumstances.deploy }),
    }),
  ];
}

function newerFindings(
  stage: ServedStage,
  about: Pick<Finding, 'at' | 'subject'>,
  circumstances: Circumstances,
): readonly Finding[] {
  const served = servedBy(stage);
  const newer = stage.deployments.filter(
    ({ CreatedDate, DeploymentId }) =>
      DeploymentId !== served?.DeploymentId && Number(CreatedDate ?? 0) > Number(served?.CreatedDate ?? 0),
  );
  if (newer.length === 0) return [];
  return [
    finding(circumstances, {
      ...about,
      code: 'stage-newer-deployment',
      severity: 'warning',
      problem:
        `the API has ${newer.length === 1 ? 'a deployment' : 'deployments'} after the one that it ` +
        'serves',
      synthesized: named(served ?? {}),
      deployed: newer.map(named).join('\n'),
      seen:
        'nothing: the stage serves what was synthesized; who made the newer deployment believes that ' +
        'it is served',
      cause: 'Someone has deployed the API from the console, and the stage was set back since.',
      fix: newer
        .map(
          ({ DeploymentId }) =>
            `aws apigatewayv2 delete-deployment --api-id ${circumstances.api.id} --deployment-id ` +
            `${DeploymentId} --region ${circumstances.region}`,
        )
        .join('\n'),
    }),
  ];
}

const named = ({ DeploymentId, Description, CreatedDate }: Partial<Deployment>) =>
  `${Description || '(no description)'} (${DeploymentId}${CreatedDate ? `, ${CreatedDate.toISOString()}` : ''})`;
