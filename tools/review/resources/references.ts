/** `${aws_sqs_queue.x.arn}`, alone or within a longer text. */
const template = /\$\{\s*((?:data\.)?[a-z]\w*\.[\w-]+)\.([a-z]\w*)\s*\}/g;

/** The same within an expression, such as the argument of a function. */
const traversal = /((?:\bdata\.)?\b[a-z][a-z0-9]*_\w+\.[\w-]+)\.([a-z]\w*)/g;

export interface Reference {
  /** `aws_sqs_queue.delivery_results_queue`, or with `data.` before it. */
  readonly address: string;
  readonly attribute: string;
}

/** What a text of Terraform's JSON syntax refers to. */
export const referencesIn = (text: string): readonly Reference[] =>
  text.includes('${')
    ? [...text.matchAll(traversal)].map(([, address = '', attribute = '']) => ({ address, attribute }))
    : [];

/** The text with each reference replaced by its value; a text that is one reference is that value, whatever it is. */
export function replaceReferences(text: string, referred: (reference: Reference) => unknown): unknown {
  if (!text.includes('${')) return text;
  const [only] = text.matchAll(template);
  if (only && only[0] === text) return referred({ address: only[1] ?? '', attribute: only[2] ?? '' }) ?? text;
  return text.replaceAll(template, (match, address: string, attribute: string) => {
    const value = referred({ address, attribute });
    return typeof value === 'string' || typeof value === 'number' ? String(value) : match;
  });
}
