import { expect, test } from 'vitest';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import { accessDenied, kmsAccessDenied } from '../../../../tools/rehearse/sqs/errors';
import { SqsEndpoint } from '../../../../tools/rehearse/sqs/query-protocol';
import type { Queue } from '../../../../tools/rehearse/sqs/queue';
import { arnOf, fifoQueue, HandClock, standardQueue, type TestQueue } from './test-queue';

function ask(queue: TestQueue, fields: Readonly<Record<string, string>>, accept = '') {
  const endpoint = new SqsEndpoint({ queues: [queue.live], ids: idSource('test') });
  return endpoint.answer(
    {
      path: `/111122223333/${queue.live.settings.name}`,
      contentType: 'application/x-www-form-urlencoded',
      accept,
      body: new URLSearchParams(fields).toString(),
    },
    undefined,
  );
}

const receive = (queue: TestQueue, fields: Readonly<Record<string, string>> = {}) =>
  ask(queue, { Action: 'ReceiveMessage', ...fields });

const elements = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, text]) => text);

const invalid = (parameter: string, value: string, reason: string) =>
  `<Code>InvalidParameterValue</Code><Message>Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}</Message>`;

test('a sent message is stored, and received as XML', () => {
  const queue = standardQueue(new HandClock());
  const sent = ask(queue, { Action: 'SendMessage', MessageBody: 'a<b>&\r\n한' });

  expect(sent).toMatchObject({ status: 200, contentType: 'text/xml' });
  expect(sent.body).toMatch(
    /^<\?xml version="1.0"\?><SendMessageResponse xmlns="http:\/\/queue.amazonaws.com\/doc\/2012-11-05\/"><SendMessageResult><MessageId>[\w-]+<\/MessageId><MD5OfMessageBody>\w{32}<\/MD5OfMessageBody><\/SendMessageResult><ResponseMetadata><RequestId>[\w-]+<\/RequestId><\/ResponseMetadata><\/SendMessageResponse>$/,
  );
  const { status, body } = receive(queue);
  expect(status).toBe(200);
  expect(elements(body, 'MessageId')).toEqual(elements(sent.body, 'MessageId'));
  expect(elements(body, 'MD5OfBody')).toEqual(elements(sent.body, 'MD5OfMessageBody'));
  expect(elements(body, 'Body')).toEqual(['a&lt;b&gt;&amp;&#13;\n한']);
  expect(body).not.toContain('<Attribute>');
});

test('an empty queue gives no message', () => {
  expect(receive(standardQueue(new HandClock())).body).toContain(
    '<ReceiveMessageResult></ReceiveMessageResult>',
  );
});

test('one message is received unless more are asked for', () => {
  const queue = standardQueue(new HandClock());
  for (const body of ['a', 'b', 'c', 'd']) queue.send(body);

  expect(elements(receive(queue).body, 'Body')).toEqual(['a']);
  expect(elements(receive(queue, { MaxNumberOfMessages: '10' }).body, 'Body')).toEqual(['b', 'c', 'd']);
});

test('a receive may have its own visibility timeout', () => {
  const clock = new HandClock();
  const queue = standardQueue(clock);
  queue.send('a');

  receive(queue, { VisibilityTimeout: '7' });

  expect(queue.live.nextAvailableAt()).toBe(clock.now() + 7000);
});

test.each([
  [
    { MaxNumberOfMessages: '0' },
    invalid('MaxNumberOfMessages', '0', 'Must be between 1 and 10, if provided.'),
  ],
  [
    { MaxNumberOfMessages: '11' },
    invalid('MaxNumberOfMessages', '11', 'Must be between 1 and 10, if provided.'),
  ],
  [{ WaitTimeSeconds: '21' }, invalid('WaitTimeSeconds', '21', 'Must be >= 0 and <= 20, if provided.')],
  [{ WaitTimeSeconds: '-1' }, invalid('WaitTimeSeconds', '-1', 'Must be >= 0 and <= 20, if provided.')],
  [
    { VisibilityTimeout: '43201' },
    invalid('VisibilityTimeout', '43201', 'Must be >= 0 and <= 43200, if provided.'),
  ],
])('a receive with %j is refused', (fields, error) => {
  const queue = standardQueue(new HandClock());
  queue.send('a');

  const { status, body } = receive(queue, fields);

  expect(status).toBe(400);
  expect(body.replaceAll('&gt;', '>').replaceAll('&lt;', '<')).toContain(error);
  expect(queue.live.counts().visible).toBe(1);
});

