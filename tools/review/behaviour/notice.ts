import type { Concern } from '../concern';

/** Who notices. */
export type Audience = 'callers' | 'clients' | 'consumers' | 'subscribers' | 'operators';

/** What a notice is about, as people know it. */
export interface Subject {
  readonly kind: 'route' | 'API' | 'queue' | 'pipe' | 'function' | 'alarm' | 'log group' | 'stack';
  /** `POST /v1/bizppurio/delivery-results`, `dev-delivery-results` */
  readonly name: string;
  readonly environment: string;
}

/** Something that those outside will notice; what is the same in several places is one notice. */
export interface Notice {
  readonly audience: Audience;
  readonly level: Concern['level'] | undefined;
  readonly subjects: readonly Subject[];
  /** Plain text: a clause about the subject. */
  readonly text: string;
  /** What is told of their subjects with one clause each. */
  readonly examples: readonly Example[];
}

/** A payload that shows it: short, and really one. */
export interface Example {
  /** As it is sent; absent where it is too long to be shown. */
  readonly payload: string | undefined;
  /** Plain text. */
  readonly note: string | undefined;
  /** What becomes of it. */
  readonly before?: string;
  readonly after?: string;
}

/** A value that is another one from now on. */
export interface Setting {
  readonly level: Concern['level'] | undefined;
  readonly subjects: readonly Subject[];
  /** `message retention` */
  readonly setting: string;
  /** In words, with their units. */
  readonly before: string;
  readonly after: string;
  readonly consequence: string | undefined;
}

/** What is found in one place; it is grouped later. */
export type Finding =
  | ({ readonly kind: 'notice' } & Omit<Notice, 'subjects'> & { readonly subject: Subject })
  | ({ readonly kind: 'setting' } & Omit<Setting, 'subjects'> & { readonly subject: Subject });

/** A finding in words, without examples unless there are some. */
export const notice = (
  audience: Audience,
  subject: Subject,
  level: Concern['level'] | undefined,
  text: string,
  examples: readonly Example[] = [],
): Finding => ({ kind: 'notice', audience, level, subject, text, examples });

/** Nothing where both values are the same. */
export function setting(
  subject: Subject,
  name: string,
  before: string,
  after: string,
  {
    level,
    consequence,
  }: { readonly level?: Concern['level'] | undefined; readonly consequence?: string | undefined } = {},
): readonly Finding[] {
  if (before === after) return [];
  return [{ kind: 'setting', level, subject, setting: name, before, after, consequence }];
}

/** `POST /v1/a of dev`, `queue dev-a`. */
export const subjectText = (subject: Subject): string =>
  subject.kind === 'route' ? subjectName(subject) : `${subject.kind} ${subjectName(subject)}`;

/** Names of queues and the like have their environment in them. */
export const subjectName = ({ name, environment }: Subject): string =>
  /^[\w/.-]+$/.test(name) && name.includes(`${environment}-`) ? name : `${name} of ${environment}`;

/** Some of many: `a, b, c and 12 more`. */
export function listed(names: readonly string[], most = 3): string {
  if (names.length <= most + 1) return inSentence(names);
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

export function inSentence(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}

/** Text of a plan, cut where it is long. */
export const brief = (text: string, most = 120): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;

/** Two texts that differ, cut where they are long, so that the difference still shows. */
export function briefPair(before: string, after: string, most = 200): readonly [string, string] {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const from = same > most / 2 ? same - 40 : 0;
  const cut = (text: string) => (from === 0 ? brief(text, most) : `…${brief(text.slice(from), most)}`);
  return [cut(before), cut(after)];
}
