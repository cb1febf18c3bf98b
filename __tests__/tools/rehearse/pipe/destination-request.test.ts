import { expect, test } from 'vitest';
import { destinationRequest } from '../../../../tools/rehearse/pipe/destination-request';
import { pipeRecord } from '../../../../tools/rehearse/pipe/pipe-record';
import type { Pipe, Target } from '../../../../tools/rehearse/pipe/pipes';
import { apiKey, pipeOf, sourceArn } from './pipe-plan';

const record = (body: string) =>
  pipeRecord(
    {
      messageId: 'm-1',
      receiptHandle: 'r-1',
      body,
      md5OfBody: 'x',
      attributes: {
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: '2',
        SentTimestamp: '1',
        SenderId: 'AROA:s',
      },
      messageAttributes: [],
    },
    sourceArn,
  );

const requestOf = (pipe: Pipe, body = '{"id":"7"}', delivered = body) =>
  destinationRequest(pipe, pipe.target as Extract<Target, { kind: 'api-destination' }>, {
    record: record(body),
    body: delivered,
    authorization: ['authorization', 'Basic x'],
  });

const pipeWith = (http_parameters: object, invocation_http_parameters: object = {}, endpoint?: string) =>
  pipeOf({
    pipe: { target_parameters: { input_template: '{"a":<$.body>}', http_parameters } },
    connection: { auth_parameters: { ...apiKey.auth_parameters, invocation_http_parameters } },
    ...(endpoint && { destination: { invocation_endpoint: endpoint } }),
  });

test('what the connection says stands over what the pipe says', () => {
  const { headers, path, body } = requestOf(
    pipeWith(
      {
        header_parameters: { 'X-A': 'pipe', 'X-B': 'pipe' },
        query_string_parameters: { a: 'pipe', b: 'p&q' },
      },
      {
        header: [{ key: 'x-a', value: 'connection', is_value_secret: false }],
        query_string: [{ key: 'a', value: 'connection' }],
        body: [{ key: 'token', value: 't' }],
      },
    ),
  );
  expect(headers.get('x-a')).toBe('connection');
  expect(headers.get('x-b')).toBe('pipe');
  expect(headers.get('authorization')).toBe('Basic x');
  expect(path).toBe('/orders?a=connection&b=p%26q');
  expect(JSON.parse(body.toString())).toEqual({ id: '7', token: 't' });
});

test('a path parameter takes the place of a star', () => {
  const pipe = pipeWith({ path_parameter_values: '$.body.id' }, {}, 'https://a.example:8443/orders/*/lines');
  expect(requestOf(pipe, '{"id":"a/b"}')).toMatchObject({
    host: 'a.example:8443',
    path: '/orders/a%2Fb/lines',
  });
});

test.each([
  [pipeWith({ header_parameters: { 'Content-Type': 'text/plain' } }), '{}', 'the header Content-Type'],
  [pipeWith({ header_parameters: { Host: 'x' } }), '{}', 'the header Host'],
  [pipeWith({ header_parameters: { 'X-A': '$.body.id' } }), '{"id":7}', 'the parameter $.body.id'],
  [pipeWith({}, { body: [{ key: 'a', value: 'b' }] }), '[]', "a connection's body parameters"],
  [pipeWith({}, { body: [{ key: 'id', value: 'b' }] }), '{"id":"7"}', "a connection's body parameters"],
  [pipeWith({}, {}, 'https://a.example/*'), '{}', 'an endpoint with 1 "*" and 0 values'],
])('what is not known is said (%#)', (pipe, body, message) => {
  expect(() => requestOf(pipe, body)).toThrow(message);
});