test('attributes come as they are asked for, with a digest of those', () => {
  const queue = standardQueue(new HandClock());
  const attribute = (name: string) => ({ name, dataType: 'String', value: `<${name}>` });
  queue.send('a', { attributes: [attribute('to'), attribute('trace.id'), attribute('trace.at')] });
  const names = (fields: Readonly<Record<string, string>>) => {
    const { body } = receive(queue, { VisibilityTimeout: '0', ...fields });
    return { names: elements(body, 'Name'), digests: elements(body, 'MD5OfMessageAttributes') };
  };

  const all = names({ 'MessageAttributeName.1': 'All' });
  expect(all.names).toEqual(['to', 'trace.id', 'trace.at']);
  expect(all.digests).toEqual([queue.receiveOne(0).md5OfMessageAttributes]);
  expect(names({ 'MessageAttributeName.1': '.*' })).toEqual(all);
  expect(names({ 'MessageAttributeName.1': 'trace.*' }).names).toEqual(['trace.id', 'trace.at']);
  const one = names({ 'MessageAttributeName.2': 'none', 'MessageAttributeName.1': 'to' });
  expect(one.names).toEqual(['to']);
  expect(one.digests).not.toEqual(all.digests);
  expect(names({ 'MessageAttributeName.1': 'trace' })).toEqual({ names: [], digests: [] });
  expect(
    names({ 'AttributeName.1': 'SenderId', 'MessageSystemAttributeName.1': 'SentTimestamp' }).names,
  ).toEqual(['SentTimestamp', 'SenderId']);
  expect(names({ 'AttributeName.1': 'All' }).names).toEqual([
    'ApproximateReceiveCount',
    'ApproximateFirstReceiveTimestamp',
    'SentTimestamp',
    'SenderId',
  ]);
  expect(receive(queue, { 'MessageAttributeName.1': 'to' }).body).toContain(
    '<MessageAttribute><Name>to</Name><Value><StringValue>&lt;to&gt;</StringValue><DataType>String</DataType></Value></MessageAttribute>',
  );
});

test.each([
  ['standard', standardQueue, 403, '<Code>OverLimit</Code>'],
  ['FIFO', fifoQueue, 200, '<ReceiveMessageResult></ReceiveMessageResult>'],
] as const)('a short poll of a %s queue with 120,000 messages in flight', (_, queueOf, status, contained) => {
  const queue = queueOf(new HandClock());
  for (let n = 0; n < 120_000; n++) queue.send(`${n}`, { messageGroupId: `${n % 12_000}` });
  for (let n = 0; n < 12_000; n++) queue.receive();

  const answer = receive(queue);

  expect(answer.status).toBe(status);
  expect(answer.body).toContain(contained);
});

test('a message is deleted by its receipt', () => {
  const queue = standardQueue(new HandClock());
  queue.send('a');
  const { receiptHandle } = queue.receiveOne();

  const xml = ask(queue, { Action: 'DeleteMessage', ReceiptHandle: receiptHandle });
  const json = ask(queue, { Action: 'DeleteMessage', ReceiptHandle: receiptHandle }, 'application/json');

  expect(xml.body).toMatch(/<DeleteMessageResponse xmlns="[^"]+"><ResponseMetadata>/);
  expect(JSON.parse(json.body)).toEqual({
    DeleteMessageResponse: { ResponseMetadata: { RequestId: expect.any(String) } },
  });
  expect(queue.live.messages()).toEqual([]);
  expect(ask(queue, { Action: 'DeleteMessage', ReceiptHandle: 'x' }).body).toContain(
    'ReceiptHandleIsInvalid',
  );
});

test('the visibility of a message is changed by its receipt', () => {
  const clock = new HandClock();
  const queue = standardQueue(clock);
  queue.send('a');
  const { receiptHandle } = queue.receiveOne();
  const change = { Action: 'ChangeMessageVisibility', ReceiptHandle: receiptHandle };

  expect(ask(queue, { ...change, VisibilityTimeout: '60' }).status).toBe(200);
  expect(queue.live.nextAvailableAt()).toBe(clock.now() + 60_000);
  expect(ask(queue, { ...change, VisibilityTimeout: '50000' }).status).toBe(400);
});

test.each([
  ['DeleteMessage', {}, 'ReceiptHandle'],
  ['ChangeMessageVisibility', { VisibilityTimeout: '1' }, 'ReceiptHandle'],
  ['ChangeMessageVisibility', { ReceiptHandle: 'x' }, 'VisibilityTimeout'],
])('%s with only %j is refused', (Action, fields, missing) => {
  expect(ask(standardQueue(new HandClock()), { Action, ...fields }).body).toContain(
    `<Code>MissingParameter</Code><Message>The request must contain the parameter ${missing}.</Message>`,
  );
});

const attributesOf = (queue: TestQueue, names: readonly string[]) =>
  Object.fromEntries(
    JSON.parse(
      ask(
        queue,
        {
          Action: 'GetQueueAttributes',
          ...Object.fromEntries(names.map((name, index) => [`AttributeName.${index + 1}`, name])),
        },
        'application/json',
      ).body,
    ).GetQueueAttributesResponse.GetQueueAttributesResult.Attributes.map(
      ({ Name, Value }: { Name: string; Value: string }) => [Name, Value],
    ),
  );

