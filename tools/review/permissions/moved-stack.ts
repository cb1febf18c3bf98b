import type { TerraformConfiguration } from '../../synth/synthesize';
import type { ReviewedStack } from '../change';

/**
 * A stack of the base as if it had been where the new version puts it: in another region or account everything is made
 * anew, which is told with the resources; what it allows there is compared with what it allowed here.
 */
export function inPlaceOf(base: ReviewedStack, head: ReviewedStack | undefined): ReviewedStack {
  const [from, to] = [placeOf(base.configuration), placeOf(head?.configuration ?? base.configuration)];
  const moves = [
    [from.region, to.region],
    [from.accountId, to.accountId],
  ].filter((move): move is [string, string] => Boolean(move[0] && move[1]) && move[0] !== move[1]);
  if (moves.length === 0) return base;
  const text = moves.reduce(
    (configuration, [here, there]) => configuration.replaceAll(here, there),
    JSON.stringify(base.configuration),
  );
  return { ...base, configuration: JSON.parse(text) as TerraformConfiguration };
}

function placeOf({ provider }: TerraformConfiguration) {
  const { aws } = (provider ?? {}) as {
    readonly aws?: readonly { readonly region?: string; readonly allowed_account_ids?: readonly string[] }[];
  };
  return { region: aws?.[0]?.region, accountId: aws?.[0]?.allowed_account_ids?.[0] };
}
