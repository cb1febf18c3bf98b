import { DataResource, TerraformOutput, type TerraformStack } from 'cdktf';

/** A small stack that shows one form, and how Terraform can be asked about it. */
export interface Case {
  readonly name: string;
  readonly build: (stack: TerraformStack) => void;
  /**
   * `child`: planned as a module beside all others; `aws`: the same with the AWS provider; `root` and
   * `root-aws`: planned alone, because only a root module may say it; `text`: compared by parsing alone. @default 'child'
   */
  readonly terraform?: 'child' | 'aws' | 'root' | 'root-aws' | 'text';
  /** The parser itself rewrites these expressions, so that only Terraform can compare their values. */
  readonly parserRewrites?: true;
}

/** A stack that carries one value as a resource's argument, in a list, in a map and as an output. */
export function carrying(name: string, value: unknown): Case {
  return {
    name,
    build: (stack) => {
      new DataResource(stack, 'data', { input: { carried: value as string } });
      new TerraformOutput(stack, 'value', { value, staticId: true });
      new TerraformOutput(stack, 'nested', { value: [value, { inside: value }], staticId: true });
    },
  };
}
