import { describe, type Expression, type Node, type Reference } from '../../../rehearse/velocity/ast';
import { parseTemplate } from '../../../rehearse/velocity/parse';
import { mapOf, textOf } from '../reading/fields';
import type { RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';

export const templateEncoding: Rule = {
  id: 'template-encoding',
  title: 'Every value that enters a SendMessage request is encoded',
  scanners: [],
  protects:
    'A value with & or = in it ends its field and adds others: a caller sets attributes, a message group, ' +
    'or the action ' +
    'itself.',
  fix: 'constructs/api/send-message-template.ts encodes each value and sets passthrough_behavior NEVER',
  differs:
    'A value is taken as encoded where it is printed as $util.urlEncode(…) itself. One that was encoded ' +
    'into a variable ' +
    'before is refused: that the variable still holds it cannot be read off the template. Variables that ' +
    'can be nothing ' +
    'but numbers, such as the count of attributes, are taken.',
  types: ['aws_api_gateway_integration', 'aws_apigatewayv2_integration'],
  problems(integration) {
    const templates = [...mapOf(integration, 'request_templates')];
    if (!isToSqs(integration, templates)) return [];
    const passthrough = textOf(integration, 'passthrough_behavior');
    return [
      ...when(
        passthrough !== 'NEVER',
        `passthrough_behavior is ${passthrough ?? 'not set'}: a body without a template goes to SQS as the caller wrote it`,
      ),
      ...templates.flatMap(([type, template]) =>
        unencoded(parseTemplate(template, `${integration.where}.request_templates["${type}"]`)).map(
          (reference) => `the template for ${type} prints ${describe(reference)} without $util.urlEncode`,
        ),
      ),
    ];
  },
};

const isToSqs = (integration: RuleResource, templates: readonly (readonly [string, string])[]): boolean =>
  /:sqs:/.test(textOf(integration, 'uri') ?? textOf(integration, 'integration_uri') ?? '') ||
  templates.some(([, template]) => /\bAction=\w*Message/i.test(template));

/** References that a template prints as they are. */
function unencoded(template: readonly Node[]): readonly Reference[] {
  const all = nodesOf(template);
  const sets = all.flatMap((node) => (node.kind === 'set' ? [node] : []));
  const loops = new Set(all.flatMap((node) => (node.kind === 'foreach' ? [node.variable] : [])));
  const isCounter = ({ name, path }: Reference): boolean =>
    path.length === 0 &&
    !loops.has(name) &&
    sets.some(({ target }) => target.name === name) &&
    sets.every(({ target, value }) => target.name !== name || isNumber(value, name));
  const printed = all.flatMap((node) => (node.kind === 'reference' ? [node.reference] : []));
  // With another value in it, $util would encode nothing.
  const replaced = sets.map(({ target }) => target).filter(({ name }) => name === 'util');
  return [...replaced, ...printed.filter((reference) => !isEncoding(reference) && !isCounter(reference))];
}

const nodesOf = (nodes: readonly Node[]): readonly Node[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'if') return node.branches.flatMap(({ body }) => nodesOf(body));
    return node.kind === 'foreach' ? [node, ...nodesOf(node.body)] : [node];
  });

/** Whether what a variable is set to can be nothing but a number: `1`, or itself and one more. */
const isNumber = (value: Expression, name: string): boolean =>
  (value.kind === 'literal' && typeof value.value === 'number') ||
  (value.kind === 'reference' && value.reference.name === name && value.reference.path.length === 0) ||
  (value.kind === 'binary' &&
    ['+', '-'].includes(value.operator) &&
    isNumber(value.left, name) &&
    isNumber(value.right, name));

const isEncoding = ({ name, path }: Reference): boolean => {
  const [step, ...further] = path;
  return (
    name === 'util' &&
    further.length === 0 &&
    step?.kind === 'method' &&
    step.name === 'urlEncode' &&
    step.args.length === 1
  );
};
