import { parse } from 'velocityjs';
import { NotSimulated } from '../../not-simulated';
import { PlanError } from '../../plan/plan-error';
import { type Branch, binaryOperators, type Expression, type Node, type Reference, type Step } from './ast';

/** What velocityjs's parser returns, without the promises that its types make. */
type Raw = string | RawNode | readonly Raw[];
interface RawNode {
  readonly type: string;
  readonly [attribute: string]: unknown;
}

/** Directives that the parser lets through as text when it does not understand their form. */
const directive = /#\{?@?(?:set|if|elseif|else|end|foreach|include|parse|stop|break|evaluate|define|macro)\b/;

/**
 * Velocity text as a tree. velocityjs does the reading; what it reads otherwise than Velocity 1.7, and what API
 * Gateway's use of is not known here, is refused.
 *
 * @param where names the template in errors
 * @throws NotSimulated naming the construct
 * @throws PlanError when the text is no template
 */
export function parseTemplate(source: string, where: string): readonly Node[] {
  const escaped = /\\[$#]/.exec(source);
  if (escaped) throw new NotSimulated(where, `the escape ${escaped[0]}`);
  const comment = /\$!?[\w.]+##/.exec(source);
  if (comment) {
    // Velocity 1.7 misreads it; with braces around the reference it would be fine.
    throw new NotSimulated(where, `the comment right after a reference in ${comment[0]}`);
  }
  let raw: readonly Raw[];
  try {
    raw = parse(source) as readonly unknown[] as readonly Raw[];
  } catch (error) {
    throw new PlanError(`${where} is not a Velocity template: ${(error as Error).message}`);
  }
  return nodes(raw, where);
}

function nodes(raw: readonly Raw[], where: string): readonly Node[] {
  const result: Node[] = [];
  let text = '';
  const endText = () => {
    const found = directive.exec(text);
    if (found) throw new NotSimulated(where, `the directive ${found[0]} in this form`);
    if (text !== '') result.push({ kind: 'text', text });
    text = '';
  };
  for (const item of raw) {
    if (typeof item === 'string') {
      text += item;
      continue;
    }
    endText();
    result.push(...(isBlock(item) ? [block(item, where)] : node(item as RawNode, where)));
  }
  endText();
  return result;
}

const isBlock = (item: Raw): item is readonly Raw[] => Array.isArray(item);

function node(raw: RawNode, where: string): readonly Node[] {
  switch (raw.type) {
    case 'references':
      return [{ kind: 'reference', reference: reference(raw, where) }];
    case 'set': {
      const [target, value] = raw.equal as readonly [RawNode, RawNode];
      return [{ kind: 'set', target: reference(target, where), value: expression(value, where) }];
    }
    case 'comment':
      return [];
    case 'macro_call':
      throw new NotSimulated(where, `the directive #${raw.id}`);
    default:
      throw new NotSimulated(where, `#${raw.type}`);
  }
}

function block([head, ...body]: readonly Raw[], where: string): Node {
  const raw = head as RawNode;
  if (raw.type === 'foreach') {
    return {
      kind: 'foreach',
      variable: raw.to as string,
      in: expression(raw.from as RawNode, where),
      body: nodes(body, where),
    };
  }
  if (raw.type !== 'if') throw new NotSimulated(where, `#${raw.type}`);
  const branches: { condition?: Expression; body: Raw[] }[] = [
    { condition: expression(raw.condition as RawNode, where), body: [] },
  ];
  for (const item of body) {
    const type = typeof item === 'string' || isBlock(item) ? undefined : (item as RawNode).type;
    if (type === 'elseif') {
      branches.push({ condition: expression((item as RawNode).condition as RawNode, where), body: [] });
    } else if (type === 'else') {
      branches.push({ body: [] });
    } else {
      branches.at(-1)?.body.push(item);
    }
  }
  return {
    kind: 'if',
    branches: branches.map((branch): Branch => ({ ...branch, body: nodes(branch.body, where) })),
  };
}

function reference(raw: RawNode, where: string): Reference {
  if (raw.args !== undefined) throw new NotSimulated(where, `the call $${raw.id}(…)`);
  const path = (raw.path ?? []) as readonly RawNode[];
  return { name: raw.id as string, path: path.map((step) => pathStep(step, where)) };
}

function pathStep(raw: RawNode, where: string): Step {
  switch (raw.type) {
    case 'property':
      return { kind: 'property', name: raw.id as string };
    case 'index':
      return { kind: 'index', index: expression(raw.id as RawNode, where) };
    case 'method':
      return {
        kind: 'method',
        name: raw.id as string,
        // `false` when there are none.
        args: ((raw.args || []) as readonly RawNode[]).map((arg) => expression(arg, where)),
      };
    default:
      throw new NotSimulated(where, `${raw.type} in a reference`);
  }
}

function expression(raw: RawNode, where: string): Expression {
  switch (raw.type) {
    case 'references':
      return { kind: 'reference', reference: reference(raw, where) };
    case 'string': {
      const text = raw.value as string;
      // How a quote is escaped within its string is where velocityjs and Velocity 1.7 differ.
      if (text.includes(raw.isEval ? '"' : "'") || text.includes('\\')) {
        throw new NotSimulated(where, `the quote or backslash in the string ${text}`);
      }
      return raw.isEval && /[$#]/.test(text)
        ? { kind: 'interpolated', nodes: parseTemplate(text, where) }
        : { kind: 'literal', value: text };
    }
    case 'integer':
      return { kind: 'literal', value: Number(raw.value) };
    case 'bool':
      if (raw.value === 'null') throw new NotSimulated(where, 'the word null, which Velocity does not have,');
      return { kind: 'literal', value: raw.value === 'true' };
    case 'array':
      if (raw.isRange) throw new NotSimulated(where, 'the range […..…]');
      return {
        kind: 'list',
        items: (raw.value as readonly RawNode[]).map((item) => expression(item, where)),
      };
    case 'math':
      return math(raw, where);
    default:
      throw new NotSimulated(where, `a ${raw.type} in an expression`);
  }
}

function math(raw: RawNode, where: string): Expression {
  const [left, right] = (raw.expression as readonly RawNode[]).map((operand) => expression(operand, where));
  if (left && raw.operator === 'parenthesis') return left;
  if (left && raw.operator === 'not') return { kind: 'not', of: left };
  const operator = binaryOperators.find((candidate) => candidate === raw.operator);
  if (operator && left && right) return { kind: 'binary', operator, left, right };
  throw new NotSimulated(where, `the operator ${raw.operator}`);
}
