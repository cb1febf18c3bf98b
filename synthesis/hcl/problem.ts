/** Where in a stack a value stands: the construct (or the stack, for its own overrides) and the keys below it. */
export interface Place {
  readonly construct: string;
  readonly keys: readonly string[];
}

/** The same construct, one key deeper. */
export function below(place: Place, key: string | number): Place {
  return { construct: place.construct, keys: [...place.keys, String(key)] };
}

/** A value that HCL cannot carry as Terraform's JSON does; names the construct, the attribute, the rule and the way out. */
export class HclError extends Error {
  constructor(
    readonly place: Place,
    readonly rule: string,
  ) {
    const attribute = place.keys.length > 0 ? ` attribute "${place.keys.join('.')}"` : '';
    super(`Cannot write HCL for ${place.construct}${attribute}: ${rule}`);
    this.name = 'HclError';
  }
}

/** A fault in the text of a template or expression, before it is known where that text stands. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
}

/** Runs `work` and says, if the text it reads is faulty, where that text stands. */
export function at<T>(place: Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SyntaxFault) throw new HclError(place, error.message);
    throw error;
  }
}
