/** The value of an environment variable of the function. @throws when it is missing or empty, naming it. */
export function requiredVariable(name: string, meaning: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set: give the function ${meaning}.`);
  return value;
}

/** The value of an environment variable, or nothing when it is missing or empty. */
export function optionalVariable(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** A whole number from 1 on, or nothing when the variable is missing or empty. @throws for anything else, naming it. */
export function optionalCount(name: string): number | undefined {
  const value = optionalVariable(name);
  if (value === undefined || /^[1-9]\d{0,8}$/.test(value))
    return value === undefined ? undefined : Number(value);
  throw new Error(
    `The environment variable ${name} is "${value}": it must be a whole number from 1 on, or left out.`,
  );
}
