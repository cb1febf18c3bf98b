import http from 'node:http';
import type { Network, NetworkRequest, NetworkResponse } from '../rehearse/simulation/network';

/**
 * A server of this machine in place of an API destination's. It gets the request that the destination would, but for
 * the URL. A connection that breaks before the answer is as one whose answer never comes: the delivery times out.
 * @param url where it listens; what the connection adds to the query string is added here too
 */
export const realSubscriber =
  (url: URL): Network =>
  (request, answer) => {
    const outgoing = http.request(urlFor(request, url), {
      method: request.method,
      headers: { ...Object.fromEntries(request.headers), host: url.host },
      agent: false,
    });
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => {});
      response.on('end', () => answer(responseOf(response, Buffer.concat(chunks))));
    });
    outgoing.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED') answer('ECONNREFUSED');
    });
    outgoing.end(request.body);
    return () => void outgoing.destroy();
  };

function urlFor({ path }: NetworkRequest, url: URL): URL {
  const whole = new URL(url);
  for (const [name, value] of new URL(path, url).searchParams) whole.searchParams.append(name, value);
  return whole;
}

const responseOf = ({ statusCode = 0, headers }: http.IncomingMessage, body: Buffer): NetworkResponse => ({
  status: statusCode,
  headers: new Map(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  body,
});
