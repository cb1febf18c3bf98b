import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inputTemplate } from '../../../../tools/rehearse/pipe/input-template';
import { type PipeRecord, pipeRecord } from '../../../../tools/rehearse/pipe/pipe-record';
import { functionArn, sourceArn } from './pipe-plan';

const owner = { arn: 'arn:pipe', name: 'p', sourceArn, targetArn: functionArn };

const record = (body: string): PipeRecord =>
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

const filled = (template: string, body = 'hello') => inputTemplate(template, owner, 't')(record(body), 0);

const order = '{ "id": 7, "name": "A", "lines": [{ "sku": "x" }, { "sku": "y" }], "paid": true, "n": null }';

test.each([
  ['a text gets quotes', '{"a":<$.messageId>}', '{"a":"m-1"}'],
  ['a text has its quotes already', '{"a":"<$.messageId>"}', '{"a":"m-1"}'],
  ['a text stands within a text', '"Hello, <$.attributes.SenderId>!"', '"Hello, AROA:s!"'],
  ['an object stands as it is', '{"a":<$.body>}', `{"a":${JSON.stringify(JSON.parse(order))}}`],
  ['a field of the body', '{"a":<$.body.name>}', '{"a":"A"}'],
  ['a number', '{"a":<$.body.id>}', '{"a":7}'],
  ['a number within a text', '{"a":"no. <$.body.id>"}', '{"a":"no. 7"}'],
  ['true and null', '[<$.body.paid>,<$.body.n>]', '[true,null]'],
  ['an element of an array', '{"a":<$.body.lines[1].sku>}', '{"a":"y"}'],
  ['an object within a text loses its quotes', '{"a":"is <$.body.lines>"}', '{"a":"is [{sku:x},{sku:y}]"}'],
  ['a missing value within a text', '{"a":"-<$.body.missing>-"}', '{"a":"--"}'],
  ['an index is none of an object', '{"a":"-<$.body[0]>-"}', '{"a":"--"}'],
  ['a name is none of an array', '{"a":"-<$.body.lines.length>-"}', '{"a":"--"}'],
  ['nothing is inherited', '{"a":"-<$.body.toString>-"}', '{"a":"--"}'],
  ['what names the pipe', '[<aws.pipes.pipe-arn>,<aws.pipes.pipe-name>]', '["arn:pipe","p"]'],
  ['its ends', '[<aws.pipes.source-arn>,<aws.pipes.target-arn>]', `["${sourceArn}","${functionArn}"]`],
  ['the time', '{"at":<aws.pipes.event.ingestion-time>}', '{"at":"1970-01-01T00:00:00.000Z"}'],
  ['no variable at all', '{"a": "b"}', '{"a": "b"}'],
  ['an escaped quote in the template', '{"a":"\\"<$.messageId>\\""}', '{"a":"\\"m-1\\""}'],
])('%s: %s', (_, template, expected) => {
  expect(filled(template, order)).toEqual({ text: expected, isJson: true });
});

test('the whole event has the body in it as JSON', () => {
  const { text } = filled('{"e":<aws.pipes.event.json>}', order);
  expect(JSON.parse(text).e).toEqual({ ...record(order), body: JSON.parse(order) });
});

test('a text alone is a JSON text', () => {
  expect(filled(' <$.body> ')).toEqual({ text: '"hello"', isJson: true });
});

test('a JSON body alone loses its quotes and is no JSON to the target', () => {
  expect(filled('<$.body>', '{"key":"value"}')).toEqual({ text: '"{key:value}"', isJson: false });
});

test.each([
  ['{"a":<$.body.missing>}', '<$.body.missing> without a value, outside of quotes,'],
  ['<$.body.missing>', '<$.body.missing> alone'],
  ['<$.body.id>', '<$.body.id> alone where its value is 7'],
  ['{"a":"<$.body.n>"}', '<$.body.n> between quotes where its value is null'],
])('%s: what AWS leaves open is said', (template, message) => {
  expect(() => filled(template, order)).toThrow(message);
});

test.each([
  ['{"a":<$.body>}', 'say "hi"'],
  ['{"a":"<$.body>"}', 'back\\slash'],
  ['{"a":<$.body>}', 'two\nlines'],
  ['{"a":"<$.body>"}', '{"a":"b\\nc"}'],
])('%s with the body %j would have to be escaped', (template, body) => {
  expect(() => filled(template, body)).toThrow('<$.body> where its text would have to be escaped');
});

test('whether a scalar is JSON or text is not known, where it is looked at', () => {
  expect(() => filled('{"a":<$.body>}', '5')).toThrow('the body 5, JSON that is no object and no array,');
  expect(filled('{"a":<$.messageId>}', '5').text).toBe('{"a":"m-1"}');
});

test('a body whose numbers would change is not passed off as unchanged', () => {
  expect(() => filled('{"a":<$.body>}', '{"n":12345678901234567890}')).toThrow(
    'a body with the number 12345678901234567890',
  );
  expect(filled('{"a":<$.body>}', '{"n":1.50,"t":"12345678901234567890"}').text).toBe(
    '{"a":{"n":1.5,"t":"12345678901234567890"}}',
  );
});

test('the event as JSON asks for a body that is', () => {
  expect(() => filled('{"e":<aws.pipes.event.json>}')).toThrow('whose body is no JSON');
});

test.each([
  ['Hello <$.messageId>', 't: an input template that is no JSON is not simulated'],
  ['{"a":1,}', 'no JSON'],
  ['{<$.messageId>:1}', 'no JSON'],
  ['{"a":"b < c"}', 'a single "<"'],
  ['{"a":"b > c"}', 'a single ">"'],
  ['{"a":<$.body.*>}', 'the JSON path $.body.*'],
  ['{"a":<$>}', 'the JSON path $'],
  ['{"a":<$.body.lines.0>}', 'the JSON path $.body.lines.0'],
  ['{"a":<$.body..b>}', 'the JSON path $.body..b'],
  ['{"a":<aws.pipes.event>}', 'the variable <aws.pipes.event>'],
  ['{"a":<aws.pipes.enrichment-arn>}', 'the variable <aws.pipes.enrichment-arn>'],
  ['{"a":"<aws.pipes.event.json>"}', 'other than as the value of a field'],
  ['<aws.pipes.event.json>', 'other than as the value of a field'],
  ['', 't has 0 characters; Pipes take 1 to 8,192'],
  [`"${'x'.repeat(8191)}"`, 't has 8193 characters'],
])('the template %.40s is refused before any message comes', (template, message) => {
  expect(() => inputTemplate(template, owner, 't')).toThrow(message);
});

test('8,192 characters are not too many', () => {
  expect(filled(`"${'x'.repeat(8190)}"`).text).toHaveLength(8192);
});

test('whatever JSON a body is, it arrives as the value of a field', () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
      const body = JSON.stringify(value);
      const { text } = filled('{"id":<$.messageId>,"data":<$.body>}', body);
      expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify({ id: 'm-1', data: JSON.parse(body) }));
    }),
  );
});
