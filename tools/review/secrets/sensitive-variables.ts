import { fieldsOf } from './fields';

/** The marks of a plan's `variables`, of which only the configuration says which are sensitive. */
export function sensitiveVariables(
  sources: readonly unknown[],
): Readonly<Record<string, { readonly value: true }>> {
  const declared = sources.flatMap((source) => {
    const { variable, configuration } = fieldsOf(source);
    const { root_module: root } = fieldsOf(configuration);
    return [...Object.entries(fieldsOf(variable)), ...Object.entries(fieldsOf(fieldsOf(root).variables))];
  });
  return Object.fromEntries(
    declared
      .filter(([, declaration]) => fieldsOf(declaration).sensitive === true)
      .map(([name]) => [name, { value: true }]),
  );
}
