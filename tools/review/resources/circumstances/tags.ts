import { differences } from '../differences';
import { taggableTypes } from '../forcing-attributes';
import type { Fact } from '../found-change';
import { attributeChange } from '../value-text';
import type { Provider } from './provider';

/** Default tags are a change in place of each resource that bears tags: that is told once. */
export function tagFacts(
  before: Provider,
  after: Provider,
  resources: readonly { readonly type: string }[],
): readonly Fact[] {
  const taggable = resources.filter(({ type }) => taggableTypes.has(type)).length;
  const changes = differences(before.defaultTags, after.defaultTags).map(attributeChange);
  if (changes.length === 0 || taggable === 0) return [];
  const texts = changes.map(
    ({ path, before: from, after: to }) => `${path} ${from ?? '(none)'} → ${to ?? '(none)'}`,
  );
  return [{ level: undefined, text: `changes the tags ${texts.join(', ')}`, resources: taggable }];
}
