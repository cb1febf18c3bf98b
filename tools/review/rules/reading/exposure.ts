import { globMatches, hasWildcard } from './glob';
import type { PolicyStatement, StatementCondition, StatementPrincipal } from './statements';

const isEveryone = ({ type, id }: StatementPrincipal) => type === '*' || hasWildcard(id);

/** Whether a statement names everyone: by a wildcard, or by naming those whom it is not about. */
export const namesEveryone = ({ principals, notPrincipals }: PolicyStatement): boolean =>
  notPrincipals !== undefined || (principals ?? []).some(isEveryone);

/** Whether it names everyone without exception. */
export const namesAll = ({ principals }: PolicyStatement): boolean =>
  (principals ?? []).some(({ type, id }) => id === '*' && (type === '*' || type === 'AWS'));

/** Whether it lets in whoever comes: everyone is allowed, and no condition says who that may be. */
export const isOpen = (statement: PolicyStatement): boolean =>
  statement.effect === 'Allow' && namesEveryone(statement) && !statement.conditions.some(isPinned);

/** Keys that say who or from where, and cannot be chosen by the caller. */
const pinning = [
  'aws:sourceip',
  'aws:vpcsourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:userid',
  'kms:calleraccount',
];

/**
 * Whether a condition limits callers. Negated operators, and those that hold where the request lacks the key, do not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function isPinned({ operator, key, values }: StatementCondition): boolean {
  if (!pinning.includes(key) || values.length === 0) return false;
  const base = operator.replace(/^ForAnyValue:/, '');
  if (base === 'IpAddress') return !isBroad(values);
  return (
    ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike'].includes(base) &&
    values.every((value) => isFixed(value, base))
  );
}

/** Wildcards do not stand for an account, nor at the beginning. */
function isFixed(value: string, operator: string): boolean {
  if (operator.startsWith('StringEquals') || !hasWildcard(value)) return value !== '';
  const [arn, , , , account = '', resource = ''] = value.split(':');
  if (arn !== 'arn') return !hasWildcard(value.slice(0, 3));
  return /^\d{12}$/.test(account) || (account === '' && resource !== '' && !hasWildcard(resource[0] ?? '*'));
}

/**
 * Whether addresses are so many that they are no one's: a block wider than /8, or /32 of IPv6, or halves that make up
 * such a one. Amazon S3 draws the line there when it tells whether a policy is public.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isBroad(blocks: readonly string[]): boolean {
  let ipv4 = 0;
  let ipv6 = 0;
  for (const block of new Set(blocks)) {
    const [address = '', bits] = block.split('/');
    const isV6 = address.includes(':');
    const length = bits === undefined ? (isV6 ? 128 : 32) : /^\d{1,3}$/.test(bits) ? Number(bits) : 0;
    if (isV6) ipv6 += 2 ** -length;
    else ipv4 += 2 ** -length;
  }
  return ipv4 > 2 ** -8 || ipv6 > 2 ** -32;
}

/** Whether it is about an action, such as `iam:PassRole`, whatever else it is about. */
export function coversAction({ actions, notActions }: PolicyStatement, action: string): boolean {
  const matches = (pattern: string) => globMatches(pattern.toLowerCase(), action.toLowerCase());
  return notActions ? !notActions.some(matches) : actions.some(matches);
}

/** Whether it is about a resource, which may itself be a pattern. */
export const coversResource = ({ resources, notResources }: PolicyStatement, resource: string): boolean =>
  notResources === undefined && resources.some((pattern) => globMatches(pattern, resource));

/**
 * Whether it refuses whatever comes without TLS: everyone, every action of the service, the resource itself, and no
 * further condition.
 */
export function refusesPlainHttp(statement: PolicyStatement, service: string, resource: string): boolean {
  const [only, ...others] = statement.conditions;
  return (
    statement.effect === 'Deny' &&
    namesAll(statement) &&
    statement.actions.some((action) => action === '*' || action.toLowerCase() === `${service}:*`) &&
    coversResource(statement, resource) &&
    others.length === 0 &&
    only?.key === 'aws:securetransport' &&
    /^Bool(IfExists)?$/.test(only.operator) &&
    only.values.join() === 'false'
  );
}
