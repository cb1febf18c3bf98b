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
  return evaluate(parseTemplate(template, where), variables, where);
}
