export type LogLevel = 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | undefined>>;
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/**
 * Writes one JSON object a line, each with `common`'s fields. Straight to stdout: Lambda's console puts its own
 * prefix before a line, or the line as text into JSON of its own, and neither can be queried by field.
 */
export function createLog(common: LogFields): Log {
  return (level, message, fields) => {
    process.stdout.write(`${JSON.stringify({ level, message, ...common, ...fields })}\n`);
  };
}