test('a queue tells its settings and counts', () => {
  const clock = new HandClock();
  const redrive = { deadLetterTargetArn: arnOf('dead.fifo'), maxReceiveCount: 3 };
  const queue = fifoQueue(clock, { delaySeconds: 1, redrive, kmsMasterKeyId: 'alias/own' });
  for (const body of ['a', 'b', 'c']) queue.send(body);
  clock.pass(1);
  queue.receive(1);
  queue.send('d');

  expect(attributesOf(queue, ['All'])).toEqual({
    QueueArn: arnOf('ordered.fifo'),
    ApproximateNumberOfMessages: '2',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '1',
    DelaySeconds: '1',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    ReceiveMessageWaitTimeSeconds: '0',
    VisibilityTimeout: '30',
    RedrivePolicy: JSON.stringify(redrive),
    KmsMasterKeyId: 'alias/own',
    FifoQueue: 'true',
    ContentBasedDeduplication: 'true',
    DeduplicationScope: 'queue',
    FifoThroughputLimit: 'perQueue',
  });
});

test('a queue tells what is asked for alone', () => {
  const queue = standardQueue(new HandClock());

  expect(attributesOf(queue, ['VisibilityTimeout', 'FifoQueue', 'RedrivePolicy'])).toEqual({
    VisibilityTimeout: '30',
  });
  expect(attributesOf(queue, [])).toEqual({});
  expect(ask(queue, { Action: 'GetQueueAttributes', 'AttributeName.1': 'DelaySeconds' }).body).toContain(
    '<GetQueueAttributesResult><Attribute><Name>DelaySeconds</Name><Value>0</Value></Attribute></GetQueueAttributesResult>',
  );
  expect(ask(queue, { Action: 'GetQueueAttributes', 'AttributeName.1': 'Foobar' }).body).toContain(
    '<Code>InvalidAttributeName</Code><Message>Unknown Attribute Foobar.</Message>',
  );
});

test.each([
  [{ Action: 'ReceiveMessage', WaitTimeSeconds: '5' }, '', 'a long poll that has to wait'],
  [{ Action: 'ReceiveMessage' }, 'application/json', 'an answer to ReceiveMessage in JSON'],
  [{ Action: 'ReceiveMessage', MaxNumberOfMessages: 'x' }, '', 'the MaxNumberOfMessages "x"'],
  [{ Action: 'ReceiveMessage', ReceiveRequestAttemptId: 'x' }, '', 'a ReceiveRequestAttemptId'],
  [{ Action: 'GetQueueAttributes', 'AttributeName.1': 'Policy' }, '', 'the queue attribute Policy'],
  [{ Action: 'PurgeQueue' }, '', 'the action PurgeQueue'],
])('%j is not simulated, and said so', (fields, accept, named) => {
  expect(() => ask(standardQueue(new HandClock()), fields, accept)).toThrow(`SQS: ${named} is not simulated`);
});

test('a long poll is answered when there is something, by the queue’s own wait too', () => {
  const queue = standardQueue(new HandClock(), { receiveWaitTimeSeconds: 20 });
  queue.send('a');

  expect(elements(receive(queue).body, 'Body')).toEqual(['a']);
  expect(() => receive(queue)).toThrow('a long poll that has to wait');
  expect(receive(queue, { WaitTimeSeconds: '0' }).status).toBe(200);
});

test('who may not is refused before anything else is looked at, in both formats', () => {
  const queue = standardQueue(new HandClock());
  const asked: unknown[] = [];
  const endpoint = new SqsEndpoint<string>({
    queues: [queue.live],
    ids: idSource('test'),
    authorize: (caller, action, { arn }: Queue) => {
      asked.push([caller, action, arn]);
      if (caller === 'keyless') return kmsAccessDenied('no key');
      return caller === 'stranger' ? accessDenied('no access') : undefined;
    },
    senderId: (caller) => `AROA:${caller}`,
  });
  const send = (caller: string, accept = '', body = 'Action=SendMessage') =>
    endpoint.answer(
      {
        path: '/111122223333/plain',
        contentType: 'application/x-www-form-urlencoded',
        accept,
        body,
      },
      caller,
    );

  expect(send('stranger')).toMatchObject({
    status: 403,
    body: expect.stringContaining('<Code>AccessDenied</Code><Message>no access</Message>'),
  });
  const json = send('keyless', 'application/json');
  expect(json.status).toBe(400);
  expect(JSON.parse(json.body).Error).toEqual({
    Code: 'KMS.AccessDeniedException',
    Message: 'no key',
    Type: 'Sender',
  });
  expect(send('friend', '', 'Action=SendMessage&MessageBody=a').status).toBe(200);
  expect(queue.receiveOne().attributes.SenderId).toBe('AROA:friend');
  expect(send('stranger', '', 'Action=ReceiveMessage').status).toBe(403);
  expect(asked).toEqual([
    ['stranger', 'sqs:SendMessage', arnOf('plain')],
    ['keyless', 'sqs:SendMessage', arnOf('plain')],
    ['friend', 'sqs:SendMessage', arnOf('plain')],
    ['stranger', 'sqs:ReceiveMessage', arnOf('plain')],
  ]);
});
