import type { StackPair } from '../../change';
import type { ConfiguredResource } from '../configured-stack';
import type { Fact } from '../found-change';
import { type Provider, providerOf } from './provider';

type Resources = ReadonlyMap<string, ConfiguredResource>;

/** https://docs.aws.amazon.com/general/latest/gr/rande.html#global-endpoints: these are the same in each region. */
const isGlobal = ({ type }: ConfiguredResource) =>
  type.startsWith('aws_iam_') || type.startsWith('aws_route53_');

/**
 * What Terraform still finds of a stack once its provider works elsewhere: nothing in another account, and in another
 * region only what has no region.
 */
export function stillFound(pair: StackPair, base: Resources): Resources {
  if (!pair.base || !pair.head) return base;
  const [before, after] = [providerOf(pair.base), providerOf(pair.head)];
  if (hasAnotherAccount(before, after)) return new Map();
  if (before.region === after.region) return base;
  return new Map([...base].filter(([, resource]) => isGlobal(resource)));
}

/** What is another text in every ARN of a stack: its region, its account. */
export function elsewhere({ base, head }: StackPair): readonly (readonly [before: string, after: string])[] {
  if (!base || !head) return [];
  const [before, after] = [providerOf(base), providerOf(head)];
  const texts = [
    [before.region, after.region],
    [before.accounts[0], after.accounts[0]],
  ];
  return texts.flatMap(([from, to]) => (from && to && from !== to ? [[from, to] as const] : []));
}

/** What it means that a stack is now elsewhere. */
export function placeFacts(before: Provider, after: Provider): readonly Fact[] {
  const elsewhere = hasAnotherAccount(before, after);
  if (!elsewhere && before.region === after.region) return [];
  const [from, to] = [place(before, elsewhere), place(after, elsewhere)];
  return [
    {
      level: 'attention',
      text: `makes everything anew in ${to} instead of ${from}`,
      detail: `what is in ${from} stays there, with the messages in its queues, billed and no longer managed, unless it is destroyed from the version before`,
    },
  ];
}

/** Accounts that are still allowed, or that are only now written down, are no other ones. */
export const hasAnotherAccount = (before: Provider, after: Provider): boolean =>
  before.accounts.length > 0 &&
  after.accounts.length > 0 &&
  !before.accounts.some((account) => after.accounts.includes(account));

const place = ({ region, accounts }: Provider, withAccount: boolean): string =>
  withAccount
    ? `account ${accounts.join(' or ')} (${region ?? 'region of the environment'})`
    : (region ?? 'the region of the environment');
