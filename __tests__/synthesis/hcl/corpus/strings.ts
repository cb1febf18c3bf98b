import { type Case, carrying } from './case';

/** Literal text in every disguise. */
export const strings: readonly Case[] = [
  carrying('quotes', 'say "no"'),
  carrying('a backslash sequence of a regular expression', '^\\d+\\.\\$default$'),
  carrying('a Windows path', 'C:\\new\\table'),
  carrying('several lines', 'one\ntwo'),
  carrying('several lines with a final newline', 'one\n\ntwo\n'),
  carrying('a line that reads EOF', 'one\nEOF\ntwo'),
  carrying('carriage returns', 'one\r\ntwo\r\n'),
  carrying('tabs and control characters', 'a\tb\u0001\u001b[0m\u007f\u0085'),
  carrying('a null character', 'a\u0000b'),
  carrying('an escaped template beside quotes', '$${y} "x"'),
  carrying('an escaped directive', '%%{if} "x"'),
  carrying('runs of dollars and percents', '$ $$ $a $$${a} $$$${b} %%%{c} 100% %% $%%{d}'),
  carrying('dollars before other characters', '$"{x}" $\\{ %\n{'),
  carrying('empty and blank', ['', ' ', '  a  ']),
  carrying('strings that look like other types', [
    '123',
    '007',
    '1e3',
    'true',
    'false',
    'null',
    '-',
    '[',
    '{',
    '"',
  ]),
  carrying('an astral character, Korean and a combining accent', '😀 알림 e\u0301 \u0301'),
  carrying('marks that turn or hide text', 'a\u202eb\u200bc\u2028d\ufeff'),
  carrying(
    'a Velocity template',
    '#set($b = "x") $context.requestId $input.json(\'$.a\') #if($b == "x")\\"#end',
  ),
  carrying('something that looks like a comment', '# no // no /* no */'),
  carrying('an HTML text', '<a href="x">&amp;</a>'),
];

/** JSON inside strings. */
export const jsonStrings: readonly Case[] = [
  carrying(
    'canonical JSON',
    '{"Action":["a","b"],"Effect":"Allow","Number":1.5,"Sub":{"none":null,"yes":true}}',
  ),
  carrying('canonical JSON in a list', '[1,2,{"a":[]},{}]'),
  carrying('canonical JSON with template characters', '{"a":"$${b}","c":"%%{d}"}'),
  carrying('canonical JSON with HTML characters', '{"a":"\\u003cb\\u003e \\u0026"}'),
  carrying('JSON with raw HTML characters', '{"a":"<b>"}'),
  carrying('JSON with unsorted keys', '{"b":1,"a":2}'),
  carrying('JSON with spaces', '{"a": 1}'),
  carrying('JSON with numbers of other spelling', '[1.0,1e3,-0,12345678901234567890]'),
  carrying('JSON with control characters', '{"a":"\\b\\f\\n\\u0001"}'),
  carrying('JSON in JSON', JSON.stringify({ inner: JSON.stringify({ deep: 'say "x"\\n' }) })),
  carrying('JSON with sorted astral keys', '{"":1,"😀":2}'),
  carrying('JSON with a decomposed letter', '{"a":"e\u0301"}'),
  carrying('JSON with an expression', '{"Resource":"${upper("arn")}","Quote":"\\"${1 + 1}\\""}'),
  carrying('JSON of scalars and of nothing', ['"a"', '1', 'null', '{}', '[]', '[ ]', '{"a":1}x']),
];
