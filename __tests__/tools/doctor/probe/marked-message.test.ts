import { describe, expect, it } from 'vitest';
import type {
  CallbackIdSource,
  CallbackSettings,
  Environment,
  SubscriberSettings,
} from '../../../../environments/environment';
import { newMarks } from '../../../../tools/doctor/probe/mark';
import { markedMessage } from '../../../../tools/doctor/probe/marked-message';
import { type CallbackTarget, targetsOf } from '../../../../tools/doctor/probe/targets';
import { dev } from '../../../fixtures/environments/dev';
import { synthesizedEnvironment } from './synthesized-environment';

const marks = newMarks(Date.UTC(2026, 10, 21, 12, 34, 56, 789));

/** The message for a callback that is the example's but for `settings`. */
async function messageFor(settings: Partial<CallbackSettings>, subscriber?: SubscriberSettings) {
  const environment = {
    ...dev,
    websocketReply: undefined,
    callbackReceiver: {
      callbacks: [{ name: 'one', path: '/one', allowList: ['203.0.113.0/24'], schema: {}, ...settings }],
    },
    subscriberPipe: subscriber && {
      subscriptions: [{ name: 'out', source: { callback: 'one' }, subscriber }],
    },
  } as unknown as Environment;
  const { plans } = synthesizedEnvironment(environment);
  return markedMessage(targetsOf(plans, environment)[0] as CallbackTarget, marks);
}

const object = (properties: object, required: readonly string[], others = {}) => ({
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  properties,
  required,
  ...others,
});
const text = { type: 'string' };
const archive: SubscriberSettings = { kind: 's3-archive', messageKeyField: 'reference' };

describe('a mark', () => {
  it('says what it is and when, and is like no other', () => {
    expect(marks).toEqual([
      expect.stringMatching(/^doctor-probe-20261121T123456Z-[0-9a-f]{12}$/),
      expect.stringMatching(/^doctor-probe-[0-9a-f]{12}$/),
    ]);
    expect(newMarks(0)[0]).not.toBe(newMarks(0)[0]);
  });
});

describe('a message', () => {
  it('is marked in the field that names its object, before any other', async () => {
    const schema = object({ name: text, reference: text }, ['name', 'reference']);
    const { body, mark, markedFields } = await messageFor({ schema }, archive);
    expect([mark, markedFields]).toEqual([marks[0], ['reference']]);
    expect(JSON.parse(body)).toMatchObject({ reference: marks[0] });
  });

  it('is marked in the ids of a FIFO queue, and is in a group of its own', async () => {
    const schema = object({ order: text, event: text, other: text }, ['order', 'event', 'other']);
    const message = await messageFor({
      schema,
      queue: {
        kind: 'fifo',
        messageGroupId: { from: 'body', field: 'order' },
        messageDeduplicationId: { from: 'body', field: 'event' },
      },
    });
    expect(message.markedFields).toEqual(['order', 'event']);
    expect(JSON.parse(message.body)).toMatchObject({ order: marks[0], event: marks[0] });
    expect(message.groupId).toBe(marks[0]);
  });

  it('may be grouped by a header or by a constant', async () => {
    const fifo = (messageGroupId: CallbackIdSource) =>
      messageFor({
        schema: object({ text }, ['text']),
        queue: { kind: 'fifo', messageGroupId },
      });
    const byHeader = await fifo({ from: 'header', name: 'X-Tenant' });
    expect([byHeader.headers.get('X-Tenant'), byHeader.groupId]).toEqual([marks[0], marks[0]]);
    expect((await fifo({ from: 'constant', value: 'all' })).groupId).toBe('all');
  });

  it('is marked in whatever looks like an id, else in the first text that takes it', async () => {
    const ids = object({ text, orderId: text, apiKey: text }, ['text', 'orderId', 'apiKey']);
    expect((await messageFor({ schema: ids })).markedFields).toEqual(['apiKey', 'orderId']);
    const none = object({ code: { enum: ['a'] }, more: text, text }, ['code', 'more', 'text']);
    expect((await messageFor({ schema: none })).markedFields).toEqual(['more']);
  });

  it('is marked shorter where the field is short', async () => {
    const schema = object({ reference: { type: 'string', maxLength: 30 } }, ['reference']);
    const { mark, markedFields, body } = await messageFor({ schema }, archive);
    expect([mark, markedFields, JSON.parse(body).reference]).toEqual([marks[1], ['reference'], marks[1]]);
  });

  it('is marked in a field of its own where no text takes it and the schema lets more in', async () => {
    const schema = object({ code: { enum: ['a', 'b'] } }, ['code']);
    const { markedFields, body } = await messageFor({ schema });
    expect(markedFields).toEqual(['doctorProbe']);
    expect(JSON.parse(body)).toMatchObject({ doctorProbe: marks[0] });
  });

  it('carries no mark where the schema lets nothing carry one', async () => {
    const schema = object({ code: { enum: ['a', 'b'] } }, ['code'], { additionalProperties: false });
    const { mark, markedFields, body } = await messageFor({ schema });
    expect([mark, markedFields]).toEqual([undefined, []]);
    expect(['{"code":"a"}', '{"code":"b"}']).toContain(body);
  });

  it('that is a list carries none', async () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'array',
      items: { type: 'integer' },
    };
    expect((await messageFor({ schema })).mark).toBeUndefined();
  });

  it('of other types is the mark alone, or a form with it', async () => {
    const plain = await messageFor({ contentTypes: ['text/plain'] });
    expect([plain.contentType, plain.body]).toEqual(['text/plain', marks[0]]);
    const form = await messageFor({ contentTypes: ['application/x-www-form-urlencoded'] });
    expect([form.contentType, form.body]).toEqual([
      'application/x-www-form-urlencoded',
      `message=${marks[0]}`,
    ]);
    const both = await messageFor({ contentTypes: ['text/plain', 'application/json'] });
    expect(both.contentType).toBe('application/json');
  });

  it('has the headers that the route requires, and comes with their attributes', async () => {
    const { headers, attributes } = await messageFor({
      headerAttributes: [
        { header: 'X-Signature', attribute: 'signature', required: true },
        { header: 'X-Trace', attribute: 'trace' },
      ],
    });
    expect([...headers]).toEqual([['X-Signature', marks[0]]]);
    expect(new Map(attributes)).toEqual(
      new Map([
        ['requestId', undefined],
        ['sourceIp', undefined],
        ['receivedAt', undefined],
        ['contentType', undefined],
        ['signature', marks[0]],
      ]),
    );
  });
});
