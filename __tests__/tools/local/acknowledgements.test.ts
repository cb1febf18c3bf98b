import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { dev } from '../../fixtures/environments/dev';
import { runOf, until } from './running';

it('a client is told at once that its message is accepted, and gets the reply after that', async () => {
  const { callbackReceiver: _, subscriberPipe: __, ...rest } = dev;
  const { port, lines } = await runOf({
    ...rest,
    name: 'told',
    websocketReply: { acknowledgement: true, queue: { kind: 'standard' } },
  });
  const client = new WebSocket(`ws://127.0.0.1:${port}/v1`);
  const received: string[] = [];
  client.on('message', (data) => received.push(String(data)));
  await new Promise((resolve) => client.on('open', resolve));

  client.send('hello');
  await until(() => received.length === 2);
  client.terminate();

  const [acknowledgement, reply] = received.map((text) => JSON.parse(text));
  expect(acknowledgement).toEqual({ accepted: true, requestId: expect.any(String) });
  expect(reply).toEqual({
    connectionId: expect.any(String),
    requestId: acknowledgement.requestId,
    message: 'hello',
  });
  expect(lines.join('\n')).toContain('to a client: {"accepted":true,"requestId":');
});
