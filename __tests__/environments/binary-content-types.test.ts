import { describe, expect, it } from 'vitest';
import { refuses, takes } from './cases';
import { faultsWith } from './settings';

const plain = 'callbackReceiver.callbacks[2]';
const field = `${plain}.binaryContentTypes`;
const form = 'must be one media type in lower case, without parameters or wildcards, such as application/pdf';
const ofText =
  'is a type of text, which would be changed for every callback of the API: leave it out, or set contentTypes';

describe('a type', () => {
  it.each([
    'pdf',
    'application/',
    '*/*',
    'image/*',
    'Application/PDF',
    'application/pdf; v=1',
    ' a/b',
    7,
    null,
  ])('may not be %j', (type) => {
    expect(faultsWith({ [field]: ['image/png', type] })).toEqual([
      { environment: 'test', field: `${field}[1]`, value: type, rule: form },
    ]);
  });

  it.each([
    'text/plain',
    'text/csv',
    'application/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    'application/problem+json',
    'image/svg+xml',
  ])('may not be %s, which is text to other callbacks', (type) => {
    expect(faultsWith({ [field]: [type] })).toEqual([
      { environment: 'test', field: `${field}[0]`, value: type, rule: ofText },
    ]);
  });

  it('may not stand there twice', () => {
    expect(faultsWith({ [field]: ['image/png', 'image/png'] })).toEqual([
      {
        environment: 'test',
        field: `${field}[1]`,
        value: 'image/png',
        rule: `is ${field}[0] too: leave one out`,
      },
    ]);
  });
});

describe('the list', () => {
  refuses([
    [field, [], 'must be a list of at least one media type'],
    [field, 'image/png', 'must be a list of at least one media type'],
  ]);
  takes([
    [field, ['application/pdf', 'application/vnd.ms-excel', 'multipart/form-data', 'application/grpc+proto']],
    [field, undefined],
  ]);
});

describe('the attribute bodyEncoding', () => {
  const attributes = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ header: `X-${index}`, attribute: `x${index}` }));

  it('leaves room for five header attributes', () => {
    const six = attributes(6);
    const given = (headerAttributes: readonly object[]) =>
      faultsWith({ [field]: ['image/png'], [`${plain}.headerAttributes`]: headerAttributes });

    expect(given(attributes(5))).toEqual([]);
    expect(given(six)).toEqual([
      {
        environment: 'test',
        field: `${plain}.headerAttributes`,
        value: six,
        rule: 'must be a list of at most 5 header attributes beside binaryContentTypes, since SQS takes 10 attributes a message and bodyEncoding is one of them',
      },
    ]);
  });

  it('is no name for another', () => {
    const mine = [{ header: 'X-A', attribute: 'bodyEncoding' }];

    expect(faultsWith({ [`${plain}.headerAttributes`]: mine })).toEqual([]);
    expect(faultsWith({ [field]: ['image/png'], [`${plain}.headerAttributes`]: mine })).toMatchObject([
      {
        field: `${plain}.headerAttributes[0].attribute`,
        value: 'bodyEncoding',
        rule: 'is what says of a message that its body is base64: use another name',
      },
    ]);
  });
});

it('an id cannot come from a body that may be bytes', () => {
  expect(
    faultsWith({
      'callbackReceiver.callbacks[0].binaryContentTypes': ['image/png'],
      'subscriberPipe.subscriptions': undefined,
    }).map(({ field: at, rule }) => [at, rule]),
  ).toContainEqual([
    'callbackReceiver.callbacks[0].queue.messageGroupId.field',
    'needs JSON bodies, and the callback takes others too: leave out its binaryContentTypes, and let its contentTypes be application/json alone',
  ]);
});
