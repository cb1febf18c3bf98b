import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { LiveQueue } from '../../../../tools/rehearse/sqs/live-queue';
import { SqsEndpoint } from '../../../../tools/rehearse/sqs/query-protocol';
import { existingQueue, type Queue } from '../../../../tools/rehearse/sqs/queue';

const standard: Queue = {
  ...existingQueue('arn:aws:sqs:eu-central-1:111122223333:plain'),
  maximumMessageSize: 2048,
};
const fifo: Queue = existingQueue('arn:aws:sqs:eu-central-1:111122223333:ordered.fifo');

const live = (settings: Queue) => new LiveQueue(settings, new VirtualClock(0), idSource('queue'));

const ask = (
  body: string,
  changes: { path?: string; contentType?: string; accept?: string } = {},
  queue: Queue | LiveQueue = standard,
) => {
  const asked = queue instanceof LiveQueue ? queue : live(queue);
  return new SqsEndpoint({ queues: [asked], ids: idSource('test') }).answer(
    {
      path: `/111122223333/${asked.settings.name}`,
      contentType: 'application/x-www-form-urlencoded',
      accept: 'application/json',
      body,
      ...changes,
    },
    undefined,
  );
};

const send = (fields: Readonly<Record<string, string>>, queue: Queue | LiveQueue = standard) =>
  ask(new URLSearchParams({ Action: 'SendMessage', MessageBody: 'hello', ...fields }).toString(), {}, queue);

const error = ({ status, body }: { status: number; body: string }) => ({ status, ...JSON.parse(body).Error });
const refused = (Code: string, Message: string) => ({ status: 400, Type: 'Sender', Code, Message });

test('a message with ids and attributes reaches the queue as it is', () => {
  const answer = send(
    {
      MessageBody: 'a&b+c %26 한🙂\n',
      MessageGroupId: 'g&1',
      MessageDeduplicationId: 'd',
      'MessageAttribute.1.Name': 'to',
      'MessageAttribute.1.Value.DataType': 'String',
      'MessageAttribute.1.Value.StringValue': 'x=y',
      'MessageAttribute.2.Name': 'at',
      'MessageAttribute.2.Value.DataType': 'Number',
      'MessageAttribute.2.Value.StringValue': '-1.5e3',
    },
    fifo,
  );

  expect(answer.sent?.queue).toBe(fifo);
  expect(answer.sent?.message).toEqual({
    messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    body: 'a&b+c %26 한🙂\n',
    messageGroupId: 'g&1',
    messageDeduplicationId: 'd',
    attributes: [
      { name: 'to', dataType: 'String', value: 'x=y' },
      { name: 'at', dataType: 'Number', value: '-1.5e3' },
    ],
  });
  expect(answer).toMatchObject({ status: 200, contentType: 'application/json' });
  const { SendMessageResult } = JSON.parse(answer.body).SendMessageResponse;
  expect(SendMessageResult.MessageId).toBe(answer.sent?.message.messageId);
  expect(SendMessageResult.MD5OfMessageBody).toBe(createHash('md5').update('a&b+c %26 한🙂\n').digest('hex'));
  expect(SendMessageResult.SequenceNumber).toMatch(/^\d{20}$/);
});

test('the digest of the attributes is the one of the documented algorithm', () => {
  const answer = send({
    'MessageAttribute.1.Name': 'b',
    'MessageAttribute.1.Value.DataType': 'String',
    'MessageAttribute.1.Value.StringValue': 'two',
    'MessageAttribute.2.Name': 'a',
    'MessageAttribute.2.Value.DataType': 'Number',
    'MessageAttribute.2.Value.StringValue': '1',
  });

  const expected = createHash('md5')
    .update('\0\0\0\u0001a\0\0\0\u0006Number\u0001\0\0\0\u00011')
    .update('\0\0\0\u0001b\0\0\0\u0006String\u0001\0\0\0\u0003two')
    .digest('hex');
  expect(JSON.parse(answer.body).SendMessageResponse.SendMessageResult.MD5OfMessageAttributes).toBe(expected);
});

