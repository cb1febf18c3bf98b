import { type Filter, filter } from '../../../rehearse/pipe/filter';
import { smallest } from '../models/smallest';
import { brief, type Example, type Finding, notice, type Subject } from '../notice';
import type { Pipe } from '../read/pipes';
import { recordOf, type SampleRecord } from './sample-records';

/** Which messages are no longer delivered, and so deleted, and which are from now on. */
export function filterFindings(
  subject: Subject,
  base: Pipe,
  head: Pipe,
  samples: readonly SampleRecord[],
): readonly Finding[] {
  if (base.filters.join('\n') === head.filters.join('\n')) return [];
  let filters: readonly [Filter, Filter];
  try {
    filters = [filter(base.filters, base.address), filter(head.filters, head.address)];
  } catch (error) {
    const text = `the filter differs, and could not be read: ${(error as Error).message}`;
    return [notice('subscribers', subject, 'attention', text)];
  }
  const [before, after] = filters;
  const lost = samples.filter(({ record }) => passes(before, record) && passes(after, record) === false);
  const more = samples.filter(({ record }) => passes(before, record) === false && passes(after, record));
  const patterns = ` (filter ${patternsText(head)}, was ${patternsText(base)})`;
  const compared = namesIn([...base.filters, ...head.filters]);
  const all = samples.filter(({ recorded }) => recorded).length;
  const of = (some: readonly SampleRecord[]) => {
    const count = some.filter(({ recorded }) => recorded).length;
    return count > 0 ? `, ${count} of ${all} recorded Bizppurio callbacks among them` : '';
  };
  if (lost.length === 0 && more.length === 0) {
    const text = `the filter differs, and no message was found that only one version delivers${patterns}`;
    return [notice('subscribers', subject, 'attention', text)];
  }
  const gone = `messages that were delivered are deleted undelivered from now on${of(lost)}${patterns}`;
  const added = `messages that were deleted are delivered from now on${of(more)}${lost.length > 0 ? '' : patterns}`;
  return [
    ...(lost.length > 0
      ? [notice('subscribers', subject, 'attention', gone, example(lost, before, after, compared))]
      : []),
    ...(more.length > 0
      ? [notice('subscribers', subject, undefined, added, example(more, after, before, compared))]
      : []),
  ];
}

/** Undefined where it is not known whether Pipes deliver such a message. */
function passes(test: Filter, record: SampleRecord['record']): boolean | undefined {
  try {
    return test(record);
  } catch {
    return undefined;
  }
}

/** The smallest body that the one filter lets through and the other does not, with the fields that are compared. */
function example(
  [first]: readonly SampleRecord[],
  taker: Filter,
  other: Filter,
  compared: readonly string[],
): readonly Example[] {
  if (!first) return [];
  const { record } = first;
  const differs = (body: string) => {
    const candidate = { ...record, ...pick(recordOf(body, record.eventSourceARN)) };
    return passes(taker, candidate) === true && passes(other, candidate) === false;
  };
  try {
    const kept = compared.filter((name) => record.body.includes(`${JSON.stringify(name)}:`));
    const small = smallest(
      JSON.parse(record.body),
      (value) => {
        const body = JSON.stringify(value);
        return kept.every((name) => body.includes(`${JSON.stringify(name)}:`)) && differs(body);
      },
      { shorten: false },
    );
    return [{ payload: JSON.stringify(small), note: undefined }];
  } catch {
    return [{ payload: record.body, note: undefined }];
  }
}

/** Of fields, and of operators, which do no harm. */
const namesIn = (patterns: readonly string[]): readonly string[] =>
  patterns.flatMap((json) => [...json.matchAll(/"([^"\\]+)"\s*:/g)].flatMap(([, name]) => name ?? []));

const pick = ({ body, md5OfBody }: SampleRecord['record']) => ({ body, md5OfBody });

const patternsText = ({ filters }: Pipe) => brief(filters.join(' or '), 200) || 'none';
