const ASSIGNMENT = /^(\s*(?:"((?:[^"\\]|\\.)*)"|([\w-]+))\s*=\s*)(.*)$/;
const VALUES = /"((?:[^"\\]|\\.)*)"|(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g;

/**
 * HCL without values that are known by their names: on the line of their attribute, and on those of a list
 * that begins there.
 *
 * @param masked what stands in the place of an attribute's value as it is between the quotes, nothing where
 * it may stay
 */
export function withoutNamed(
  hcl: string,
  masked: (name: string, value: string) => string | undefined,
): string {
  let list: string | undefined;
  const valuesOf = (text: string, name: string) =>
    text.replace(VALUES, (value, quoted?: string) => {
      const mask = masked(name, quoted ?? value);
      return mask === undefined ? value : `"${mask}"`;
    });
  return hcl
    .split('\n')
    .map((line) => {
      const [, before, quoted, bare, value = ''] = ASSIGNMENT.exec(line) ?? [];
      if (before === undefined) return list === undefined ? line : valuesOf(line, list);
      const name = quoted ?? bare ?? '';
      list = value.endsWith('[') ? name : undefined;
      return before + valuesOf(value, name);
    })
    .join('\n');
}