test.each([
  ['a body of another content type', { contentType: 'application/json' }],
  ['no content type', { contentType: '' }],
])('%s is no request to SQS: unknown operation, in XML whatever is accepted', (_, changes) => {
  expect(ask('Action=SendMessage&MessageBody=x', changes)).toEqual({
    status: 404,
    contentType: 'text/xml',
    body: '<UnknownOperationException/>\n',
  });
});

test('a request without an action is an unknown operation too', () => {
  expect(ask('MessageBody=x').status).toBe(404);
});

test('errors are XML unless JSON is asked for', () => {
  const { status, contentType, body } = ask('Action=CreateQueue', { accept: '' });

  expect({ status, contentType }).toEqual({ status: 400, contentType: 'text/xml' });
  expect(body).toContain(
    '<Error><Type>Sender</Type><Code>InvalidAction</Code><Message>The action CreateQueue is not valid for this endpoint.</Message>',
  );
});

test('a queue that is not there is said to be missing', () => {
  expect(error(ask('Action=SendMessage&MessageBody=x', { path: '/444455556666/plain' }))).toEqual(
    refused(
      'AWS.SimpleQueueService.NonExistentQueue',
      'The specified queue does not exist for this wsdl version.',
    ),
  );
});

const attribute = (name: string, type: string, value: string, number = 1) => ({
  [`MessageAttribute.${number}.Name`]: name,
  [`MessageAttribute.${number}.Value.DataType`]: type,
  [`MessageAttribute.${number}.Value.StringValue`]: value,
});

test.each([
  [
    'eleven attributes',
    Object.assign({}, ...Array.from({ length: 11 }, (_, i) => attribute(`a${i}`, 'String', 'x', i + 1))),
    'Number of message attributes [11] exceeds the allowed maximum [10].',
  ],
  [
    'one name twice',
    { ...attribute('a', 'String', 'x'), ...attribute('a', 'String', 'y', 2) },
    'Message attribute names must be unique.',
  ],
  [
    'an empty value',
    attribute('a', 'String', ''),
    "Message (user) attribute 'a' must contain a non-empty value of type 'String'.",
  ],
  [
    'a number that is none',
    attribute('a', 'Number', 'x'),
    "Can't cast the value of message (user) attribute 'a' to a number.",
  ],
  ['an unknown type', attribute('a', 'Text', 'x'), "The type of message (user) attribute 'a' is invalid."],
  ['a name with a space', attribute('a b', 'String', 'x'), "Message (user) attribute name 'a b' is invalid."],
  ['a reserved name', attribute('AWS.a', 'String', 'x'), "Message (user) attribute name 'AWS.a' is invalid."],
])('%s: refused', (_, fields, message) => {
  expect(error(send(fields))).toEqual(refused('InvalidParameterValue', message));
});

const size = 'One or more parameters are invalid. Reason: Message must be shorter than 2048 bytes.';

test('a message may be as large as its queue allows, attributes included', () => {
  const fits = { ...attribute('name', 'String', '한'), MessageBody: `${'한'.repeat(678)}x` };

  expect(send(fits).status).toBe(200);
  expect(error(send({ ...fits, MessageBody: `${fits.MessageBody}x` }))).toEqual(
    refused('InvalidParameterValue', size),
  );
});

test.each(['\u0000', '\u000b', '\u001f', '\ufffe', '\uffff'])('the character %j is refused', (character) => {
  expect(error(send({ MessageBody: `a${character}` })).Code).toBe('InvalidMessageContents');
  expect(error(send(attribute('a', 'String', character))).Code).toBe('InvalidMessageContents');
});

test.each(['\t\n\r ~\u007f\u0085', '\ud7ff\ue000\ufffd', '\u{10000}\u{10ffff}'])(
  'the characters %j pass',
  (text) => {
    expect(send({ MessageBody: text }).sent?.message.body).toBe(text);
  },
);

