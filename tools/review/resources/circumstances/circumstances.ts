import type { ReviewedStack } from '../../change';
import { differences } from '../differences';
import type { Fact } from '../found-change';
import { attributeChange } from '../value-text';
import { interfaceFacts } from './interface';
import { hasAnotherAccount, placeFacts } from './place';
import { type Provider, providerOf } from './provider';
import { tagFacts } from './tags';
import { terraformFacts } from './terraform-settings';

/**
 * What changes around a stack's resources.
 * @param staying the resources that both versions have, and that are not made anew
 */
export function circumstances(
  base: ReviewedStack,
  head: ReviewedStack,
  staying: readonly { readonly type: string }[],
): readonly Fact[] {
  const [before, after] = [providerOf(base), providerOf(head)];
  return [
    ...placeFacts(before, after),
    ...terraformFacts(base, head),
    ...interfaceFacts(base, head),
    ...tagFacts(before, after, staying),
    ...otherFacts(before, after),
  ];
}

function otherFacts(before: Provider, after: Provider): readonly Fact[] {
  const changes = [
    ...(hasAnotherAccount(before, after)
      ? []
      : differences(before.accounts, after.accounts, ['allowed_account_ids'])),
    ...differences(before.others, after.others),
  ].map(attributeChange);
  return changes.map(({ path, before: from, after: to }) => ({
    level: undefined,
    text: `configures the provider otherwise: ${path} ${from ?? '(none)'} → ${to ?? '(none)'}`,
  }));
}
