import type { Condition, PolicyPrincipal, Statement } from '../../../iam/statement';
import { implies } from '../coverage/condition-implies';
import { remainder } from '../coverage/statement-coverage';
import type { OwnedStatements } from '../policies/owned-statements';
import { isNarrower, isWider, type StatementChange } from '../statements/statement-change';
import { type Names, principalName, resourceName } from './names';

/** Who may do what on what, and when. Plain text, names as people know them. */
export interface Sentence {
  readonly who: string;
  readonly verb: 'may now' | 'may no longer' | 'is now refused' | 'is no longer refused';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** They hold together. */
  readonly conditions: readonly string[];
  /** What else was or will be asked for, and does not stand in the conditions. */
  readonly note?: string;
}

const verbs = {
  Allow: { more: 'may now', less: 'may no longer' },
  Deny: { more: 'is now refused', less: 'is no longer refused' },
} as const;

export interface Told {
  /** What someone may now do. */
  readonly gained: readonly Sentence[];
  readonly lost: readonly Sentence[];
}

/** What comes and goes with a statement. */
export function told(change: StatementChange, owned: OwnedStatements, names: Names): Told {
  const { effect, before, after, added, dropped } = change;
  // What takes its place says it where both come and go.
  const [old, next] = dropped.length === 0 || added.length === 0 ? [before, after] : [];
  const more = added.map((part): Sentence => {
    const note = noteOf(part, old, owned.accountId, 'until now');
    return { ...sentence(part, owned, names), verb: verbs[effect].more, ...(note && { note }) };
  });
  const less = dropped.map((part): Sentence => {
    const note = boundaryNote(part, owned) ?? noteOf(part, next, owned.accountId, 'from now on');
    return { ...sentence(part, owned, names), verb: verbs[effect].less, ...(note && { note }) };
  });
  const [gained, lost] = effect === 'Allow' ? [more, less] : [less, more];
  return { gained: isWider(change) ? gained : [], lost: isNarrower(change) ? lost : [] };
}

/** Of everything, which a role without a boundary may, a boundary leaves something. */
const boundaryNote = ({ actions }: Statement, { about }: OwnedStatements): string | undefined =>
  about === 'boundary' && actions?.includes('*') ? 'but for what its boundary allows' : undefined;

/** Where only the conditions of the other statement make the difference, they are what it is about. */
function noteOf(
  part: Statement,
  other: Statement | undefined,
  accountId: string,
  when: string,
): string | undefined {
  if (!other) return undefined;
  const free = { ...other, conditions: [] };
  if (remainder(part, [free], accountId).length > 0) return undefined;
  const asked = other.conditions.filter((wanted) => !part.conditions.some((own) => implies(own, wanted)));
  return asked.length === 0 ? undefined : `${when} only where ${asked.map(conditionText).join(' and ')}`;
}

function sentence(part: Statement, owned: OwnedStatements, names: Names): Omit<Sentence, 'verb'> {
  const { actions, notActions, resources, notResources, conditions } = part;
  // In a key's policy, and in a role's trust policy, everything is the key or the role itself.
  const isItself = (arn: string) =>
    arn === owned.arn || (arn === '*' && (owned.owner.kind === 'key' || owned.about === 'trust'));
  const resource = (arn: string) => (isItself(arn) ? 'it' : resourceName(arn, names));
  return {
    who: whoOf(part, owned, names),
    actions: actions ?? [`everything but ${notActions?.join(', ')}`],
    resources: notResources
      ? [`everything but ${notResources.map(resource).join(', ')}`]
      : (resources ?? ['*']).map(resource),
    conditions: conditions.map(conditionText),
  };
}

function whoOf(
  { principals, notPrincipals }: Statement,
  { owner, about }: OwnedStatements,
  names: Names,
): string {
  if (principals) return principals.map((one) => nameOfPrincipal(one, names)).join(', ');
  if (notPrincipals) {
    return `everyone but ${notPrincipals.map((one) => nameOfPrincipal(one, names)).join(', ')}`;
  }
  return about === 'boundary' ? `${ownerName(owner)}, as its boundary has it,` : ownerName(owner);
}

export const ownerName = ({ kind, name }: OwnedStatements['owner']): string =>
  kind === 'resource' ? name : `${kind} ${name}`;

function nameOfPrincipal(principal: PolicyPrincipal, names: Names): string {
  switch (principal.kind) {
    case 'everyone':
      return 'everyone';
    case 'service':
      return principal.name;
    case 'account':
      return principalName(principal.accountId, names);
    case 'identity':
      return principalName(principal.arn, names);
  }
}

export const conditionText = ({ operator, key, values }: Condition): string =>
  `${operator} ${key} = ${values.join(' or ')}`;

/** `role sender may now sqs:SendMessage on queue orders where …`. */
export const sentenceText = ({ who, verb, ...what }: Sentence): string => `${who} ${verb} ${doingText(what)}`;

/** What a sentence is about, without who and whether. */
export const doingText = ({ actions, resources, conditions, note }: Omit<Sentence, 'who' | 'verb'>): string =>
  [
    `${severalNames(actions)} on ${severalNames(resources)}`,
    ...(conditions.length === 0 ? [] : [`where ${conditions.join(' and ')}`]),
    ...(note === undefined ? [] : [`(${note})`]),
  ].join(' ');

/** Names that a clause has at most; tables have them all. */
const most = 3;

export const severalNames = (names: readonly string[]): string =>
  names.length <= most + 1
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
