import { evaluate } from '../velocity/evaluate';
import { parseTemplate } from '../velocity/parse';
import type { Value, VelocityMap } from '../velocity/value';
import { inputVariable } from './input-variable';
import type { RequestParameters } from './request-parameters';
import { utilVariable } from './util-variable';

export interface TemplateRequest {
  readonly body: string;
  readonly params: RequestParameters;
  /** From `contextVariable`; the template may set overrides in it. */
  readonly context: VelocityMap;
}

/**
 * Renders a mapping template of API Gateway.
 * @param where names the template in errors
 * @throws NotSimulated for what of Velocity, `$input`, `$util` or `$context` is not known here
 */
export function renderMappingTemplate(
  template: string,
  { body, params, context }: TemplateRequest,
  where: string,
): string {
  const variables = new Map<string, Value>([
    ['input', inputVariable(body, params, where)],
    ['util', utilVariable(where)],
    ['context', context],
    ['stageVariables', { kind: 'object', name: 'stageVariables', properties: {}, methods: {} }],
  ]);
  return evaluate(parsedOnce(template, where), variables, where);
}

type Parsed = ReturnType<typeof parseTemplate>;

const parsed = new Map<string, Parsed>();

/** A template of a plan is rendered for every request. */
function parsedOnce(template: string, where: string): Parsed {
  const known = parsed.get(template);
  if (known) return known;
  const nodes = parseTemplate(template, where);
  parsed.set(template, nodes);
  return nodes;
}
