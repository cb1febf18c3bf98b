import type { Stage } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import { type Circumstances, callersOf, finding, type Part } from './rest-circumstances';
import { deploymentFindings } from './rest-deployment';
import type { ServedStage } from './rest-serving';
import { loggingFindings } from './rest-stage-logging';
import type { SynthesizedStage } from './rest-stage-plan';
import { placeOf, settingsFindings } from './rest-stage-settings';

/** What a stage serves, lets through and logs otherwise than synthesized. */
export function stageFindings(stage: ServedStage, circumstances: Circumstances): readonly Finding[] {
  const { synthesized, deployed } = stage;
  const about = { at: synthesized.address, subject: `stage ${synthesized.name} of ${circumstances.subject}` };
  if (!deployed) {
    return [
      finding(circumstances, {
        ...about,
        code: 'stage-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen:
          `${circumstances.everyCaller} get HTTP 403 {"message":"Forbidden"}, API Gateway's answer to ` +
          'a stage that it does not know, and nothing is queued',
        cause: 'The stack was never deployed to the end, or someone has deleted the stage.',
        fix: circumstances.deploy,
      }),
    ];
  }
  const settings = { ...about, at: synthesized.methodSettings?.address ?? about.at };
  return [
    ...deploymentFindings(stage, deployed, about, circumstances),
    ...settingsFindings(synthesized, deployed, circumstances).map((told) =>
      finding(circumstances, { ...settings, ...told }),
    ),
    ...[
      ...cacheFindings(deployed, circumstances),
      ...webAclFindings(synthesized, deployed, circumstances),
      ...loggingFindings(synthesized, deployed),
    ].map((told) => finding(circumstances, { ...about, ...told })),
  ];
}

/** A stage that was not synthesized: the API under another path. */
export const extraStage = ({ stageName, deploymentId }: Stage, circumstances: Circumstances): Finding =>
  finding(circumstances, {
    at: circumstances.api.address,
    subject: `stage ${stageName} of ${circumstances.subject}`,
    code: 'stage-extra',
    severity: 'warning',
    problem: 'it was not synthesized: a door that nobody has reviewed',
    synthesized: 'none',
    deployed: `deployment ${deploymentId}`,
    seen:
      'nothing, until someone calls it: it serves a deployment of its own, with its own throttling and ' +
      "logs, and the resource policy of that deployment's time",
    cause: 'It was made in the console or by another tool.',
    fix:
      `aws apigateway delete-stage --rest-api-id ${circumstances.api.id} --stage-name ${stageName} ` +
      `--region ${circumstances.plan.region}; if it was meant, it belongs in environments/.`,
  });

/**
 * Where a POST is cached, an answer is given without asking SQS: bodies are no part of the cache's key.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
function cacheFindings(
  { cacheClusterEnabled, methodSettings = {} }: Stage,
  { api }: Circumstances,
): readonly Part[] {
  const cached = api.routes.filter(({ path, httpMethod }) =>
    Object.entries(methodSettings).some(
      ([key, { cachingEnabled }]) => cachingEnabled && placeOf(key) === `${path.slice(1)}/${httpMethod}`,
    ),
  );
  if (!cacheClusterEnabled || cached.length === 0) return [];
  return [
    {
      code: 'stage-cache',
      severity: 'error',
      problem: `it answers ${cached.map(({ name }) => name).join(' and ')} from a cache`,
      synthesized: 'no cache',
      deployed: 'cached',
      seen:
        `nothing, and that is the harm: ${callersOf(cached)} get the 200 of an earlier request, ` +
        'whatever body they post, and SQS is not asked. What they post is lost',
    },
  ];
}

function webAclFindings(
  { webAclArn: wanted }: SynthesizedStage,
  { webAclArn }: Stage,
  { everyCaller }: Circumstances,
): readonly Part[] {
  if (webAclArn === wanted) return [];
  if (!webAclArn) {
    return [
      {
        code: 'stage-web-acl-missing',
        severity: 'warning',
        problem: 'no web ACL of AWS WAF stands before it',
        synthesized: wanted ?? 'none',
        deployed: 'none',
        seen: 'nothing: what the web ACL would refuse reaches the API, and counts against its throttling',
      },
    ];
  }
  return [
    {
      code: 'stage-web-acl',
      severity: 'warning',
      problem: `${wanted ? 'another' : 'a'} web ACL of AWS WAF stands before it`,
      synthesized: wanted ?? 'none',
      deployed: webAclArn,
      seen:
        `${everyCaller} whose requests one of its rules takes for an attack, such as a large body or ` +
        'one with markup, get HTTP 403 {"message":"Forbidden"}, and nothing is queued',
      cause: 'It was attached in the console, by another stack, or for all APIs by Firewall Manager.',
      fix:
        'Let its rules count instead of block where callbacks are hit, or detach it: aws wafv2 ' +
        'disassociate-web-acl.',
    },
  ];
}
