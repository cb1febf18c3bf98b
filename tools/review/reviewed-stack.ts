import type { TerraformConfiguration } from '../synth/synthesize';
import type { ReviewedStack } from './change';

/** A stack's configuration, its HCL and its lock file as one of a version. */
export const reviewedStack = (
  id: string,
  configuration: TerraformConfiguration,
  hcl: string,
  lock: string | undefined,
): ReviewedStack => ({ id, environment: environmentOf(configuration) ?? id, configuration, hcl, lock });

/** Every stack tags what it makes with its environment. */
function environmentOf({ provider }: TerraformConfiguration): string | undefined {
  const { aws } = (provider ?? {}) as {
    readonly aws?: readonly {
      readonly default_tags?: readonly { readonly tags?: Readonly<Record<string, string>> }[];
    }[];
  };
  return aws?.[0]?.default_tags?.[0]?.tags?.environment;
}
