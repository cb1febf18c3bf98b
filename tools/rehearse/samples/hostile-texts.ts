/** What could end a field, start a parameter, or be taken for a template, where a value is not encoded. */
export const hostileTexts: readonly string[] = [
  'salt+pepper&more=1',
  '&Action=PurgeQueue',
  '&MessageBody=other',
  'x&MessageAttribute.1.Value.StringValue=victim',
  '100% + 1 = 101 #1',
  '%26%3D%zz',
  '"quoted" and \'quoted\' \\ backslash',
  'line\nbreak\r\nand\ttab',
  "$input.body ${x} $util.urlEncode('x') $context.requestId",
  '#set($n = 7)#if(true)x#end ## #* *#',
  '%{if true}${upper("x")}',
  '한글 알림톡 🙂 ﷽',
  '<script>alert(1)</script>{"a":[1,2]}',
];
