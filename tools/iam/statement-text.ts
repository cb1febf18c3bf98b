import type { Statement } from './policy-difference';

/**
 * A statement as one line: `Deny sqs:* on arn:… to everyone where Bool aws:SecureTransport = false`.
 * @param statement in the form that `policyDifference` gives
 */
export function statementText(statement: Statement): string {
  const principals = principalsText(statement);
  const conditions = conditionsText(statement);
  const resources = listed(statement, 'Resource', 'everything');
  return [
    `${statement.Effect} ${actionsText(statement)}`,
    ...(resources === '' ? [] : [`on ${resources}`]),
    ...(principals === '' ? [] : [`to ${principals}`]),
    ...(conditions === '' ? [] : [`where ${conditions}`]),
  ].join(' ');
}

/** What a statement is about: `sqs:DeleteMessage, sqs:ReceiveMessage`. */
export const actionsText = (statement: Statement): string => listed(statement, 'Action', 'every action');

/** Whom a statement names; nothing where it belongs to a role or a user. */
export const principalsText = ({ Principal: only, NotPrincipal: all }: Statement): string => {
  if (all !== undefined) return `everyone but ${names(all)}`;
  return only === undefined ? '' : names(only);
};

/** Under which conditions, all of which hold together. */
export const conditionsText = ({ Condition: condition = {} }: Statement): string =>
  Object.entries(condition as Record<string, Record<string, readonly string[]>>)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => `${operator} ${key} = ${values.join(' or ')}`),
    )
    .join(' and ');

const listed = (statement: Statement, element: 'Action' | 'Resource', all: string): string => {
  const but = statement[`Not${element}`] as readonly string[] | undefined;
  return but ? `${all} but ${but.join(', ')}` : ((statement[element] ?? []) as readonly string[]).join(', ');
};

const names = (principals: unknown): string =>
  Object.entries(principals as Record<string, readonly string[]>)
    .flatMap(([type, identifiers]) =>
      identifiers.map((identifier) => (type === 'AWS' ? awsName(identifier) : identifier)),
    )
    .join(' and ');

function awsName(identifier: string): string {
  if (identifier === '*') return 'everyone';
  if (/^\d{12}$/.test(identifier)) return `account ${identifier}`;
  const kind = deletedKind(identifier);
  return kind === undefined ? identifier : `${identifier}, a ${kind} that was deleted`;
}

/**
 * AWS shows a principal by its unique id once the role or user behind the ARN is gone; one made again under the same
 * name has another id, and the statement does not mean it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export const deletedKind = (identifier: string): 'role' | 'user' | undefined => {
  const prefix = /^(AROA|AIDA)[A-Z0-9]{12,}$/.exec(identifier)?.[1];
  return prefix === undefined ? undefined : prefix === 'AROA' ? 'role' : 'user';
};
