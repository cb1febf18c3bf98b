import { NotSimulated } from '../not-simulated';
import {
  any,
  escaped,
  expression,
  isWildcard,
  plainText,
  type TextPiece,
  type TextTest,
  textTest,
} from './policy-text';

/** Colons before the part of an ARN that names the resource; that part may have colons of its own. */
const separators = 5;

/**
 * ARN operators check the six components of an ARN one by one: no wildcard spans a colon before the resource.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @throws NotSimulated for a text of fewer components
 */
export const arnLike = (text: string, at: string): TextTest =>
  textTest(text, at, (pieces) => {
    const { source, colons } = arnSource(pieces, () => false);
    if (colons < separators) throw new NotSimulated(at, `${JSON.stringify(plainText(pieces))} as an ARN`);
    return matches(source);
  });

/**
 * The `Resource` element: a wildcard stays within its segment of the ARN, but for a `*` that ends one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @throws NotSimulated for an ARN that lacks segments, and for a policy variable before the last one
 */
export function resourceTest(text: string, at: string): TextTest {
  if (text.slice(0, fixedPart(text)).includes('${')) {
    throw new NotSimulated(at, `a policy variable before the resource of ${JSON.stringify(text)}`);
  }
  return textTest(text, at, (pieces) => {
    const { source, colons, spans } = arnSource(pieces, (next) => next === ':' || next === undefined);
    if (colons < separators && !spans) {
      throw new NotSimulated(at, `the incomplete ARN ${JSON.stringify(plainText(pieces))}`);
    }
    return matches(source);
  });
}

/** Where the resource begins. */
const fixedPart = (arn: string) => /^(?:[^:]*:){5}/.exec(arn)?.[0].length ?? arn.length;

/** @param maySpan whether a `*` before this character may stand for colons too */
function arnSource(pieces: readonly TextPiece[], maySpan: (next: string | undefined) => boolean) {
  const chars = pieces.flatMap(({ literal, text }) => [...text].map((char) => ({ char, literal })));
  let colons = 0;
  let spans = false;
  const source = chars.map(({ char, literal }, index) => {
    if (char === ':') colons += 1;
    if (literal || !isWildcard(char)) return escaped(char);
    if (colons >= separators) return any(char, '.');
    if (char === '*' && maySpan(chars[index + 1]?.char)) {
      spans = true;
      return any(char, '.');
    }
    return any(char, '[^:]');
  });
  return { source, colons, spans };
}

function matches(source: readonly string[]): (value: string) => boolean {
  const pattern = expression(source);
  return (value) => pattern.test(value);
}
