import { describe, expect, it } from 'vitest';
import { messageChanges } from '../../../../../tools/review/behaviour/messages/message-changes';

const template = (text: string) => ({ text, address: 'test', headers: ['X-Signature'] });

const changes = (base: string, head: string, other = false) =>
  messageChanges(template(base), template(head), other);

const told = (base: string, head: string) =>
  changes(base, head).map(({ level, text }) => `${level ?? 'info'}: ${text}`);

const body = 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)';
const attribute = (number: string, name: string, value: string, type = 'String') =>
  `&MessageAttribute.${number}.Name=${name}&MessageAttribute.${number}.Value.DataType=${type}&MessageAttribute.${number}.Value.StringValue=$util.urlEncode(${value})`;
const signed = (attributes: string) =>
  `Action=SendMessage#set($h = "")#foreach($name in $input.params().header.keySet())#if($name.toLowerCase() == "x-signature")#set($h = $input.params().header.get($name))#end#end&MessageBody=$util.urlEncode($input.body)${attributes}`;

describe('what arrives otherwise on the queue', () => {
  it('is nothing where another template makes the same of it', () => {
    expect(
      told(
        `${body}&MessageGroupId=a`,
        `#set($a = "a")Action=SendMessage&MessageGroupId=$a&MessageBody=$util.urlEncode($input.body)`,
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'the group, out of a field of the body',
      `${body}&MessageGroupId=$util.urlEncode($context.requestId)`,
      `${body}&MessageGroupId=$util.urlEncode($input.path('$.orderId'))`,
      [
        'attention: the group of a message is now the field orderId, was $context.requestId: order holds within a group, and groups are worked on side by side',
      ],
    ],
    [
      'the deduplication id, out of a field within',
      `${body}&MessageDeduplicationId=$util.urlEncode($context.requestId)`,
      `${body}&MessageDeduplicationId=$util.urlEncode($input.path('$.order.id'))`,
      [
        'attention: the deduplication id of a message is now the field order.id, was $context.requestId: a message with the id of another one of the last 5 minutes is dropped',
      ],
    ],
    [
      'a group that is no longer set',
      `${body}&MessageGroupId=a`,
      body,
      ['attention: the group of a message is no longer set, was always "a"'],
    ],
    [
      'a group that is set from now on',
      body,
      `${body}&MessageGroupId=a$util.urlEncode($context.requestId)`,
      [
        'info: the group of a message is now a text made of $context.requestId, was not set: order holds within a group, and groups are worked on side by side',
      ],
    ],
    [
      'a new attribute that is always there',
      body,
      `${body}${attribute('1', 'sourceIp', '$context.identity.sourceIp')}`,
      ['info: message attribute sourceIp ($context.identity.sourceIp) is new'],
    ],
    [
      'an attribute that is gone',
      `${body}${attribute('1', 'sourceIp', '$context.identity.sourceIp')}`,
      body,
      ['attention: message attribute sourceIp is gone'],
    ],
    [
      'an attribute of another type',
      `${body}${attribute('1', 'at', '$context.requestTimeEpoch', 'Number')}`,
      `${body}${attribute('1', 'at', '$context.requestTimeEpoch')}`,
      [
        'attention: message attribute at is now $context.requestTimeEpoch, was Number, $context.requestTimeEpoch',
      ],
    ],
    [
      'an attribute from elsewhere',
      `${body}${attribute('1', 'id', '$context.requestId')}`,
      `${body}${attribute('1', 'id', '$context.extendedRequestId')}`,
      ['attention: message attribute id is now $context.extendedRequestId, was $context.requestId'],
    ],
    [
      'another action',
      body,
      body.replace('SendMessage', 'PurgeQueue'),
      ['attention: the field Action of SendMessage is now always "PurgeQueue", was always "SendMessage"'],
    ],
    [
      'a delay',
      body,
      `${body}&DelaySeconds=9`,
      ['info: the field DelaySeconds of SendMessage is now always "9", was not set'],
    ],
  ])('%s', (_, base, head, expected) => {
    expect(told(base, head)).toEqual(expected);
  });

  it('is an attribute of a header, with whether it must be sent', () => {
    const always = signed(attribute('1', 'signature', '$h'));
    const optional = signed(`#if($h != "")${attribute('1', 'signature', '$h')}#end`);
    expect(told(body, always)).toEqual(['info: message attribute signature (header X-Signature) is new']);
    expect(told(body, optional)).toEqual([
      'info: message attribute signature (header X-Signature, where it is sent) is new',
    ]);
  });

  it('is a body that does not arrive byte for byte, with the shortest that does not', () => {
    const raw = 'Action=SendMessage&MessageBody=$input.body';
    expect(changes(body, raw)).toEqual([
      {
        level: 'attention',
        text: 'the body no longer arrives byte for byte on the queue',
        examples: [
          {
            payload: '{"text":"%26%3D%zz"}',
            note: undefined,
            before: '{"text":"%26%3D%zz"}',
            after: 'the request to SQS is broken',
          },
        ],
      },
    ]);
    expect(changes(raw, body)).toMatchObject([
      { level: undefined, text: 'the body arrives byte for byte on the queue from now on' },
    ]);
  });

  it('is a body that is written anew', () => {
    expect(changes(body, "Action=SendMessage&MessageBody=$util.urlEncode($input.json('$'))")).toMatchObject([
      {
        text: 'the body no longer arrives byte for byte on the queue',
        examples: [{ payload: '{ "spaces" : 1 }', after: '{"spaces":1}' }],
      },
    ]);
  });

  it('is another part of the body', () => {
    const part = (name: string) => `Action=SendMessage&MessageBody=$util.urlEncode($input.path('$.${name}'))`;
    expect(told(part('text'), part('other'))).toEqual(['attention: another body arrives on the queue']);
  });

  it('is not known where a template cannot be rendered, and is told so', () => {
    expect(told(body, `${body}$util.unheardOf()`)).toEqual([
      expect.stringMatching(
        /^attention: the mapping template differs, and could not be rendered: .*unheardOf/,
      ),
    ]);
  });
});
