import { shown } from './shown';

/** A value of the settings that cannot be deployed as it is. */
export interface Fault {
  /** The environment's name, or its place in the list where it has none. */
  readonly environment: string;
  /** Path of the setting as it is written: `callbackReceiver.callbacks[1].allowList[0]`. */
  readonly field: string;
  /** What stands there; `undefined` where nothing does, `notShown` where it may be a secret. */
  readonly value: unknown;
  /** What is allowed, and the way out. */
  readonly rule: string;
}

/** Everything that is wrong with the environments, a line each. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    super([`${count} in the environments:`, ...faults.map(line)].join('\n'));
    this.faults = faults;
  }
}

/** An environment's name on one line of a terminal, in quotes where it is none that could be deployed. */
export const called = (environment: string) =>
  /^[\w[\]-]{1,80}$/.test(environment) ? environment : shown(environment);

const line = ({ environment, field, value, rule }: Fault) =>
  `${called(environment)}: ${field}: ${shown(value)}: ${rule}`;
