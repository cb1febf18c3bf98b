import { describe, expect, test } from 'vitest';
import {
  type MessageAttribute,
  type SendMessageTemplateProps,
  sendMessageTemplate,
} from '../../../constructs/api/send-message-template';

const raw = { body: { body: 'raw' }, attributes: [] } as const satisfies SendMessageTemplateProps;

const encodedBody = 'MessageBody=$util.urlEncode($input.body)';

const header = (name: string, attribute: string, optional = false): MessageAttribute => ({
  name: attribute,
  source: { header: name },
  optional,
});

test('the smallest template sends the body as it came, form-encoded', () => {
  expect(sendMessageTemplate(raw)).toBe(`Action=SendMessage&${encodedBody}`);
});

describe('every value is encoded', () => {
  test.each([
    ['the raw body', { body: 'raw' }, '$util.urlEncode($input.body)'],
    ['a field of the body', { bodyField: 'orderId' }, "$util.urlEncode($input.path('$.orderId'))"],
    ['a context variable', { context: 'identity.sourceIp' }, '$util.urlEncode($context.identity.sourceIp)'],
    ['a constant', { constant: 'orders' }, 'orders'],
    ['a constant with form syntax', { constant: 'a&b=c d+e%' }, 'a%26b%3Dc%20d%2Be%25'],
    [
      'a constant with Velocity syntax',
      { constant: '$input.body #set($x = 1)' },
      '%24input.body%20%23set(%24x%20%3D%201)',
    ],
    ['a constant with Terraform syntax', { constant: '${aws.x}%{if}' }, '%24%7Baws.x%7D%25%7Bif%7D'],
    ['a constant with a newline', { constant: 'a\r\nb' }, 'a%0D%0Ab'],
    ['a constant beyond ASCII', { constant: '주문' }, '%EC%A3%BC%EB%AC%B8'],
  ] as const)('%s, wherever it goes', (_what, source, encoded) => {
    const template = sendMessageTemplate({
      body: source,
      messageGroupId: source,
      messageDeduplicationId: source,
      attributes: [{ name: 'copy', source }],
    });

    expect(template).toBe(
      [
        'Action=SendMessage',
        `MessageBody=${encoded}`,
        `MessageGroupId=${encoded}`,
        `MessageDeduplicationId=${encoded}`,
        'MessageAttribute.1.Name=copy',
        'MessageAttribute.1.Value.DataType=String',
        `MessageAttribute.1.Value.StringValue=${encoded}`,
      ].join('&'),
    );
  });

  test('a header too, which is looked up once however often it is used', () => {
    const template = sendMessageTemplate({
      body: { header: 'X-Order' },
      messageGroupId: { header: 'x-order' },
      messageDeduplicationId: { header: 'X-ORDER' },
      attributes: [header('X-Order', 'order')],
    });

    expect(template).toBe(
      [
        'Action=SendMessage#set($header1 = "")#foreach($name in $input.params().header.keySet())#if($name.toLowerCase() == "x-order")#set($header1 = $input.params().header.get($name))#end#end',
        'MessageBody=$util.urlEncode($header1)',
        'MessageGroupId=$util.urlEncode($header1)',
        'MessageDeduplicationId=$util.urlEncode($header1)',
        'MessageAttribute.1.Name=order',
        'MessageAttribute.1.Value.DataType=String',
        'MessageAttribute.1.Value.StringValue=$util.urlEncode($header1)',
      ].join('&'),
    );
  });

  test('the name of an attribute as well', () => {
    expect(sendMessageTemplate({ ...raw, attributes: [{ name: 'a&b', source: { constant: 'x' } }] })).toBe(
      `Action=SendMessage&${encodedBody}&MessageAttribute.1.Name=a%26b&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=x`,
    );
  });
});

test('group and deduplication id are fields of their own, and left out where there are none', () => {
  const messageGroupId = { bodyField: 'orderId' };
  const messageDeduplicationId = { context: 'requestId' };

  expect(sendMessageTemplate({ ...raw, messageGroupId })).toBe(
    `Action=SendMessage&${encodedBody}&MessageGroupId=$util.urlEncode($input.path('$.orderId'))`,
  );
  expect(sendMessageTemplate({ ...raw, messageDeduplicationId })).toBe(
    `Action=SendMessage&${encodedBody}&MessageDeduplicationId=$util.urlEncode($context.requestId)`,
  );
});

test('attributes are numbered from 1, in the order given, with their types', () => {
  const template = sendMessageTemplate({
    ...raw,
    attributes: [
      { name: 'requestId', source: { context: 'requestId' } },
      { name: 'receivedAt', type: 'Number', source: { context: 'requestTimeEpoch' } },
    ],
  });

  expect(template).toBe(
    [
      'Action=SendMessage',
      encodedBody,
      'MessageAttribute.1.Name=requestId',
      'MessageAttribute.1.Value.DataType=String',
      'MessageAttribute.1.Value.StringValue=$util.urlEncode($context.requestId)',
      'MessageAttribute.2.Name=receivedAt',
      'MessageAttribute.2.Value.DataType=Number',
      'MessageAttribute.2.Value.StringValue=$util.urlEncode($context.requestTimeEpoch)',
    ].join('&'),
  );
});

