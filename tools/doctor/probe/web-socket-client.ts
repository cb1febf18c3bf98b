import { WebSocket } from 'ws';

/** Why no connection was made: an answer to the handshake, or none. */
export type Refusal =
  | { readonly status: number; readonly body: string }
  | { readonly code: string; readonly message: string };

/** A connection of the probe's. */
export interface Client {
  readonly send: (text: string) => void;
  /** The next frame; `closed` with its code when the connection ends, nothing when the time is over. */
  readonly next: (
    milliseconds: number,
  ) => Promise<{ readonly frame: string } | { readonly closed: number } | undefined>;
  readonly close: () => void;
}

/** @param timeout in milliseconds */
export function connectClient(
  url: string,
  headers: Readonly<Record<string, string>>,
  timeout: number,
): Promise<Client | Refusal> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers, handshakeTimeout: timeout, followRedirects: false });
    socket.once('open', () => resolve(clientOf(socket)));
    socket.once('unexpected-response', (request, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('close', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
        request.destroy();
      });
    });
    socket.on('error', (error: Error & { readonly code?: string }) => {
      const code = /handshake has timed out/.test(error.message) ? 'ETIMEDOUT' : (error.code ?? error.name);
      resolve({ code, message: error.message });
    });
  });
}

type Happening = { readonly frame: string } | { readonly closed: number };

function clientOf(socket: WebSocket): Client {
  const happened: Happening[] = [];
  let tell: (() => void) | undefined;
  const note = (what: Happening) => {
    happened.push(what);
    tell?.();
  };
  socket.on('message', (data) => note({ frame: String(data) }));
  socket.on('close', (code) => note({ closed: code }));
  return {
    send: (text) => socket.send(text),
    next: (milliseconds) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          tell = undefined;
          resolve(happened.shift());
        };
        const timer = setTimeout(end, milliseconds);
        tell = end;
        if (happened.length > 0) end();
      }),
    close: () => {
      socket.close(1000);
      // A gateway that does not answer the goodbye is not waited for.
      setTimeout(() => socket.terminate(), 1_000).unref();
    },
  };
}
