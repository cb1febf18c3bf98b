import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Certificate } from './nginx';

/** What becomes of a request that comes to the API's address. */
export type Front = 'forwards' | 'answers 500' | 'hangs';

export interface Arrival {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** The address of an API: TLS for one name alone, as API Gateway has it, in front of `npm run local`. */
export interface GatewayFront {
  does: Front;
  /** Milliseconds that a TLS handshake takes. */
  handshake: number;
  readonly arrivals: readonly Arrival[];
  /** Shows this certificate from now on. */
  readonly show: (certificate: Certificate) => void;
  readonly close: () => Promise<void>;
}

export async function startFront({
  address,
  port,
  host,
  certificate,
  local,
}: {
  readonly address: string;
  readonly port: number;
  readonly host: string;
  readonly certificate: Certificate;
  readonly local: string;
}): Promise<GatewayFront> {
  const arrivals: Arrival[] = [];
  const front: GatewayFront = {
    does: 'forwards',
    handshake: 0,
    arrivals,
    show: (shown) => server.setSecureContext(shown),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const { method = '', url = '', headers } = request;
    arrivals.push({ method, url, headers, body });
    if (headers.host !== host) return void response.writeHead(403).end();
    if (front.does === 'hangs') return;
    if (front.does === 'answers 500')
      return void response.writeHead(500).end('{"message":"Internal server error"}');
    // What API Gateway sees of whoever calls is where the connection comes from.
    const sourceIp = request.socket.remoteAddress ?? '';
    const forwarded = http.request(
      `${local}${url}`,
      { method, headers: { ...headers, 'x-rehearsal-source-ip': sourceIp } },
      (answered) => {
        response.writeHead(answered.statusCode ?? 500);
        answered.pipe(response);
      },
    );
    forwarded.end(body);
  };
  const server = https.createServer(
    {
      ...certificate,
      minVersion: 'TLSv1.2',
      // Only called when the handshake has a name.
      SNICallback: (name, done) => {
        const error = name === host ? null : new Error(`no certificate of ${name}`);
        setTimeout(() => done(error), front.handshake);
      },
    },
    (request, response) => {
      const { servername } = request.socket as unknown as { readonly servername: string | false };
      if (servername !== host) return void request.socket.destroy();
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => answer(request, response, Buffer.concat(chunks)));
    },
  );
  // nginx reads the head of an answer to a copy, and resets the connection.
  for (const event of ['connection', 'secureConnection']) {
    server.on(event, (socket: Socket) => socket.on('error', () => {}));
  }
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return front;
}