test('headers are found whatever the case they are sent in, each in a variable that is empty without it', () => {
  const template = sendMessageTemplate({
    ...raw,
    attributes: [header('X-Signature', 'signature'), header('Content-Type', 'contentType')],
  });

  expect(template).toBe(
    [
      'Action=SendMessage' +
        '#set($header1 = "")#set($header2 = "")' +
        '#foreach($name in $input.params().header.keySet())' +
        '#if($name.toLowerCase() == "x-signature")#set($header1 = $input.params().header.get($name))' +
        '#elseif($name.toLowerCase() == "content-type")#set($header2 = $input.params().header.get($name))' +
        '#end#end',
      encodedBody,
      'MessageAttribute.1.Name=signature',
      'MessageAttribute.1.Value.DataType=String',
      'MessageAttribute.1.Value.StringValue=$util.urlEncode($header1)',
      'MessageAttribute.2.Name=contentType',
      'MessageAttribute.2.Value.DataType=String',
      'MessageAttribute.2.Value.StringValue=$util.urlEncode($header2)',
    ].join('&'),
  );
});

test('optional attributes come last and are counted as they are present, so that no number is skipped', () => {
  const template = sendMessageTemplate({
    ...raw,
    attributes: [
      header('X-Trace', 'trace', true),
      { name: 'requestId', source: { context: 'requestId' } },
      header('X-Carrier', 'carrier', true),
    ],
  });

  const optional = (variable: string, name: string) =>
    `#if($${variable} != "")#set($n = $n + 1)&MessageAttribute.$\${n}.Name=${name}&MessageAttribute.$\${n}.Value.DataType=String&MessageAttribute.$\${n}.Value.StringValue=$util.urlEncode($${variable})#end`;
  expect(template).toBe(
    [
      [
        'Action=SendMessage' +
          '#set($header1 = "")#set($header2 = "")' +
          '#foreach($name in $input.params().header.keySet())' +
          '#if($name.toLowerCase() == "x-trace")#set($header1 = $input.params().header.get($name))' +
          '#elseif($name.toLowerCase() == "x-carrier")#set($header2 = $input.params().header.get($name))' +
          '#end#end',
        encodedBody,
        'MessageAttribute.1.Name=requestId',
        'MessageAttribute.1.Value.DataType=String',
        'MessageAttribute.1.Value.StringValue=$util.urlEncode($context.requestId)',
      ].join('&'),
      '#set($n = 1)',
      optional('header1', 'trace'),
      optional('header2', 'carrier'),
    ].join(''),
  );
});

test('with optional attributes only, counting begins before the first', () => {
  const template = sendMessageTemplate({ ...raw, attributes: [header('X-Trace', 'trace', true)] });

  expect(template.slice(template.indexOf('&MessageBody'))).toBe(
    `&${encodedBody}#set($n = 0)#if($header1 != "")#set($n = $n + 1)&MessageAttribute.$\${n}.Name=trace&MessageAttribute.$\${n}.Value.DataType=String&MessageAttribute.$\${n}.Value.StringValue=$util.urlEncode($header1)#end`,
  );
});

const everything: SendMessageTemplateProps = {
  body: { body: 'raw' },
  messageGroupId: { header: 'X-Group' },
  messageDeduplicationId: { bodyField: 'id' },
  attributes: [
    header('X-Trace', 'trace', true),
    { name: 'contentType', source: { header: 'Content-Type' } },
    header('X-Carrier', 'carrier', true),
  ],
};

describe.each([
  ['raw', raw],
  ['everything', everything],
])('the template of %s', (_name, props) => {
  test('is one line: a newline would become part of the last field', () => {
    expect(sendMessageTemplate(props)).not.toMatch(/[\r\n]/);
  });

  test('has no directive that runs into a letter: Velocity would read on', () => {
    expect(sendMessageTemplate(props)).not.toMatch(/#(?:end|else(?!if\())[A-Za-z0-9_]/);
  });

  test('leaves nothing for Terraform to interpolate', () => {
    expect(sendMessageTemplate(props)).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
  });

  test('names action and body once, and nothing that could redirect the message', () => {
    const names = sendMessageTemplate(props)
      .split('&')
      .map((field) => field.slice(0, field.indexOf('=')));

    expect(names.filter((name) => name === 'Action' || name === 'MessageBody')).toEqual([
      'Action',
      'MessageBody',
    ]);
    expect(names.filter((name) => name === 'QueueUrl')).toEqual([]);
  });
});

const named = (count: number) =>
  Array.from({ length: count }, (_, index) => header(`X-${index}`, `a${index}`, index % 2 === 0));

test('SQS takes ten attributes', () => {
  expect(sendMessageTemplate({ ...raw, attributes: named(10) })).toMatch(
    /MessageAttribute\.5\.Name=a9.*#set\(\$n = 5\)/,
  );
});

test('an eleventh attribute is refused, optional or not, with all their names', () => {
  expect(() => sendMessageTemplate({ ...raw, attributes: named(11) })).toThrow(
    '11 message attributes (a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10): SQS takes 10 a message, leave out 1',
  );
});

test('two attributes of one name are refused', () => {
  const attributes = [header('X-One', 'id'), header('X-Other', 'id', true)];

  expect(() => sendMessageTemplate({ ...raw, attributes })).toThrow(
    'two message attributes are named "id": give each its own name',
  );
});
