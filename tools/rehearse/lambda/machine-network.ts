import http from 'node:http';
import https from 'node:https';
import type { Network, NetworkFault } from '../simulation/network';

const faults: readonly NetworkFault[] = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT'];

/**
 * Carries requests over this machine's sockets; with the wall clock it lets a function work on real servers.
 *
 * @param locate gives the address of a host, such as `http://127.0.0.1:8080`, where it is not the one of its
 * name
 */
export const machineNetwork =
  (locate: (host: string) => string | undefined = () => undefined): Network =>
  ({ protocol, method, host, path, headers, body }, answer) => {
    const url = new URL(path, locate(host) ?? `${protocol}://${host}`);
    const { request } = url.protocol === 'https:' ? https : http;
    let waiting = true;
    const outcome: typeof answer = (response) => {
      if (waiting) answer(response);
      waiting = false;
    };
    const sent = request(url, { method, headers: Object.fromEntries(headers) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => outcome(faultOf(error)));
      response.on('end', () =>
        outcome({
          status: response.statusCode ?? 0,
          headers: new Map(
            Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
          ),
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on('error', (error) => outcome(faultOf(error)));
    sent.end(body);
    return () => {
      waiting = false;
      sent.destroy();
    };
  };

/** A fault of another kind breaks the connection too. */
const faultOf = (error: NodeJS.ErrnoException): NetworkFault =>
  faults.find((fault) => fault === error.code) ?? 'ECONNRESET';
