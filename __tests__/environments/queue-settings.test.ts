import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../synthesis/project-root';
import { refuses, takes } from './cases';
import { faultsWith } from './settings';

const own = 'callbackReceiver.callbacks[0].queue';
const existing = 'callbackReceiver.callbacks[1].queue';
const socket = 'websocketReply.queue';

const seconds = 'must be a whole number of seconds from 1 to 7,200';
const receives = 'must be a whole number from 1 to 1,000';
const days = 'must be a whole number of days from 1 to 13';
const id = 'must be 1 to 128 visible ASCII characters, without spaces';
const bodyField =
  'must be a top-level field of the body whose name is letters, digits and _, not starting with a digit';
const reason = 'since the id is taken from there';

describe('a queue of a callback', () => {
  refuses([
    [`${own}.consumerTimeoutSeconds`, 0, seconds],
    [`${own}.consumerTimeoutSeconds`, 7201, seconds],
    [`${own}.consumerTimeoutSeconds`, 1.5, seconds],
    [`${own}.consumerTimeoutSeconds`, '30', seconds],
    [`${own}.maxReceiveCount`, 0, receives],
    [`${own}.maxReceiveCount`, 1001, receives],
    [`${own}.retentionDays`, 0, days],
    [`${own}.retentionDays`, 14, days],
    [`${own}.retentionDays`, Number.NaN, days],
    [own, 'fifo', 'must be an object whose kind is "standard", "fifo" or "existing"'],
    ['callbackReceiver.callbacks[2].queue.kind', 'FIFO', 'must be "standard", "fifo" or "existing"'],
    [`${own}.messageGroupId`, undefined, 'must be an object whose from is "constant", "header" or "body"'],
    [`${own}.messageGroupId.from`, 'query', 'must be "constant", "header" or "body"'],
    [
      `${own}.messageDeduplicationId.name`,
      'X Event',
      'must be the name of a request header: 1 to 256 letters, digits, ., _ and -',
    ],
    [
      `${own}.messageDeduplicationId.name`,
      'Authorization',
      'carries a credential, which would end up in the queue: take another header',
    ],
    [`${own}.messageGroupId.field`, 'order-id', bodyField],
    [`${own}.messageGroupId.field`, '$.orderId', bodyField],
    [`${own}.messageGroupId.field`, '', bodyField],
    [`${own}.messageGroupId.field`, '1st', bodyField],
    [`${own}.messageGroupId.field`, 'note', `must be in required of the callback's schema, ${reason}`],
    [`${existing}.messageGroupId.value`, '', id],
    [`${existing}.messageGroupId.value`, 'a b', id],
    [`${existing}.messageGroupId.value`, 'ä', id],
    [`${existing}.messageGroupId.value`, 'a'.repeat(129), id],
  ]);

  takes([
    [own, undefined],
    [`${own}.consumerTimeoutSeconds`, undefined],
    [`${own}.messageDeduplicationId`, undefined],
    [`${own}.messageDeduplicationId`, { from: 'body', field: 'eventId' }],
    [`${own}.messageGroupId`, { from: 'constant', value: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~' }],
  ]);

  it('does not take every message for the same', () => {
    expect(faultsWith({ [`${own}.messageDeduplicationId`]: { from: 'constant', value: 'a' } })).toEqual([
      {
        environment: 'test',
        field: `${own}.messageDeduplicationId.from`,
        value: 'constant',
        rule: 'must be "header" or "body": SQS drops messages that repeat an id within five minutes; leave the setting out and each request counts',
      },
    ]);
  });
});

describe('an id from the body', () => {
  const schema = 'callbackReceiver.callbacks[0].schema';
  const group = { environment: 'test', field: `${own}.messageGroupId.field`, value: 'orderId' };
  const archive = { 'subscriberPipe.subscriptions[0].subscriber': { kind: 's3-archive' } };

  it('wants JSON bodies and no others', () => {
    const types = ['application/json', 'text/plain'];
    expect(faultsWith({ ...archive, 'callbackReceiver.callbacks[0].contentTypes': types })).toEqual([
      {
        ...group,
        rule: 'needs JSON bodies, and the callback takes others too: let its contentTypes be application/json alone',
      },
    ]);
  });

  it('wants bodies that are objects', () => {
    expect(faultsWith({ ...archive, [`${schema}.type`]: undefined })).toEqual([
      {
        ...group,
        rule: `needs bodies that are objects: give the callback's schema type: 'object', ${reason}`,
      },
    ]);
  });

  it.each([[['string', 'null']], ['integer'], [undefined], [[]]])('is a text, not %j', (type) => {
    const faults = faultsWith({ ...archive, [`${schema}.properties.orderId.type`]: type });
    expect(faults).toContainEqual({
      ...group,
      rule: `must have type: 'string' in properties of the callback's schema, ${reason}`,
    });
  });

  it('is checked for the deduplication id too', () => {
    expect(
      faultsWith({ ...archive, [`${own}.messageDeduplicationId`]: { from: 'body', field: 'other' } }),
    ).toEqual([
      {
        environment: 'test',
        field: `${own}.messageDeduplicationId.field`,
        value: 'other',
        rule: `must be in required of the callback's schema, ${reason}`,
      },
    ]);
  });

  it('is not found on the prototype of an object', () => {
    expect(
      faultsWith({
        ...archive,
        [`${schema}.required`]: ['constructor'],
        [`${own}.messageGroupId`]: { from: 'body', field: 'constructor' },
      }),
    ).toMatchObject([{ value: 'constructor', rule: expect.stringContaining('in properties of') }]);
  });
});

describe('an existing queue', () => {
  const arn = 'must be the ARN of an SQS queue: arn:aws:sqs:<region>:<account>:<queue>';
  const key = 'must be the ARN of a KMS key: arn:aws:kms:<region>:<account>:key/<id>, and no alias';
  refuses([
    [`${existing}.arn`, 'shared.fifo', arn],
    [`${existing}.arn`, 'https://sqs.ap-northeast-2.amazonaws.com/444455556666/shared.fifo', arn],
    [`${existing}.arn`, undefined, arn],
    [
      `${existing}.arn`,
      'arn:aws:sqs:us-east-1:444455556666:shared.fifo',
      'is in the region us-east-1, the environment in ap-northeast-2: use a queue of ap-northeast-2',
    ],
    [
      `${existing}.arn`,
      'arn:aws-cn:sqs:ap-northeast-2:444455556666:shared.fifo',
      "is in the partition aws-cn, the environment's region ap-northeast-2 in aws: use a queue of ap-northeast-2",
    ],
    [`${existing}.keyArn`, 'arn:aws:kms:ap-northeast-2:444455556666:alias/shared', key],
    [`${existing}.keyArn`, 'alias/shared', key],
    [
      `${existing}.keyArn`,
      'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      'is in the region us-east-1, the environment in ap-northeast-2: use a KMS key of ap-northeast-2',
    ],
    [
      `${existing}.messageGroupId`,
      undefined,
      'must say what groups the messages, since the queue is FIFO: from a constant, a header or the body',
    ],
  ]);

  it('takes no deduplication id when it is not FIFO, but may have groups', () => {
    const standard = 'arn:aws:sqs:ap-northeast-2:444455556666:shared';
    expect(faultsWith({ [`${existing}.arn`]: standard })).toEqual([]);
    const source = { from: 'header', name: 'X-Id' };
    expect(
      faultsWith({ [`${existing}.arn`]: standard, [`${existing}.messageDeduplicationId`]: source }),
    ).toEqual([
      {
        environment: 'test',
        field: `${existing}.messageDeduplicationId`,
        value: source,
        rule: 'must be left out: the queue is not FIFO, and SQS refuses a deduplication id there',
      },
    ]);
  });
});

describe('the WebSocket variant', () => {
  refuses([
    [
      'websocketReply',
      true,
      'must be an object with stageName, throttling, domain, disableExecuteApiEndpoint, acknowledgement, connectAuthorization, queue, functionTimeoutSeconds, functionMemoryMegabytes and maximumConcurrency',
    ],
    ['websocketReply.stageName', 'a b', 'must be 1 to 128 letters, digits, _ and -'],
    ['websocketReply.throttling.burstLimit', 0, 'must be a whole number of requests from 1 to 2,147,483,647'],
    ['websocketReply.connectAuthorization', 'IAM', 'must be "NONE" or "AWS_IAM"'],
    ['websocketReply.functionTimeoutSeconds', 901, 'must be a whole number of seconds from 1 to 900'],
    ['websocketReply.functionTimeoutSeconds', 0, 'must be a whole number of seconds from 1 to 900'],
    ...[1, 5].map(
      (seconds) =>
        [
          'websocketReply.functionTimeoutSeconds',
          seconds,
          'must be at least 6: the function tries to reply for up to 5 s, and keeps the last second free to say which messages it could not answer',
        ] as const,
    ),
    [
      `${socket}.maxReceiveCount`,
      1,
      'must be at least 2: Lambda counts a batch as delivered that a killed or throttled function never finished, and all of it would be dead letters; AWS recommends 5',
    ],
    ['websocketReply.functionMemoryMegabytes', 127, 'must be a whole number of megabytes from 128 to 10,240'],
    [
      'websocketReply.functionMemoryMegabytes',
      10_241,
      'must be a whole number of megabytes from 128 to 10,240',
    ],
    ['websocketReply.maximumConcurrency', 1, 'must be a whole number of batches from 2 to 1,000'],
    ['websocketReply.maximumConcurrency', 1001, 'must be a whole number of batches from 2 to 1,000'],
    [`${socket}.kind`, 'existing', 'must be "fifo" or "standard"'],
    [`${socket}.retentionDays`, 14, days],
    [`${socket}.maxReceiveCount`, 0, receives],
    [
      `${socket}.consumerTimeoutSeconds`,
      30,
      'is not a setting here: leave it out, or use kind, maxReceiveCount, retentionDays, messageGroupId or messageDeduplicationId',
    ],
    [`${socket}.messageGroupId.from`, 'header', 'must be "constant", "connection" or "body"'],
    [`${socket}.messageDeduplicationId.field`, 'a.b', bodyField],
    [`${socket}.messageDeduplicationId.from`, 'connection', 'must be "body"'],
  ]);

  takes([
    ['websocketReply', {}],
    ['websocketReply.functionTimeoutSeconds', 6],
    [socket, { kind: 'standard', retentionDays: 13 }],
    [`${socket}.messageGroupId`, { from: 'constant', value: 'all' }],
    [`${socket}.messageGroupId`, { from: 'body', field: 'room' }],
    ['websocketReply.functionMemoryMegabytes', 10_240],
    ['websocketReply.maximumConcurrency', 1000],
  ]);

  it('has a constant group that SQS takes', () => {
    expect(faultsWith({ [`${socket}.messageGroupId`]: { from: 'constant', value: '' } })).toEqual([
      { environment: 'test', field: `${socket}.messageGroupId.value`, value: '', rule: id },
    ]);
  });
});

it('the shortest timeout of the reply function is what its tries and its answer take', () => {
  const source = fs.readFileSync(path.join(projectRoot(), 'lambda-src/shared/batch.ts'), 'utf8');
  const milliseconds = (name: string) =>
    Number(new RegExp(`${name}\\s*[:=]\\s*([0-9_]+)`).exec(source)?.[1]?.replaceAll('_', ''));

  expect(milliseconds('totalTime') + milliseconds('RESERVED_MILLIS')).toBe(6000);
});
