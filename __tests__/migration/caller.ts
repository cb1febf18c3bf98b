import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';

export interface Answered {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly milliseconds: number;
}

export interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly body?: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A connection that is kept. @default one of its own */
  readonly agent?: http.Agent;
}

export const callbackPath = '/bizppurio/delivery-results';

/** Calls as a sender does. */
export function call(
  port: number,
  { method = 'POST', path = callbackPath, body = '', headers = {}, agent }: Call = {},
): Promise<Answered> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        ...{ host: '127.0.0.1', port, method, path, agent: agent ?? false },
        headers: { 'Content-Type': 'application/json', ...headers },
      },
      async (response) => {
        let text = '';
        for await (const part of response.setEncoding('utf8')) text += part;
        const { date: _date, server: _server, connection: _connection, ...rest } = response.headers;
        const milliseconds = performance.now() - from;
        resolve({ status: response.statusCode, headers: rest, body: text, milliseconds });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Posts, and goes as soon as the answer begins. */
export async function postAndLeave(port: number, body: string): Promise<void> {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(
    `POST ${callbackPath} HTTP/1.1\r\nHost: gw\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  await once(socket, 'data');
  socket.destroy();
}
