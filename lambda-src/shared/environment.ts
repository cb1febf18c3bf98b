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
