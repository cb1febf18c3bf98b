import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { explainAnswer } from '../../../../tools/doctor/probe/explain-answer';
import { post } from '../../../../tools/doctor/probe/post';

const circumstances = {
  url: 'https://api.example.com/v1/orders',
  allowList: ['203.0.113.0/24', '2001:db8::/32'],
  doctor: 'npm run doctor -- dev',
};
const explain = (status: number, body: string) => explainAnswer({ status, body }, circumstances);
const says = (message: string) => JSON.stringify({ message, requestId: 'r' });

describe('an answer', () => {
  it.each<[number, string, 'ok' | 'failed' | 'not-seen', 'yes' | 'no' | 'perhaps', string]>([
    [200, '', 'ok', 'yes', '200'],
    [202, '{"messageId":"m"}', 'ok', 'yes', '202'],
    [400, says('Invalid request body'), 'failed', 'no', 'compares the models'],
    [400, says('The queue cannot take this message'), 'failed', 'no', 'SQS refused the message as it is'],
    [403, says('This address may not call this API'), 'not-seen', 'no', '(203.0.113.0/24, 2001:db8::/32)'],
    [403, says('Forbidden'), 'failed', 'no', 'no such API or stage'],
    [404, says('No such route'), 'failed', 'no', 'the deployed stage has no such route'],
    [413, says('The body is larger than the queue takes'), 'failed', 'no', 'less than was synthesized'],
    [415, says('This Content-Type is not accepted'), 'failed', 'no', 'no template for this content type'],
    [429, says('Too many requests, try again later'), 'not-seen', 'no', 'throttled'],
    [500, says('Not confirmed as accepted, try again later'), 'failed', 'perhaps', "the integration's role"],
    [502, says('Not accepted, try again later'), 'failed', 'no', 'KMS.AccessDeniedException'],
    [504, says('Not confirmed as accepted, try again later'), 'failed', 'perhaps', 'within 29 s'],
    [503, 'Service Unavailable', 'failed', 'perhaps', "may be something else's"],
    [302, '', 'failed', 'no', "may be something else's"],
  ])('%d %s', (status, body, outcome, arrived, detail) => {
    expect(explain(status, body)).toEqual({ outcome, arrived, detail: expect.stringContaining(detail) });
    expect(explain(status, body).detail).toMatch(new RegExp(`^${status}`));
  });

  it('is told in the words that it has', () => {
    const body = JSON.stringify({ message: 'Invalid request body', validation: '[missing: ["id"]]' });
    expect(explain(400, body).detail).toMatch(/^400 Invalid request body \[missing: \["id"\]\]: /);
    expect(
      explain(
        403,
        JSON.stringify({
          Message:
            'User: anonymous is not authorized to perform: execute-api:Invoke on resource: x with an explicit deny',
        }),
      ).outcome,
    ).toBe('not-seen');
    expect(explain(503, 'x'.repeat(300)).detail).toMatch(/^503 x{200}…: /);
  });
});

describe('no answer', () => {
  it.each([
    ['ENOTFOUND', 'no', 'knows api.example.com'],
    ['EAI_AGAIN', 'no', 'knows api.example.com'],
    ['ECONNREFUSED', 'no', 'Nothing listens at api.example.com'],
    ['EHOSTUNREACH', 'no', 'is not reachable from this machine'],
    ['UND_ERR_CONNECT_TIMEOUT', 'no', 'is not reachable from this machine'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'no', 'The certificate of api.example.com is not for it'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'no', 'The certificate of api.example.com is not for it'],
    ['ECONNRESET', 'perhaps', 'the message may be on the queue'],
    ['ETIMEDOUT', 'perhaps', 'the message may be on the queue'],
  ] as const)('%s', (code, arrived, detail) => {
    expect(explainAnswer({ code, message: 'why' }, circumstances)).toEqual({
      outcome: 'failed',
      arrived,
      detail: expect.stringContaining(detail),
    });
  });

  it('has the code of the system', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const request = { method: 'POST', headers: new Map(), body: '' };
    expect(await post({ ...request, url: `http://127.0.0.1:${port}/` }, 1_000)).toMatchObject({
      code: 'ECONNREFUSED',
    });
    expect(await post({ ...request, url: 'http://no-such-host.invalid/' }, 5_000)).toMatchObject({
      code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
    });
  });
});
