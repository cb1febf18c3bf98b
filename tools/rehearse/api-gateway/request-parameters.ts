/** What a mapping template finds with `$input.params()`, by where it was in the request. */
export interface RequestParameters {
  readonly path: ReadonlyMap<string, string>;
  readonly querystring: ReadonlyMap<string, string>;
  /** Names as they were sent. */
  readonly header: ReadonlyMap<string, string>;
}

export const noParameters: RequestParameters = { path: new Map(), querystring: new Map(), header: new Map() };

/** @param name in lower case */
export const headerOf = ({ header }: RequestParameters, name: string): string | undefined =>
  [...header].find(([sent]) => sent.toLowerCase() === name)?.[1];

/** API Gateway looks at the media type only, and takes a request without one for JSON. */
export const mediaTypeOf = (params: RequestParameters): string =>
  headerOf(params, 'content-type')?.split(';')[0]?.trim().toLowerCase() || 'application/json';
