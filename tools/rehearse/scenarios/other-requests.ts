interface Route {
  readonly httpMethod: string;
  readonly path: string;
}

/** Requests beside those of a route, but for those that the API has a route of its own for. */
export const otherRequests = ({ httpMethod, path }: Route, routes: readonly Route[]): readonly Route[] =>
  [
    { httpMethod: 'GET', path },
    { httpMethod: 'DELETE', path },
    { httpMethod, path: `${path}/more` },
    { httpMethod, path: path.split('/').slice(0, -1).join('/') || '/none' },
    { httpMethod, path: `${path}%00` },
  ].filter((one) => !routes.some((other) => other.httpMethod === one.httpMethod && other.path === one.path));
