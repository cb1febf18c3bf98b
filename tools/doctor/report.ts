import type { Style } from '../terminal';
import { MissingPermission } from './aws/answer-of';
import type { Diagnosis, StackDiagnosis } from './doctor';
import type { Finding } from './finding';

/** Of what a stack makes, nothing of this is compared. */
const notCompared =
  'what alarms count, log groups, certificates and DNS records, tags, bucket versioning and lifecycle, the account’s logging role';

/** What the doctor found, for a person. */
export function reportOf(diagnosis: Diagnosis, style: Style): string {
  const { environment, accountId, region, stacks, unanswered } = diagnosis;
  return [
    `${style.bold(environment)} in account ${accountId}, ${region}`,
    ...stacks.map((stack) => stackReport(stack, style)),
    ...(unanswered.length > 0
      ? [
          [
            style.red('Not looked at, since AWS did not answer:'),
            ...unanswered.map(
              ({ permission: { action, resource }, said }) =>
                `  ${action} on ${resource}\n    ${style.dim(said.replaceAll('\n', '\n    '))}`,
            ),
            ...(unanswered.some((error) => error instanceof MissingPermission)
              ? [`npm run doctor -- ${environment} --policy prints the policy that the doctor needs.`]
              : []),
          ].join('\n'),
        ]
      : []),
    `Not compared: ${notCompared}.`,
    conclusion(diagnosis, style),
  ].join('\n\n');
}

function stackReport({ id, examined, findings }: StackDiagnosis, style: Style): string {
  const looked = examined.map(({ check, resources }) => `${check} ${resources}`).join(', ');
  const mark = findings.length > 0 ? style.red('✗') : style.green('✓');
  return [`${mark} ${style.bold(id)}  ${looked}`, ...findings.map((finding) => told(finding, style))].join(
    '\n\n',
  );
}

const told = (finding: Finding, style: Style): string =>
  [
    `  ${finding.severity === 'error' ? style.red('error') : style.bold('warning')}: ${finding.subject}: ${finding.problem}`,
    ...(
      [
        ['seen', finding.seen],
        ['cause', finding.cause],
        ['synthesized', finding.synthesized],
        ['deployed', finding.deployed],
        ['fix', finding.fix],
        ['at', `${finding.at} [${finding.code}]`],
      ] as const
    )
      .filter(([, text]) => text !== undefined)
      .map(([name, text]) => `    ${style.dim(name.padEnd(12))}${indented(text ?? '')}`),
  ].join('\n');

/** Some say a sentence, some a name: none ends in a full stop. */
const indented = (text: string) => text.replace(/\.$/, '').replaceAll('\n', `\n${' '.repeat(16)}`);

function conclusion({ environment, stacks, unanswered }: Diagnosis, style: Style): string {
  const findings = stacks.flatMap((stack) => stack.findings);
  const looked = stacks
    .flatMap(({ examined }) => examined)
    .reduce((sum, { resources }) => sum + resources, 0);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const partly = unanswered.length > 0 ? ', as far as AWS answered' : '';
  if (findings.length === 0) {
    const mark = unanswered.length > 0 ? (text: string) => text : style.green;
    return mark(`${environment}: all ${looked} resources are as they were synthesized${partly}.`);
  }
  return style.red(
    `${environment}: ${counted(errors, 'error')} and ${counted(findings.length - errors, 'warning')} in ${looked} resources${partly}.`,
  );
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
