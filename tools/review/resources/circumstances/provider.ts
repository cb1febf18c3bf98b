import type { ReviewedStack } from '../../change';
import { type Fields, fields, firstBlock, textOf } from '../record';

/** Where and as whom a stack's provider works. */
export interface Provider {
  readonly region: string | undefined;
  readonly accounts: readonly string[];
  readonly defaultTags: Fields;
  /** Its other arguments. */
  readonly others: Fields;
}

/** Of the provider without an alias; a stack of ours has only that. */
export function providerOf({ configuration }: Pick<ReviewedStack, 'configuration'>): Provider {
  const { aws } = fields(configuration.provider);
  const blocks = Array.isArray(aws) ? aws.map(fields) : [fields(aws)];
  const main = blocks.find(({ alias }) => alias === undefined) ?? {};
  const { region, allowed_account_ids: accounts, default_tags: tags, ...others } = main;
  const aliased = blocks.filter((block) => block !== main);
  return {
    region: textOf(region),
    accounts: Array.isArray(accounts) ? accounts.map(String).sort() : [],
    defaultTags: fields(firstBlock(tags).tags),
    others: aliased.length > 0 ? { ...others, aliased } : others,
  };
}
