import type { RestApi, RestMethod } from './rest-api';

/** What policies name a method by. */
export const methodArn = (api: RestApi, { httpMethod, path }: RestMethod): string =>
  `${api.stageArn}/${httpMethod}${path}`;
