import type { Style } from '../../terminal';
import { allHeld, type Rehearsal } from '../rehearsal';
import { held } from '../scenarios/result';
import { proofReport } from './proof-report';
import { flowReport, mark, scenarioReport } from './scenario-report';

const simulated = `Simulated from the synthesized plan: REST, HTTP and WebSocket APIs (resource policies, authorizers, API keys with their
quotas, validation, mapping templates, responses, domains), SQS, event source mappings and pipes with the bundled archives,
API destinations, @connections, Secrets Manager, S3 PutObject, IAM and KMS.`;

const leftOut = `Only AWS can answer: TLS and real addresses, throttling and the account's quotas, web ACLs, delivery of logs, metrics,
alarms and traces, how long a change of a policy takes to be in force, AWS's own signatures, the wording of validation messages.`;

/** What was rehearsed and what came of it. @param detailed every scenario and grant, else a line a flow */
export function reportOf(
  rehearsals: readonly Rehearsal[],
  style: Style,
  { detailed }: { readonly detailed: boolean },
): string {
  const results = rehearsals.flatMap(({ scenarios }) => scenarios);
  const problems = rehearsals.flatMap(({ environment, problems: own }) =>
    own.map((problem) => `${mark(false, style)} ${environment}: ${problem}`),
  );
  const notPlayed = rehearsals.flatMap((rehearsal) => rehearsal.notPlayed);
  return [
    ...(results.length > 0 ? [detailed ? scenarioReport(results, style) : flowReport(results, style)] : []),
    ...rehearsals
      .filter(({ grants }) => grants.length > 0)
      .map((rehearsal) => proofReport(rehearsal, style, { all: detailed })),
    ...(problems.length > 0 ? [problems.join('\n')] : []),
    ...(notPlayed.length > 0
      ? [
          `Not played, since something already did not hold: ${notPlayed.join(', ')}. Permissions are not proven either.`,
        ]
      : []),
    [
      simulated,
      ...rehearsals.flatMap(({ assumptions }) =>
        assumptions.map((assumption) => `Taken for granted: ${assumption}.`),
      ),
      leftOut,
    ].join('\n'),
    verdict(rehearsals, style),
  ].join('\n\n');
}

function verdict(rehearsals: readonly Rehearsal[], { bold, green, red }: Style): string {
  const results = rehearsals.flatMap(({ scenarios }) => scenarios);
  const good = results.filter(held).length;
  const virtual = results.reduce((sum, { virtualMilliseconds }) => sum + virtualMilliseconds, 0);
  const wall = Math.max(0, ...rehearsals.map(({ wallMilliseconds }) => wallMilliseconds));
  const times = `${duration(virtual)} of virtual time in ${(wall / 1000).toFixed(1)} s`;
  if (!rehearsals.every(allHeld)) {
    return bold(red(`Not all of it held: ${good} of ${results.length} scenarios; ${times}.`));
  }
  if (results.length === 0) return bold('Nothing to rehearse: no stack has a flow, or none is selected.');
  return bold(green(`All of it held: ${good} of ${results.length} scenarios; ${times}.`));
}

function duration(milliseconds: number): string {
  const hours = milliseconds / 3_600_000;
  return hours >= 48 ? `${(hours / 24).toFixed(1)} days` : `${hours.toFixed(1)} hours`;
}
