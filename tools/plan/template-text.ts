import { NotSimulated } from '../not-simulated';

const sequence = /\${3,}\{|%{3,}\{|\$\$\{|%%\{|\$\{\s*([^{}"]*?)\s*\}|[$%]\{/g;

/**
 * What a string of Terraform's JSON syntax means: every string is a template there, and one that is a single `${…}`
 * is that expression's value.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 *
 * @param where names the string in errors
 * @param evaluate gives the value of an expression
 * @throws NotSimulated for `%{…}` directives and for expressions with brackets or quotes
 */
export function templateText(
  text: string,
  where: string,
  evaluate: (expression: string) => unknown,
): unknown {
  const single = /^\$\{\s*([^{}"]*?)\s*\}$/.exec(text);
  if (single?.[1]) return evaluate(single[1]);
  return text.replaceAll(sequence, (match, expression: string | undefined) => {
    if (match === '$${') return '${';
    if (match === '%%{') return '%{';
    if (!expression) throw new NotSimulated(where, `the Terraform template ${JSON.stringify(text)}`);
    const value = evaluate(expression);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return String(value);
    }
    throw new NotSimulated(where, `text around \${${expression}}, which is neither text nor a number,`);
  });
}
