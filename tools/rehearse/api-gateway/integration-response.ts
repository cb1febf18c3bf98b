import { NotSimulated } from '../../not-simulated';

export interface IntegrationResponse {
  readonly address: string;
  readonly status: number;
  /** None, or an empty one, is the default response's. */
  readonly selectionPattern?: string | undefined;
  readonly contentHandling?: string | undefined;
  /** By content type. */
  readonly templates: ReadonlyMap<string, string>;
}

/**
 * The response that answers for what an integration said: the one whose pattern matches all of it, the lowest
 * status first, else the one without a pattern.
 * @param said of an AWS service its HTTP status, of a Lambda function its error message or nothing
 */
export function selectIntegrationResponse(
  responses: readonly IntegrationResponse[],
  said: string,
): IntegrationResponse | undefined {
  const matching = responses
    .filter(
      ({ address, selectionPattern }) => selectionPattern && pattern(selectionPattern, address).test(said),
    )
    .sort((a, b) => a.status - b.status);
  return matching[0] ?? responses.find(({ selectionPattern }) => !selectionPattern);
}

function pattern(source: string, address: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`, 's');
  } catch {
    throw new NotSimulated(address, `the selection pattern ${source}`);
  }
}

/** The template that turns the integration's body into the caller's; an empty one is none, and passes it on. */
export function responseTemplate({ address, templates }: IntegrationResponse): string | undefined {
  const [template, ...others] = templates.values();
  if (others.length > 0) throw new NotSimulated(address, 'a choice between response templates');
  return template || undefined;
}
