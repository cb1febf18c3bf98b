import { code, joined, type Markdown, text } from './markdown';

/**
 * Plain text in which what someone may want to copy is code: ARNs, actions, addresses, hosts, paths, JSON. As code it
 * is also shown without the zero-width characters that keep GitHub from seeing a reference in it.
 */
export function prose(plain: string): Markdown {
  const parts: { readonly isCode: boolean; plain: string }[] = [];
  for (const part of plain.split(/(\{.*\}|[^\s(]+)/).flatMap(codeAndRest)) {
    const [before, between] = parts.slice(-2);
    const last = parts.at(-1);
    if (part.isCode && before?.isCode && between && /^( (= )?)?$/.test(between.plain)) {
      // `kms:ViaService = sqs.amazonaws.com` is one thing.
      before.plain += between.plain + part.plain;
      parts.pop();
    } else if (last && last.isCode === part.isCode) last.plain += part.plain;
    else parts.push({ ...part });
  }
  return joined(
    parts.map(({ isCode, plain: part }) => (isCode ? code(part) : text(part))),
    '',
  );
}

/** Marks that words do not have; a dot or a colon within, and long numbers. */
const copied = /[/@*_\\[\]{}`<>#$~]|\w[.:=]\w|\d{6}/;

/** What ends a clause is not part of what is copied. */
function codeAndRest(part: string) {
  const end = part.length - (/[,.;:)]+$/.exec(part.slice(-10))?.[0].length ?? 0);
  const body = part.slice(0, end);
  return copied.test(body)
    ? [
        { isCode: true, plain: body },
        { isCode: false, plain: part.slice(end) },
      ].filter(({ plain }) => plain !== '')
    : [{ isCode: false, plain: part }];
}
