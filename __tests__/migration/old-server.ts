import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Arrival } from './gateway-front';

/** A server as senders know it, with answers of its own. */
export interface OldServer {
  readonly port: number;
  readonly arrivals: readonly Arrival[];
  status: number;
  readonly close: () => void;
}

export async function startOldServer(): Promise<OldServer> {
  const arrivals: Arrival[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      arrivals.push({ method, url, headers, body: Buffer.concat(chunks) });
      response.writeHead(old.status, {
        'Content-Type': 'application/json',
        'X-Result': `no. ${arrivals.length}`,
      });
      response.end(`{"result":"${old.status}, 감사합니다"}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const old: OldServer = {
    port: (server.address() as AddressInfo).port,
    arrivals,
    status: 202,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return old;
}
