import type { PlanResource } from '../../plan/plan';

/** What an HTTP API tells browsers. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
export interface Cors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly maxAge: number | undefined;
}

export function corsOf({ attributes }: PlanResource): Cors | undefined {
  const given = attributes.get('cors_configuration') as
    | Readonly<Record<string, readonly string[] | number | undefined>>
    | undefined;
  if (!given) return undefined;
  const list = (key: string) => (Array.isArray(given[key]) ? (given[key] as readonly string[]) : []);
  return {
    allowOrigins: list('allow_origins'),
    allowMethods: list('allow_methods'),
    allowHeaders: list('allow_headers'),
    maxAge: typeof given.max_age === 'number' ? given.max_age : undefined,
  };
}

/** The headers that every answer to a page of an allowed origin has; a page of another origin cannot read its answer. */
export function originHeaders(
  cors: Cors | undefined,
  origin: string | undefined,
): readonly (readonly [string, string])[] {
  if (!cors || origin === undefined) return [];
  if (cors.allowOrigins.includes('*')) return [['access-control-allow-origin', '*']];
  return cors.allowOrigins.includes(origin) ? [['access-control-allow-origin', origin]] : [];
}

/** What a preflight is answered with beside that. */
export const preflightHeaders = ({
  allowMethods,
  allowHeaders,
  maxAge,
}: Cors): readonly (readonly [string, string])[] => [
  ['access-control-allow-methods', allowMethods.join(',')],
  ['access-control-allow-headers', allowHeaders.join(',')],
  ...(maxAge === undefined ? [] : [['access-control-max-age', String(maxAge)] as const]),
];
