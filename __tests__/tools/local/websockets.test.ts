import http from 'node:http';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Running, run, until } from './running';

let dev: Running;
beforeAll(async () => {
  dev = await run();
});

interface Reply {
  readonly connectionId: string;
  readonly requestId: string;
  readonly message: string;
}

interface Client {
  readonly socket: WebSocket;
  readonly received: string[];
  readonly closed: Promise<number>;
}

const sockets: WebSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});

const address = ({ port }: Running) => `ws://127.0.0.1:${port}/v1`;

async function connect(server: Running, headers: Record<string, string> = {}, path = ''): Promise<Client> {
  const socket = new WebSocket(`${address(server)}${path}`, { headers });
  sockets.push(socket);
  const received: string[] = [];
  socket.on('message', (data) => received.push(String(data)));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return { socket, received, closed };
}

const messageOf = (group: string, data: string) => JSON.stringify({ MessageGroupId: group, data });

const repliesTo = async ({ received }: Client, count: number): Promise<readonly Reply[]> => {
  await until(() => received.length >= count);
  return received.map((text) => JSON.parse(text) as Reply);
};

/** In frames of one size. */
function sendInFrames(socket: WebSocket, text: string, size: number): void {
  for (let from = 0; from < text.length; from += size) {
    socket.send(text.slice(from, from + size), { fin: from + size >= text.length });
  }
}

describe('a client', () => {
  it('gets the reply to its message: connection, request and the message itself', async () => {
    const client = await connect(dev);
    client.socket.send('{"MessageGroupId":"test","data":"hello world"}');
    const [reply] = await repliesTo(client, 1);
    expect(reply).toEqual({
      connectionId: expect.stringMatching(/^[\w-]{15}=$/),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      message: '{"MessageGroupId":"test","data":"hello world"}',
    });
    expect(dev.lines).toContainEqual(
      expect.stringMatching(
        `^${reply?.connectionId} → queued on dev-websocket-messages.fifo as [0-9a-f-]{36}$`,
      ),
    );
  });

  it('gets its own replies and nobody else’s, in the order of its messages', async () => {
    const [one, two] = [await connect(dev), await connect(dev)];
    const sent = Array.from({ length: 10 }, (_, index) => String(index));
    for (const data of sent) {
      one.socket.send(messageOf('one', data));
      two.socket.send(messageOf('two', data));
    }
    for (const [client, group] of [
      [one, 'one'],
      [two, 'two'],
    ] as const) {
      const replies = await repliesTo(client, sent.length);
      expect(replies.map(({ message }) => message)).toEqual(sent.map((data) => messageOf(group, data)));
      expect(new Set(replies.map(({ connectionId }) => connectionId)).size).toBe(1);
    }
  });

  it.each(Array.from({ length: 8 }, (_, index) => index))(
    'gets a reply whatever its id is (%d)',
    async () => {
      const client = await connect(dev);
      client.socket.send(messageOf('ids', 'x'));
      expect(await repliesTo(client, 1)).toHaveLength(1);
    },
  );

  it('is told at once when its message has no group', async () => {
    const client = await connect(dev);
    client.socket.send('{"data":"no group"}');
    const [reply] = await repliesTo(client, 1);
    expect(reply?.message).toBe('Bad request body');
  });

  it('is closed with 1009 after a frame above 32 KB', async () => {
    const client = await connect(dev);
    client.socket.send(messageOf('g', 'x'.repeat(32 * 1024)));
    expect(await client.closed).toBe(1009);
    expect(client.received).toEqual([]);
    expect(dev.lines).toContainEqual(expect.stringContaining('frame above 32768 bytes: closed with 1009'));
  });

  it('may send a longer message in frames of 32 KB', async () => {
    const client = await connect(dev);
    const message = messageOf('g', 'x'.repeat(50_000));
    sendInFrames(client.socket, message, 32 * 1024);
    const [reply] = await repliesTo(client, 1);
    expect(reply?.message).toBe(message);
  });

  it('is closed with 1009 after a message above 128 KB, in whatever frames', async () => {
    const client = await connect(dev);
    sendInFrames(client.socket, 'x'.repeat(128 * 1024 + 1), 16 * 1024);
    expect(await client.closed).toBe(1009);
  });

  it('is closed with 1003 after a binary frame', async () => {
    const client = await connect(dev);
    client.socket.send(Buffer.from(messageOf('g', 'x')));
    expect(await client.closed).toBe(1003);
    expect(dev.lines).toContainEqual(expect.stringContaining('sent a binary frame'));
  });

  it('is closed when nothing was sent for ten minutes', async () => {
    const fast = await run('dev', { timeFactor: 3_600 });
    const client = await connect(fast);
    expect(await client.closed).toBe(1001);
    await until(() => fast.lines.some((line) => line.endsWith('closed with 1001')));
  });

  it('offers a subprotocol, and nobody agrees on it', async () => {
    const socket = new WebSocket(address(dev), ['one', 'two']);
    sockets.push(socket);
    const error = await new Promise<Error>((resolve) => socket.on('error', resolve));
    expect(error.message).toContain('subprotocol');
  });

  it('finds nothing beside the stage', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${dev.port}/v2`);
    const error = await new Promise<Error>((resolve) => socket.on('error', resolve));
    expect(error.message).toBe('Unexpected server response: 404');
  });

  it('that shakes hands wrongly leaves no connection', async () => {
    const status = await new Promise((resolve) => {
      const request = http.request(`${dev.url}/v1`, {
        headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
      });
      request.on('response', (response) => resolve(response.resume().statusCode)).end();
    });
    expect(status).toBe(400);
  });
});

describe('where $connect asks for a signature', () => {
  it('a client without one gets 403, and the line says what lets it in', async () => {
    const prod = await run('prod');
    await expect(connect(prod)).rejects.toThrow('Unexpected server response: 403');
    expect(prod.lines).toContainEqual(expect.stringContaining('--unsigned lets everyone in'));
    await expect(connect(prod, { authorization: 'Basic eA==' })).rejects.toThrow('403');

    const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=…'.replace('…', 'x') };
    const client = await connect(prod, headers);
    client.socket.send(messageOf('g', 'signed'));
    expect(await repliesTo(client, 1)).toHaveLength(1);
  });

  it('a presigned URL will do, as in a browser', async () => {
    const prod = await run('prod');
    const client = await connect(prod, {}, '?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0');
    expect(client.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('--unsigned lets everyone in', async () => {
    const client = await connect(await run('prod', { unsigned: true }));
    expect(client.socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe('the end', () => {
  it('tells the clients', async () => {
    const server = await run();
    const client = await connect(server);
    await server.close();
    expect(await client.closed).toBe(1001);
  });

  it('does not wait for a client that does not answer', async () => {
    const server = await run();
    const client = await connect(server);
    client.socket.pause();
    await server.close();
    client.socket.resume();
    expect(await client.closed).toBeGreaterThan(1000);
  });
});
