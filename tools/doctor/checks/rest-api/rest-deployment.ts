import type { Deployment, Stage } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import { type Circumstances, finding } from './rest-circumstances';
import type { ServedStage } from './rest-serving';
import { snapshotText } from './rest-snapshot';

/**
 * Whether a stage serves what was synthesized, and goes on doing so. A deployment is told by its description,
 * which ends in the hash of the API's configuration.
 */
export function deploymentFindings(
  stage: ServedStage,
  deployed: Stage,
  about: Pick<Finding, 'at' | 'subject'>,
  circumstances: Circumstances,
): readonly Finding[] {
  return [
    ...servedFindings(stage, deployed, about, circumstances),
    ...canaryFindings(stage, deployed, about, circumstances),
  ];
}

function servedFindings(
  stage: ServedStage,
  { deploymentId }: Stage,
  about: Pick<Finding, 'at' | 'subject'>,
  circumstances: Circumstances,
): readonly Finding[] {
  const { synthesized, serves, deployments } = stage;
  const { api, deploy, everyCaller, plan } = circumstances;
  const wanted = synthesized.deploymentDescription;
  if (wanted === undefined) return [];
  if (serves?.description === wanted) return newerFindings(stage, about, circumstances);
  const told = { ...about, code: 'stage-deployment', severity: 'error' as const, synthesized: wanted };
  if (!serves) {
    return [
      finding(circumstances, {
        ...told,
        problem: deploymentId
          ? `it serves the deployment ${deploymentId}, which is gone`
          : 'it serves no deployment',
        deployed: deploymentId ?? 'no deployment',
        seen: `${everyCaller} get HTTP 403 {"message":"Forbidden"} or 500, and nothing is queued`,
        cause: 'The deployment was deleted, or was never made: a deploy stopped halfway.',
        fix: deploy,
      }),
    ];
  }
  const made = deployments.find(({ description }) => description === wanted);
  const changed = made?.createdDate && serves.createdDate && made.createdDate > serves.createdDate;
  return [
    finding(circumstances, {
      ...told,
      problem:
        'it serves another configuration than this ' +
        `commit's${serves.createdDate ? `, deployed on ${serves.createdDate.toISOString()}` : ''}`,
      synthesized: made ? named(made) : wanted,
      deployed: named(serves),
      seen:
        `what ${everyCaller} post is let in, checked, turned into messages and answered by the ` +
        "configuration of that deployment, whatever the API's settings " +
        `show${snapshotText(serves, circumstances)}`,
      cause: made
        ? changed
          ? `The synthesized configuration is deployed as ${made.id}, and someone has moved the stage ` +
            'back to an older deployment.'
          : `The synthesized configuration is deployed as ${made.id}, and someone has deployed the API ` +
            'from the console since.'
        : serves.description
          ? 'This commit was not deployed, or a later one was.'
          : 'The API was deployed from the console, or by another tool: Terraform gives its ' +
            'deployments a description.',
      fix: made
        ? `${deploy}, or at once: aws apigateway update-stage --rest-api-id ${api.id} --stage-name ` +
          `${synthesized.name} ` +
          `--patch-operations op=replace,path=/deploymentId,value=${made.id} --region ${plan.region}`
        : deploy,
    }),
  ];
}

function newerFindings(
  { serves, deployments }: ServedStage,
  about: Pick<Finding, 'at' | 'subject'>,
  circumstances: Circumstances,
): readonly Finding[] {
  const newer = deployments.filter(
    ({ createdDate }) => Number(createdDate ?? 0) > Number(serves?.createdDate ?? 0),
  );
  if (newer.length === 0) return [];
  const { api, plan } = circumstances;
  return [
    finding(circumstances, {
      ...about,
      code: 'stage-newer-deployment',
      severity: 'warning',
      problem:
        `the API has ${newer.length === 1 ? 'a deployment' : 'deployments'} after the one that it ` +
        'serves',
      synthesized: named(serves ?? {}),
      deployed: newer.map(named).join('\n'),
      seen:
        'nothing: the stage serves what was synthesized; who made the newer deployment may believe ' +
        'that it is served',
      cause: 'Someone has deployed the API to another stage, or the stage was set back since.',
      fix: newer
        .map(
          ({ id }) =>
            `aws apigateway delete-deployment --rest-api-id ${api.id} --deployment-id ${id} --region ` +
            `${plan.region}`,
        )
        .join('\n'),
    }),
  ];
}

function canaryFindings(
  stage: ServedStage,
  { canarySettings }: Stage,
  about: Pick<Finding, 'at' | 'subject'>,
  circumstances: Circumstances,
): readonly Finding[] {
  const { percentTraffic, deploymentId } = canarySettings ?? {};
  if (!percentTraffic) return [];
  const { api, everyCaller, plan } = circumstances;
  const canary = stage.deployments.find(({ id }) => id === deploymentId);
  return [
    finding(circumstances, {
      ...about,
      code: 'stage-canary',
      severity: 'error',
      problem: `${percentTraffic} of 100 requests go to a canary`,
      synthesized: 'no canary',
      deployed: canary ? named(canary) : `deployment ${deploymentId}`,
      seen:
        `one request of ${everyCaller} is treated so and the next otherwise, by chance: ` +
        `${percentTraffic} % of them by the configuration of that deployment`,
      fix:
        `aws apigateway update-stage --rest-api-id ${api.id} --stage-name ${stage.synthesized.name} ` +
        `--patch-operations op=remove,path=/canarySettings --region ${plan.region}`,
    }),
  ];
}

const named = ({ id, description, createdDate }: Deployment): string =>
  [
    `deployment ${id}`,
    createdDate && `of ${createdDate.toISOString()}`,
    description || 'without a description',
  ]
    .filter(Boolean)
    .join(', ')
    .replace(', of ', ' of ');
