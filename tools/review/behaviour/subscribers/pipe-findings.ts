import { counted } from '../../counted';
import { brief, type Finding, inSentence, notice, type Subject, setting } from '../notice';
import { functionNameOf } from '../read/functions';
import { queueName } from '../read/integration';
import type { Pipe } from '../read/pipes';
import { duration } from '../units';
import { filterFindings } from './filter-findings';
import type { SampleRecord } from './sample-records';
import { inputTemplateFindings } from './template-findings';

/** What the subscriber of a pipe that is in both versions notices. */
export const pipeFindings = (
  subject: Subject,
  base: Pipe,
  head: Pipe,
  samples: readonly SampleRecord[],
): readonly Finding[] => [
  ...stateFindings(subject, base, head),
  ...sourceFindings(subject, base, head),
  ...targetFindings(subject, base, head),
  ...destinationFindings(subject, base, head),
  ...nameFindings(subject, 'header', base.headers, head.headers),
  ...nameFindings(subject, 'query string parameter', base.query, head.query),
  ...filterFindings(subject, base, head, samples),
  ...inputTemplateFindings(subject, base, head, samples),
  ...setting(subject, 'batch size', batch(base), batch(head)),
  ...setting(subject, 'batching window', duration(base.windowSeconds), duration(head.windowSeconds)),
];

const batch = ({ batchSize }: Pipe) =>
  batchSize === undefined ? "Pipes' own choice" : counted(batchSize, 'message');

function stateFindings(subject: Subject, base: Pipe, head: Pipe): readonly Finding[] {
  if (base.stopped === head.stopped) return [];
  return [
    head.stopped
      ? notice(
          'subscribers',
          subject,
          'attention',
          `is stopped: messages wait in ${queueName(head.sourceArn)}, and are given up as they become too old`,
        )
      : notice('subscribers', subject, undefined, 'runs from now on'),
  ];
}

function sourceFindings(subject: Subject, base: Pipe, head: Pipe): readonly Finding[] {
  if (queueName(base.sourceArn) === queueName(head.sourceArn)) return [];
  const text = `takes messages from ${queueName(head.sourceArn)}, no longer from ${queueName(base.sourceArn)}`;
  return [notice('subscribers', subject, 'attention', text)];
}

/** What a pipe delivers to: `https://…`, or a function's name. */
export const targetOf = ({ destination, targetArn }: Pipe): string =>
  destination ? brief(destination.url) : functionNameOf(targetArn);

function targetFindings(subject: Subject, base: Pipe, head: Pipe): readonly Finding[] {
  if (targetOf(base) === targetOf(head)) return [];
  const text = `delivers to ${targetOf(head)}, no longer to ${targetOf(base)}`;
  return [notice('subscribers', subject, 'attention', text)];
}

function destinationFindings(subject: Subject, base: Pipe, head: Pipe): readonly Finding[] {
  const [was, is] = [base.destination, head.destination];
  if (!was || !is) return [];
  const changed = (what: string, before: string, after: string) =>
    before === after
      ? []
      : [notice('subscribers', subject, 'attention', `${what} ${brief(after)}, was ${brief(before)}`)];
  return [
    ...changed('deliveries are', was.method, is.method),
    ...changed('deliveries are authorized by', was.authorization, is.authorization),
    ...setting(
      subject,
      'deliveries',
      `${was.rate} a second at most`,
      `${is.rate} a second at most`,
      is.rate < was.rate ? { consequence: 'more messages wait in the queue' } : {},
    ),
  ];
}

function nameFindings(
  subject: Subject,
  what: string,
  base: ReadonlyMap<string, string>,
  head: ReadonlyMap<string, string>,
): readonly Finding[] {
  const text = (names: readonly string[], clause: string) =>
    names.length === 0
      ? []
      : [
          notice(
            'subscribers',
            subject,
            undefined,
            `deliveries ${clause} the ${what}${names.length === 1 ? '' : 's'} ${inSentence(names)}`,
          ),
        ];
  const names = [...head.keys()];
  return [
    ...text(
      names.filter((name) => !base.has(name)),
      'also have',
    ),
    ...text(
      [...base.keys()].filter((name) => !head.has(name)),
      'no longer have',
    ),
    ...text(
      names.filter((name) => base.has(name) && base.get(name) !== head.get(name)),
      'have another value of',
    ),
  ];
}
