import type { System } from '../world/system';
import type { Failure } from './result';

/** How many of one function are of use to a reader. */
const mostOfOne = 3;

/** What functions have written of what they could not do: each kind of error once. */
export class FunctionErrors {
  readonly #byFunction = new Map<string, Set<string>>();

  /** A function has written a line to its log. */
  readonly note = (functionName: string, line: string): void => {
    const error = errorIn(line);
    if (error === undefined) return;
    const known = this.#byFunction.get(functionName) ?? new Set();
    this.#byFunction.set(functionName, known);
    if (known.size < mostOfOne) known.add(error);
  };

  failures({ functions }: Pick<System, 'functions'>): readonly Failure[] {
    return functions.flatMap(({ address, functionName }) =>
      [...(this.#byFunction.get(functionName) ?? [])].map((error) => ({
        place: address,
        what: `${functionName} has logged: ${error}`,
      })),
    );
  }
}

interface LogLine {
  readonly error?: string;
  /** Of an error that Lambda's runtime logs. */
  readonly errorType?: string;
  readonly errorMessage?: string;
  readonly status?: number;
  readonly reason?: string;
  readonly likelyCause?: string;
}

/** As the functions here log an error: an object a line. */
function errorIn(line: string): string | undefined {
  const thrown = line.split('\tERROR\tInvoke Error \t')[1];
  if (thrown !== undefined) {
    const { errorType, errorMessage } = parsed(thrown);
    return `${errorType}: ${errorMessage}`;
  }
  // A load writes thousands of others.
  if (!line.includes('"level":"error"')) return undefined;
  const { error, status, reason, likelyCause } = parsed(line);
  if (error === undefined) return undefined;
  return [
    status === undefined ? error : `${error} (${status})`,
    ...(reason === undefined || reason === error ? [] : [reason]),
    ...(likelyCause === undefined ? [] : [likelyCause]),
  ].join(': ');
}

function parsed(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return {};
  }
}
