import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Markdown as HTML: GitHub Flavored Markdown before GitHub looks for references in it. */
export const html = (markdown: string): string =>
  micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** What a piece of HTML without elements shows. Fails on an element. */
export function shown(inner: string): string {
  if (/[<>]/.test(inner)) throw new Error(`there is an element in ${JSON.stringify(inner)}`);
  return inner.replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
/** Without the zero-width characters that break up references. */
export const unbroken = (text: string): string => text.replaceAll('\u200b', '');
