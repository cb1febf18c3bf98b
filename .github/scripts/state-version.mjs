import { terraformOutput } from './terraform.mjs';

/**
 * Which version of its state a stack has: every write counts `serial` up, and `lineage` is another for another state.
 * https://developer.hashicorp.com/terraform/language/state/backends
 */
export function stateVersion(stack) {
  const text = terraformOutput(stack, ['state', 'pull']);
  if (text.trim() === '') return { serial: 0, lineage: '' };
  const { serial, lineage } = JSON.parse(text);
  return { serial, lineage };
}
