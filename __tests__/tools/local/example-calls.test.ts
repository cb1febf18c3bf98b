import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { exampleCall, quoted } from '../../../tools/local/example-calls';
import { systemNamed } from './running';

test.each([`it's`, '$HOME `id` "x" \\\\ !', "'", '', '주문 #1\nnext'])(
  'a shell takes %j for one word',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf '%s|' ${quoted(text)}`], { encoding: 'utf8' })).toBe(`${text}|`);
  },
);

test('a call has the headers that its route requires, and a body that its model takes', async () => {
  const flows = systemNamed('prod').flows.filter((flow) => flow.kind === 'callback');
  const calls = await Promise.all(flows.map((flow) => exampleCall(flow, 'http://127.0.0.1:1')));
  expect(calls.map(({ url }) => url)).toEqual([
    'http://127.0.0.1:1/v1/bizppurio/delivery-results',
    'http://127.0.0.1:1/v1/payments/events',
    'http://127.0.0.1:1/v1/carrier/inbound-sms',
  ]);
  expect(calls[1]?.curl).toContain("-H 'X-Signature: example'");
  expect(calls[1]?.outsider).toBe("-H 'X-Rehearsal-Source-Ip: 192.0.2.10'");
});
