import type { Statement } from '../../iam/policy-difference';
import { statementText } from '../../iam/statement-text';
import type { Difference } from './differences';
import { isFields } from './record';
import type { AttributeChange } from './resource-change';

/** Longer values are shown where they differ; the HCL has the rest. */
const longest = 120;

/** What stands around the part that differs. */
const around = 20;

/** A difference as a person reads it: values in a line each, of a long one only the part that differs. */
export function attributeChange({ path, before, after }: Difference): AttributeChange {
  const [from, to] = [plain(before), plain(after)];
  const name = pathText(path);
  if ((from?.length ?? 0) <= longest && (to?.length ?? 0) <= longest)
    return { path: name, before: from, after: to };
  if (from === undefined || to === undefined) {
    return { path: name, before: from && begun(from), after: to && begun(to) };
  }
  if (Array.isArray(before) && Array.isArray(after)) return { path: name, ...ofLists(before, after) };
  return { path: name, ...ofTexts(from, to) };
}

/** `source_parameters.filter_criteria.filter[1].pattern` */
export const pathText = (path: readonly (string | number)[]): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');

function plain(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ');
  if (isFields(value) && 'Effect' in value && ('Action' in value || 'NotAction' in value)) {
    return statement(value);
  }
  return JSON.stringify(value);
}

function statement(value: Statement): string {
  try {
    return statementText(value);
  } catch {
    return JSON.stringify(value);
  }
}

/** What only one of them has. */
function ofLists(before: readonly unknown[], after: readonly unknown[]) {
  const [were, are] = [new Set(before.map(plain)), new Set(after.map(plain))];
  const common = before.filter((item) => are.has(plain(item))).length;
  if (common === before.length && common === after.length) {
    return ofTexts(plain(before) ?? '', plain(after) ?? '');
  }
  const others = common > 0 ? [`and ${common} more`] : [];
  const only = (items: readonly unknown[], there: ReadonlySet<string | undefined>) =>
    begun([...items.filter((item) => !there.has(plain(item))), ...others].join(', '));
  return { before: only(before, are), after: only(after, were) };
}

function ofTexts(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const part = (text: string) => {
    const [from, to] = [Math.max(0, start - around), Math.min(text.length, text.length - end + around)];
    return `${from > 0 ? '…' : ''}${begun(text.slice(from, to))}${to < text.length ? '…' : ''}`;
  };
  return { before: part(before), after: part(after) };
}

/** As much of a text as is read. */
function begun(text: string): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 2 * around)}… (${text.length.toLocaleString('en')} characters)`;
}
