import type { RestApi } from '@aws-sdk/client-api-gateway';
import { policyDifference, type Statement } from '../../../iam/policy-difference';
import { statementText } from '../../../iam/statement-text';
import type { Finding } from '../../finding';
import { answersItself, type Circumstances, callersOf, finding, type Told } from './rest-circumstances';
import type { SynthesizedRoute } from './rest-plan';
import { type AddressDifference, addressDifference } from './rest-policy-addresses';

/** Lets everyone call, as an API without a policy does. */
const open = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }],
});

/** Whom the API's resource policy lets in otherwise than synthesized. */
export function policyFindings(deployed: RestApi, circumstances: Circumstances): readonly Finding[] {
  const { api } = circumstances;
  const there = deployed.policy ? unescaped(deployed.policy) : undefined;
  const wanted = api.policy?.json;
  const { missing, extra } = policyDifference(wanted ?? open, there ?? open);
  if (missing.length === 0 && extra.length === 0) return [];
  const about = {
    at: api.policy?.address ?? api.address,
    subject: `resource policy of ${circumstances.subject}`,
  };
  if (there === undefined) return [missingPolicy(about, missing, circumstances)];
  const told = addressFindings(wanted ?? open, there, circumstances);
  return (told ?? [otherwise(missing, extra)]).map((one) =>
    finding(circumstances, {
      ...about,
      synthesized: statementsText(missing),
      deployed: statementsText(extra),
      ...one,
    }),
  );
}

/** API Gateway gives a policy as the inside of a JSON string. */
function unescaped(policy: string): string {
  try {
    JSON.parse(policy);
    return policy;
  } catch {
    return JSON.parse(`"${policy}"`) as string;
  }
}

type PolicyTold = Pick<Told, 'code' | 'severity' | 'problem' | 'seen'> & Partial<Told>;

const forged =
  'what they post is queued like any callback, and consumers cannot tell it from a genuine one but ' +
  'by the attribute sourceIp';

const missingPolicy = (
  about: Pick<Finding, 'at' | 'subject'>,
  missing: readonly Statement[],
  circumstances: Circumstances,
): Finding =>
  finding(circumstances, {
    ...about,
    code: 'resource-policy-missing',
    severity: 'error',
    problem: 'there is none: everyone may call',
    synthesized: statementsText(missing),
    deployed: 'none',
    seen: `nothing, until someone on the internet does as ${circumstances.everyCaller} do: ${forged}`,
    cause:
      'Without a resource policy API Gateway lets everyone call a method whose authorization is ' +
      'NONE. Someone has removed it, or the stack was never deployed to the end.',
    fix: circumstances.deploy,
  });

interface OfRoute {
  readonly route: SynthesizedRoute;
  readonly difference: AddressDifference;
}

/** Nothing where it cannot be said here whom a policy lets in. */
function addressFindings(
  wanted: string,
  there: string,
  circumstances: Circumstances,
): readonly PolicyTold[] | undefined {
  const { api, plan } = circumstances;
  const stage = api.stages[0]?.name;
  const arn = `arn:${plan.partition}:execute-api:${plan.region}:${plan.accountId}:${api.id}/${stage}`;
  const all: OfRoute[] = [];
  for (const route of api.routes) {
    const difference = addressDifference(wanted, there, `${arn}/${route.httpMethod}${route.path}`);
    if (!difference) return undefined;
    all.push({ route, difference });
  }
  const told = [
    ...together(all, ({ others, refused }) => [
      ...(others === 'refused' ? ['everyone else'] : []),
      ...refused,
    ]).map(([ranges, routes]) => refusal(ranges, routes, circumstances)),
    ...together(all, ({ others, letIn }) => [...(others === 'let in' ? ['everyone'] : []), ...letIn]).map(
      ([ranges, routes]) => opening(ranges, routes),
    ),
  ];
  return told.length > 0 ? told : [sameAddresses];
}

/** Routes of which the same holds; none where nothing does. */
function together(
  all: readonly OfRoute[],
  rangesOf: (difference: AddressDifference) => readonly string[],
): readonly (readonly [ranges: readonly string[], routes: readonly SynthesizedRoute[]])[] {
  const groups = new Map<string, [readonly string[], SynthesizedRoute[]]>();
  for (const { route, difference } of all) {
    const ranges = rangesOf(difference);
    const group = groups.get(ranges.join()) ?? [ranges, []];
    group[1].push(route);
    groups.set(ranges.join(), group);
  }
  return [...groups.values()].filter(([ranges]) => ranges.length > 0);
}

const routesText = (routes: readonly SynthesizedRoute[]) => routes.map(({ name }) => name).join(' and ');

const refusal = (
  ranges: readonly string[],
  routes: readonly SynthesizedRoute[],
  circumstances: Circumstances,
): PolicyTold => ({
  code: 'resource-policy-refuses',
  severity: 'error',
  problem: `it does not let ${ranges.join(', ')}, or a part of it, call ${routesText(routes)}`,
  seen:
    `${callersOf(routes)} from there get ${answersItself(circumstances, 'ACCESS_DENIED')}, and nothing ` +
    'is queued',
});

function opening(ranges: readonly string[], routes: readonly SynthesizedRoute[]): PolicyTold {
  const isPublic = ranges.some((range) => range === 'everyone' || range.endsWith('/0'));
  return {
    code: isPublic ? 'resource-policy-public' : 'resource-policy-opens',
    severity: isPublic ? 'error' : 'warning',
    problem: `it also lets ${ranges.join(', ')} call ${routesText(routes)}`,
    seen: `nothing, until someone from there posts: ${forged}`,
  };
}

const sameAddresses: PolicyTold = {
  code: 'resource-policy',
  severity: 'warning',
  problem: 'it has other statements, and lets the same addresses call the routes',
  seen: 'nothing: the same callers get in',
};

/** A condition that only AWS can decide. */
function otherwise(missing: readonly Statement[], extra: readonly Statement[]): PolicyTold {
  const mayRefuse =
    missing.some(({ Effect }) => Effect === 'Allow') || extra.some(({ Effect }) => Effect === 'Deny');
  return {
    code: 'resource-policy',
    severity: mayRefuse ? 'error' : 'warning',
    problem: 'it has other statements, and only AWS can say whom they let in',
    seen: mayRefuse
      ? 'callers whom these statements refuse get HTTP 403, and nothing is queued'
      : 'nothing, or callers that should not get in do',
  };
}

const statementsText = (statements: readonly Statement[]): string =>
  statements.map(statementText).join('\n') || 'nothing more';
