import type { Style } from '../../terminal';
import type { GrantResult } from '../proof/prove-grants';
import type { Rehearsal } from '../rehearsal';
import { mark } from './scenario-report';

/** What was taken away, and what broke. @param all every grant, else only those that are not needed */
export function proofReport(
  { environment, grants, mistakes }: Rehearsal,
  style: Style,
  { all }: { readonly all: boolean },
): string {
  const count = (verdict: GrantResult['verdict']) =>
    grants.filter((grant) => grant.verdict === verdict).length;
  const unneeded = grants.filter(({ verdict }) => verdict === 'not-needed');
  const untold = mistakes.filter(({ told }) => !told);
  return [
    style.bold(`Permissions of ${environment}, each taken away once`),
    `  ${mark(true, style)} ${count('needed')} needed: without it a flow breaks with AWS's error`,
    ...(all
      ? grants.filter(({ verdict }) => verdict === 'needed').flatMap((grant) => neededLines(grant, style))
      : []),
    `  ${style.dim('·')} ${count('kept')} kept for a reason that no flow shows`,
    ...(all ? grants.filter(({ verdict }) => verdict === 'kept').map(keptLine) : []),
    ...unneeded.flatMap((grant) => [
      `  ${mark(false, style)} not needed: ${grantText(grant)}`,
      ...grant.places.map((place) => `        ${style.dim(`at ${place}`)}`),
      '        no rehearsed flow breaks without it: take it out of the plan',
    ]),
    // Flows without a mapping template have none to be made.
    ...(mistakes.length > 0
      ? [
          style.bold(`Mistakes of configuration in ${environment}, each made once`),
          `  ${mark(untold.length === 0, style)} ${mistakes.length - untold.length} of ${mistakes.length} found: ${[...new Set(mistakes.map(({ mistake, effect }) => `${mistake} → ${effect}`))].join('; ')}`,
        ]
      : []),
    ...untold.map(({ way, mistake }) => `  ${mark(false, style)} not found: ${mistake}, in ${way}`),
  ].join('\n');
}

const grantText = ({ actor, action, resource }: GrantResult) => `${nameOf(actor)}: ${action} on ${resource}`;

const nameOf = (arn: string) => arn.split('/').at(-1) ?? arn;

const neededLines = (grant: GrantResult, { dim }: Style): readonly string[] => [
  `      ${grantText(grant)}`,
  `        ${dim(`${grant.brokenFlow}: ${grant.error}`)}`,
  ...(grant.places.length > 1
    ? [
        `        ${dim(`stands in ${grant.places.join(' and in ')}; each half stands: within the account either would do`)}`,
      ]
    : [`        ${dim(`at ${grant.places.join(', ')}`)}`]),
];

const keptLine = (grant: GrantResult) => `      ${grantText(grant)}: ${grant.reason}`;
