import { NotSimulated } from '../../not-simulated';
import { PlanError } from '../../plan/plan-error';

/** A piece of an input template. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'variable';
      /** What stands between `<` and `>`. */
      readonly name: string;
      /** Between the quotes of a text, and not in the place of a JSON value. */
      readonly quoted: boolean;
    };

/** https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_PipeTargetParameters.html */
const mostCharacters = 8192;

const variable = /<([^<>]*)>/y;

/**
 * Takes an input template apart.
 *
 * @throws PlanError for a template that is too long
 * @throws NotSimulated for one that is no JSON, and for `<` and `>` that enclose no variable
 */
export function templateSegments(template: string, where: string): readonly Segment[] {
  if (template.length < 1 || template.length > mostCharacters) {
    throw new PlanError(
      `${where} has ${template.length} characters; Pipes take 1 to ${mostCharacters.toLocaleString('en')}`,
    );
  }
  const segments: Segment[] = [];
  let quoted = false;
  let text = '';
  for (let at = 0; at < template.length; ) {
    variable.lastIndex = at;
    const [found, name] = variable.exec(template) ?? [];
    if (found !== undefined && name !== undefined) {
      segments.push({ kind: 'text', text }, { kind: 'variable', name, quoted });
      text = '';
      at += found.length;
      continue;
    }
    const character = template[at] as string;
    if (character === '<' || character === '>') throw new NotSimulated(where, `a single "${character}"`);
    const escaped = quoted && character === '\\';
    if (character === '"') quoted = !quoted;
    text += escaped ? template.slice(at, at + 2) : character;
    at += escaped ? 2 : 1;
  }
  segments.push({ kind: 'text', text });
  checkJson(segments, where);
  return segments;
}

/** With anything in place of its variables a template is JSON. */
function checkJson(segments: readonly Segment[], where: string): void {
  const sample = segments.map((segment) =>
    segment.kind === 'text' ? segment.text : segment.quoted ? 'x' : '0',
  );
  try {
    JSON.parse(sample.join(''));
  } catch {
    throw new NotSimulated(where, 'an input template that is no JSON');
  }
}
