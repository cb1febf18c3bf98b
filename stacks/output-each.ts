import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';

interface Named {
  readonly name: string;
}

/** An output with a value for each of several, by their names. */
export function outputEach<Of extends Named>(
  stack: Construct,
  id: string,
  description: string,
  { of, value }: { readonly of: readonly Of[]; readonly value: (one: Of) => string | readonly string[] },
): void {
  new TerraformOutput(stack, id, {
    description,
    value: Object.fromEntries(of.map((one) => [one.name, value(one)])),
  });
}
