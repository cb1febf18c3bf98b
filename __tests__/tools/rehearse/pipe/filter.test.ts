import { expect, test } from 'vitest';
import { filter } from '../../../../tools/rehearse/pipe/filter';
import { type PipeRecord, pipeRecord } from '../../../../tools/rehearse/pipe/pipe-record';
import { sourceArn } from './pipe-plan';

const record = (body: string): PipeRecord =>
  pipeRecord(
    {
      messageId: 'm-1',
      receiptHandle: 'r-1',
      body,
      md5OfBody: 'b1946ac92492d2347c6235b4d2611184',
      attributes: {
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: '2',
        SentTimestamp: '1',
        SenderId: 'AROA:s',
      },
      messageAttributes: [{ name: 'sourceIp', dataType: 'String', value: '203.0.113.7' }],
      md5OfMessageAttributes: 'd',
    },
    sourceArn,
  );

const passes = (body: string, ...patterns: readonly object[]) =>
  filter(
    patterns.map((pattern) => JSON.stringify(pattern)),
    'f',
  )(record(body));

test('a message is seen as a pipe hands it on', () => {
  expect(record('hello')).toEqual({
    messageId: 'm-1',
    receiptHandle: 'r-1',
    body: 'hello',
    attributes: {
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: '2',
      SentTimestamp: '1',
      SenderId: 'AROA:s',
    },
    messageAttributes: {
      sourceIp: {
        stringValue: '203.0.113.7',
        dataType: 'String',
        stringListValues: [],
        binaryListValues: [],
      },
    },
    md5OfBody: 'b1946ac92492d2347c6235b4d2611184',
    md5OfMessageAttributes: 'd',
    eventSource: 'aws:sqs',
    eventSourceARN: sourceArn,
    awsRegion: 'eu-central-1',
  });
});

test('without patterns every message passes', () => {
  expect(passes('anything')).toBe(true);
});

test.each([
  ['text against text that it is', 'hello', { body: ['hello'] }, true],
  ['text against other text', 'hello', { body: ['bye'] }, false],
  ['text against a pattern of JSON', 'hello', { body: { a: [{ exists: false }] } }, false],
  ['JSON against text', '{"a":"b"}', { body: [{ prefix: '{' }] }, false],
  ['JSON that matches', '{"a":"b"}', { body: { a: ['b'] } }, true],
  ['JSON that does not', '{"a":"c"}', { body: { a: ['b'] } }, false],
  ['an array against text', '["a"]', { body: ['a'] }, false],
  ['text without a pattern for it', 'hello', { messageId: ['m-1'] }, true],
  ['JSON without a pattern for it', '{}', { messageId: ['m-2'] }, false],
  ['a scalar without a pattern for it', '5', { messageId: ['m-1'] }, true],
  [
    'an attribute',
    'x',
    { messageAttributes: { sourceIp: { stringValue: [{ cidr: '203.0.113.0/24' }] } } },
    true,
  ],
  [
    'an alternative of the wrong kind',
    'hello',
    { $or: [{ body: { a: ['b'] } }, { messageId: ['m-1'] }] },
    false,
  ],
])('%s', (_, body, pattern, expected) => {
  expect(passes(body, pattern)).toBe(expected);
});

test('one pattern of several is enough', () => {
  expect(passes('{"a":"2"}', { body: { a: ['1'] } }, { body: { a: ['2'] } })).toBe(true);
  expect(passes('{"a":"3"}', { body: { a: ['1'] } }, { body: { a: ['2'] } })).toBe(false);
});

test.each([
  [Array(6).fill('{"messageId":["a"]}'), 'f has 6 patterns; Pipes take 5'],
  [['{'], 'f[0]: { is no JSON'],
  [['{"awsRegion":["a"]}'], 'f[0]: "awsRegion" cannot be used in a pattern'],
  [['{"$or":[{"eventSource":["a"]},{"body":["b"]}]}'], '"eventSource" cannot be used'],
  [['{"body":["a"]}', '{"body":{"a":["b"]}}'], 'patterns for a body that is JSON beside some for text'],
  [['{"body":{"a":[3.0e2]}}'], 'f[0]: the number 3.0e2 in this spelling'],
])('the patterns %j are refused', (patterns, message) => {
  expect(() => filter(patterns, 'f')).toThrow(message);
});

test('it is said where it is not known what a pipe makes of a body', () => {
  expect(() => passes('5', { body: { a: ['b'] } })).toThrow('a pattern for the body 5');
  expect(() => passes('{"a":300.0}', { body: { a: [300] } })).toThrow('a body that has 300.0');
  expect(passes('{"a":"x","n":300.0}', { body: { a: ['x'] } })).toBe(true);
  expect(passes('{"a":300,"t":"3.0"}', { body: { a: [300] } })).toBe(true);
});
