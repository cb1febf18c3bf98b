import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExampleClient, exampleGateway } from './example-gateway';
import { hour, minute } from './example-world';

const which = fc.nat({ max: 1 });
const step = fc.oneof(
  fc.record({ do: fc.constant('connect' as const) }),
  fc.record({ do: fc.constantFrom('send', 'post', 'get', 'delete', 'close'), which }),
  fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 3, max: 10 }) }),
);

/** A connection as it should be. */
interface Expected {
  readonly client: ExampleClient;
  readonly connectedAt: number;
  lastActiveAt: number;
  left: boolean;
  readonly frames: string[];
}

test('each connection lives and ends by its own times, and gets what is for it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), async (steps) => {
      const { clock, gateway, client } = exampleGateway();
      const connections: Expected[] = [];
      const end = ({ lastActiveAt, connectedAt }: Expected) =>
        Math.min(lastActiveAt + 10 * minute, connectedAt + 2 * hour);
      const isOpen = (connection: Expected) => !connection.left && clock.now() < end(connection);
      const manage = (method: string, { client: { connectionId } }: Expected, body = '') =>
        gateway.manage({ method, body: Buffer.from(body) }, connectionId).status;
      for (const [index, each] of steps.entries()) {
        const now = clock.now();
        if (each.do === 'connect') {
          connections.push({
            client: client(),
            connectedAt: now,
            lastActiveAt: now,
            left: false,
            frames: [],
          });
        } else if ('minutes' in each) {
          await clock.run(now + each.minutes * minute);
        } else {
          const connection = connections[each.which];
          if (!connection) continue;
          const open = isOpen(connection);
          switch (each.do) {
            case 'send':
              expect(connection.client.send('{}').sqs?.status).toBe(open ? 200 : undefined);
              break;
            case 'post':
              expect(manage('POST', connection, `${index}`)).toBe(open ? 200 : 410);
              if (open) connection.frames.push(`${index}`);
              break;
            case 'get':
              expect(manage('GET', connection)).toBe(open ? 200 : 410);
              break;
            case 'delete':
              expect(manage('DELETE', connection)).toBe(open ? 204 : 410);
              connection.left = true;
              break;
            case 'close':
              connection.client.close();
              connection.left = true;
          }
          if (open && ['send', 'post'].includes(each.do)) connection.lastActiveAt = now;
        }
        for (const connection of connections) {
          expect(connection.client.endsAt()).toBe(isOpen(connection) ? end(connection) : undefined);
          expect(connection.client.received).toEqual(connection.frames);
          expect(connection.client.closed.length).toBeLessThanOrEqual(1);
        }
      }
    }),
    { numRuns: 100 },
  );
});