test.each(['', 'a b', 'x'.repeat(129), 'é', 'a\n'])('%j is no group id and no deduplication id', (id) => {
  const rule = (parameter: string) =>
    refused(
      'InvalidParameterValue',
      `Value ${id} for parameter ${parameter} is invalid. Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );

  expect(error(send({ MessageGroupId: id, MessageDeduplicationId: 'd' }, fifo))).toEqual(
    rule('MessageGroupId'),
  );
  expect(error(send({ MessageGroupId: 'g', MessageDeduplicationId: id }, fifo))).toEqual(
    rule('MessageDeduplicationId'),
  );
});

test('a FIFO queue wants a group, and a deduplication id unless it makes one of the content', () => {
  expect(error(send({}, fifo))).toEqual(
    refused('MissingParameter', 'The request must contain the parameter MessageGroupId.'),
  );
  expect(error(send({ MessageGroupId: 'g' }, fifo)).Message).toMatch(/ContentBasedDeduplication enabled/);
  expect(send({ MessageGroupId: 'g' }, { ...fifo, contentBasedDeduplication: true }).status).toBe(200);
});

test('a standard queue takes a group, and no deduplication id', () => {
  expect(send({ MessageGroupId: 'g' }).sent?.message.messageGroupId).toBe('g');
  expect(error(send({ MessageDeduplicationId: 'd' })).Code).toBe('InvalidParameterValue');
});

test('a send that repeats another is answered as that one, and says so', () => {
  const queue = live(fifo);
  const fields = { MessageGroupId: 'g', MessageDeduplicationId: 'd' };
  const first = send(fields, queue);
  const second = send({ ...fields, MessageBody: 'other' }, queue);
  const result = ({ body }: { body: string }) => JSON.parse(body).SendMessageResponse.SendMessageResult;

  expect(result(second)).toEqual({
    ...result(first),
    MD5OfMessageBody: createHash('md5').update('other').digest('hex'),
  });
  expect(first.sent?.duplicateOf).toBeUndefined();
  expect(second.sent?.duplicateOf).toBe(first.sent?.message.messageId);
  expect(queue.messages().map(({ body }) => body)).toEqual(['hello']);
});

test('a message may wait, up to fifteen minutes', () => {
  const queue = live(standard);

  expect(send({ DelaySeconds: '900' }, queue).sent?.message.delaySeconds).toBe(900);
  expect(queue.counts().delayed).toBe(1);
  for (const delay of ['901', '-1']) {
    expect(error(send({ DelaySeconds: delay })).Message).toBe(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  }
});

test('on a FIFO queue a message has no delay of its own, but may say so', () => {
  const ids = { MessageGroupId: 'g', MessageDeduplicationId: 'd' };

  expect(error(send({ ...ids, DelaySeconds: '2' }, fifo))).toEqual(
    refused(
      'InvalidParameterValue',
      'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    ),
  );
  expect(send({ ...ids, DelaySeconds: '0' }, fifo).sent?.message.delaySeconds).toBeUndefined();
});

test('what SQS does not know is passed over', () => {
  expect(send({ Unknown: 'x' }).sent?.message).toMatchObject({ body: 'hello', attributes: [] });
});

test.each([
  ['Action=SendMessage&MessageBody=a&MessageBody=b', 'a request with "MessageBody" twice'],
  ['Action=SendMessage&MessageBody=100%', 'form encoding like that of "100%"'],
  ['Action=PurgeQueue', 'the action PurgeQueue'],
  ['Action=constructor', 'the action constructor'],
  ['Action=SendMessage&MessageBody=a&DelaySeconds=x', 'the DelaySeconds "x"'],
  ['Action=SendMessage&MessageBody=a&MessageAttribute.2.Name=x', 'message attribute 2 without 1'],
  [
    'Action=SendMessage&MessageBody=a&MessageAttribute.1.Name=x',
    'message attribute 1 without name, type or string value',
  ],
  [
    'Action=SendMessage&MessageBody=a&MessageAttribute.1.Name=x&MessageAttributes.1.Name=x',
    'message attribute 1 in both spellings',
  ],
])('what SQS makes of %s is not known, and said so', (body, named) => {
  expect(() => ask(body)).toThrow(`SQS: ${named} is not simulated`);
});

test('what is no queue’s ARN is refused', () => {
  expect(() => existingQueue('arn:aws:sns:eu-central-1:111122223333:topic')).toThrow(
    '"arn:aws:sns:eu-central-1:111122223333:topic" is not the ARN of an SQS queue',
  );
});
