import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { dev } from '../../fixtures/environments/dev';
import { runOf, subscribersAt, until } from './running';

it('what curl --data-binary posts reaches the subscriber in base64', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'binary-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'scan.pdf');
  const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => 255 - (index % 256)));
  fs.writeFileSync(file, bytes);
  const { websocketReply: _, ...rest } = dev;
  const { url } = await runOf({
    ...rest,
    name: 'scans',
    callbackReceiver: {
      callbacks: [
        {
          name: 'scans',
          path: '/scans',
          allowList: ['203.0.113.0/24'],
          schema: { type: 'object' },
          binaryContentTypes: ['application/pdf'],
        },
      ],
    },
    subscriberPipe: {
      subscriptions: [
        {
          name: 'scans-out',
          source: { callback: 'scans' },
          subscriber: {
            kind: 'https',
            url: 'https://one.example.com/',
            authorization: { kind: 'api-key', header: 'X-Key' },
          },
        },
      ],
    },
  });
  const post = (type: string) =>
    promisify(execFile)('curl', [
      ...['-s', '-o', path.join(folder, 'answer'), '-w', '%{http_code}'],
      ...['-H', `Content-Type: ${type}`, '--data-binary', `@${file}`, `${url}/v1/scans`],
    ]);

  expect((await post('application/pdf')).stdout).toBe('200');
  expect((await post('image/png')).stdout).toBe('415');
  const [subscriber] = await until(
    () => subscribersAt(url),
    ([first]) => (first?.messages.length ?? 0) > 0,
  );
  const messages = subscriber?.messages ?? [];
  expect(messages).toHaveLength(1);
  expect(JSON.parse(messages[0]?.content ?? '{}').data).toBe(bytes.toString('base64'));
});
