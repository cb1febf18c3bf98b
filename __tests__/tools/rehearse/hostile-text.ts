import fc from 'fast-check';

/** What could end a field, start a parameter, or be taken for a template. */
const pieces = [
  '&',
  '%',
  '+',
  '=',
  '#',
  '"',
  "'",
  '\\',
  ' ',
  '\n',
  '\r\n',
  '\u0000',
  '%26',
  '%{',
  '$input',
  '$input.body',
  '${x}',
  '$${x}',
  '${context.requestId}',
  '$util.urlEncode("x")',
  '#set($n = 7)',
  '#if(true)',
  '#end',
  '##',
  '#*',
  '&Action=PurgeQueue',
  '&MessageBody=other',
  '&MessageGroupId=victim',
  '&MessageAttribute.1.Value.StringValue=victim',
  '한글',
  '🙂',
];

/** Any Unicode text, with what could do harm more often than chance would have it. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 8 })
  .map((parts) => parts.join(''));
