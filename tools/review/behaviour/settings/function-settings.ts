import { counted } from '../../counted';
import { type Audience, brief, briefPair, type Finding, notice, type Subject, setting } from '../notice';
import type { EventSourceMapping, LambdaFunction } from '../read/functions';
import { duration } from '../units';

/** What their handlers read, and those who use them notice. */
const meanings: Readonly<Record<string, string>> = {
  BUCKET_NAME: 'messages are archived there from now on',
  MESSAGE_KEY_FIELD: 'archived objects are named by this field from now on',
  CONNECTIONS_ENDPOINT: 'replies go there',
};

/** Of a function that is in both versions. */
export function functionSettings(
  subject: Subject,
  base: LambdaFunction,
  head: LambdaFunction,
  audience: Audience,
): readonly Finding[] {
  const concurrency = ({ reservedConcurrency }: LambdaFunction) =>
    reservedConcurrency === undefined ? 'the account has' : counted(reservedConcurrency, 'execution');
  return [
    ...(base.codeHash === head.codeHash
      ? []
      : [notice(audience, subject, undefined, 'runs other code from now on')]),
    ...setting(subject, 'handler', base.handler, head.handler),
    ...setting(
      subject,
      'timeout',
      duration(base.timeoutSeconds),
      duration(head.timeoutSeconds),
      head.timeoutSeconds < base.timeoutSeconds ? { consequence: 'what takes longer fails' } : {},
    ),
    ...setting(subject, 'memory', `${base.memoryMegabytes} MB`, `${head.memoryMegabytes} MB`),
    ...setting(
      subject,
      'reserved concurrency',
      concurrency(base),
      concurrency(head),
      head.reservedConcurrency === 0 && base.reservedConcurrency !== 0
        ? { level: 'attention', consequence: 'the function never runs, and its messages wait' }
        : {},
    ),
    ...setting(subject, 'runtime', base.runtime, head.runtime),
    ...setting(subject, 'architecture', base.architectures, head.architectures),
    ...[...new Set([...base.variables.keys(), ...head.variables.keys()])].flatMap((name) => {
      const [was, is] = [base.variables.get(name), head.variables.get(name)];
      if (was === is) return [];
      const [before, after] = briefPair(was ?? 'not set', is ?? 'not set', 120);
      return setting(subject, `environment variable ${name}`, before, after, {
        consequence: Object.hasOwn(meanings, name) ? meanings[name] : undefined,
      });
    }),
  ];
}

/** Of an event source mapping that is in both versions; the subject is its function. */
export function mappingSettings(
  subject: Subject,
  base: EventSourceMapping,
  head: EventSourceMapping,
): readonly Finding[] {
  const concurrency = ({ maximumConcurrency }: EventSourceMapping) =>
    maximumConcurrency === undefined ? "Lambda's own limit" : counted(maximumConcurrency, 'batch', 'batches');
  const findings: Finding[] = [
    ...setting(subject, 'batch size', counted(base.batchSize, 'message'), counted(head.batchSize, 'message')),
    ...setting(subject, 'batching window', duration(base.windowSeconds), duration(head.windowSeconds)),
    ...setting(subject, 'batches at once', concurrency(base), concurrency(head)),
  ];
  if (base.enabled !== head.enabled) {
    findings.push(
      head.enabled
        ? notice('consumers', subject, undefined, 'takes messages from its queue from now on')
        : notice('consumers', subject, 'attention', 'takes no messages any longer: they wait in its queue'),
    );
  }
  if (base.reportsFailures !== head.reportsFailures) {
    findings.push(
      head.reportsFailures
        ? notice(
            'consumers',
            subject,
            undefined,
            'says which messages of a batch failed: only they come again',
          )
        : notice(
            'consumers',
            subject,
            'attention',
            'no longer says which messages of a batch failed: one that fails repeats, or loses, its whole batch',
          ),
    );
  }
  if (base.filters.join('\n') !== head.filters.join('\n')) {
    const text = `takes only messages that match ${brief(head.filters.join(' or ')) || 'anything'}, was ${brief(base.filters.join(' or ')) || 'anything'}: others are deleted`;
    findings.push(notice('consumers', subject, head.filters.length > 0 ? 'attention' : undefined, text));
  }
  return findings;
}
