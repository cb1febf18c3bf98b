/** A part of a string of Terraform's JSON syntax: literal text as it stands there, or a `${…}` or `%{…}`. */
export interface TemplatePart {
  readonly kind: 'text' | 'sequence';
  readonly text: string;
}

const OPENING = /(\$+|%+)\{/g;
/** In a sequence: quoted text, in which braces do not count, and braces. */
const INNER = /"(?:[^"\\]|\\.)*"|[{}]/g;

/** A sequence that does not end is text: what cannot be read must not hide a secret. */
export function templateParts(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let start = 0;
  for (const { index, 0: opening, 1: signs = '' } of template.matchAll(OPENING)) {
    // `$${` is the text `${`.
    if (signs.length > 1 || index < start) continue;
    const end = endOfSequence(template, index + opening.length);
    if (end === undefined) break;
    if (index > start) parts.push({ kind: 'text', text: template.slice(start, index) });
    parts.push({ kind: 'sequence', text: template.slice(index, end) });
    start = end;
  }
  if (start < template.length) parts.push({ kind: 'text', text: template.slice(start) });
  return parts;
}

function endOfSequence(template: string, from: number): number | undefined {
  let depth = 1;
  INNER.lastIndex = from;
  for (let found = INNER.exec(template); found; found = INNER.exec(template)) {
    if (found[0] === '{') depth += 1;
    if (found[0] === '}') depth -= 1;
    if (depth === 0) return found.index + 1;
  }
  return undefined;
}
