/**
 * Runtimes and the last day on which AWS supports them.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const supportedUntil: Readonly<Record<string, string>> = {
  'nodejs20.x': '2026-04-30',
  'nodejs22.x': '2027-04-30',
  'nodejs24.x': '2028-04-30',
  'python3.10': '2026-10-31',
  'python3.11': '2027-06-30',
  'python3.12': '2028-10-31',
  'python3.13': '2029-06-30',
  'python3.14': '2029-06-30',
  'java8.al2': '2027-06-30',
  java11: '2027-06-30',
  java17: '2027-06-30',
  java21: '2029-06-30',
  java25: '2029-06-30',
  dotnet8: '2026-11-10',
  dotnet10: '2028-11-14',
  'ruby3.3': '2027-03-31',
  'ruby3.4': '2028-03-31',
  'provided.al2': '2026-07-31',
  'provided.al2023': '2029-06-30',
};

/**
 * What is wrong with a runtime on a day, `YYYY-MM-DD`. One that is not listed is deprecated, misspelt, or newer than the
 * list.
 */
export function runtimeFault(runtime: string | undefined, today: string): string | undefined {
  if (runtime === undefined) return 'its runtime is not set';
  const last = Object.hasOwn(supportedUntil, runtime) ? supportedUntil[runtime] : undefined;
  if (last === undefined) return `its runtime ${runtime} is none that is known to be supported`;
  return last < today ? `its runtime ${runtime} was supported until ${last}` : undefined;
}
