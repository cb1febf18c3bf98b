import { expect, test } from 'vitest';
import { evaluate } from '../../../tools/rehearse/velocity/evaluate';
import { parseTemplate } from '../../../tools/rehearse/velocity/parse';
import { fromJson, type Value } from '../../../tools/rehearse/velocity/value';

const variables = (): Map<string, Value> =>
  new Map(
    Object.entries({
      text: 'Content-Type',
      empty: '',
      number: 7,
      no: false,
      yes: true,
      list: ['a', 'b', 'c'],
      map: { 'X-One': '1', two: { three: [{ four: 'x' }] } },
      nothing: null,
    }).map(([name, value]) => [name, fromJson(value)]),
  );

const render = (template: string) =>
  evaluate(parseTemplate(template, 'the template'), variables(), 'the template');

test.each([
  ['plain text & more', 'plain text & more'],
  ['$text ${text} $!text $!{text}', 'Content-Type Content-Type Content-Type Content-Type'],
  ['a.${number}.Name', 'a.7.Name'],
  ['$text.', 'Content-Type.'],
  ['$ 5 $.x # #5 #fff a@b.c', '$ 5 $.x # #5 #fff a@b.c'],
  ['"$text"', '"Content-Type"'],
  ['$yes $no $number', 'true false 7'],
  // What is not there prints nothing, in quotes too.
  [
    '[$unknown] [$!unknown] [$nothing] [$map.no.way] [$unknown.method()] [$text.property]',
    '[] [] [] [] [] []',
  ],
  // Maps print as Java's, lists as JSON.
  ['$map.two', '{three=[{"four":"x"}]}'],
  ['$map.two.three', '[{"four":"x"}]'],
  ['$map.two.three[0]', '{four=x}'],
  ['$map.two.three[0].four $map["X-One"] $map.get("X-One") $list[1] [$list[9]]', 'x 1 1 b []'],
  ['$map.two.toString()', '{three=[{"four":"x"}]}'],
  ['$text.toLowerCase()', 'content-type'],
  ['#if($text.contains("Type"))yes#end#if($text.contains("type"))no#end', 'yes'],
  ['#set($n = 4)#set($n = $n + 1)#set($n = $n + 1)$n', '6'],
  ['#set($n = 4 - 1)$n', '3'],
  ['#set($t = "a" + $number)$t', 'a7'],
  ['#set($t = "<$text>")$t', '<Content-Type>'],
  ["#set($t = '<$text>')$t", '<$text>'],
  ['#set($text = $nothing)[$text]', '[]'],
  ['#foreach($x in $list)$x#if($foreach.hasNext),#end#end', 'a,b,c'],
  ['#foreach($x in ["p", "q"])$velocityCount$foreach.count$foreach.index$x #end', '110p 221q '],
  ['#foreach($name in $map.keySet())[$name=$map.get($name)]#end', '[X-One=1][two={three=[{"four":"x"}]}]'],
  ['#foreach($x in $nothing)x#end', ''],
  ['#foreach($x in $list)#foreach($y in $list)$x$y #end#end', 'aa ab ac ba bb bc ca cb cc '],
  // The loop's own variables end with it, others stay.
  [
    '#set($x = "before")#foreach($x in $list)#set($last = $x)#end$x $last [$foreach] [$velocityCount]',
    'before c [] []',
  ],
  ['#if($text == "x")1#elseif($text == "Content-Type")2#else 3#end', '2'],
  ['#if($text == "x")1#elseif($text == "y")2#else 3#end', ' 3'],
  ['#if($no)1#elseif($no || $yes)2#end', '2'],
  ['#if($yes && !$no)1#end#if(!$yes || $no)2#end', '1'],
  ['#if(($number > 6) && $number < 8 && $number >= 7 && $number <= 7)1#end', '1'],
  ['#if($number == 7)1#end#if($number == "7")2#end#if($number != 8)3#end', '123'],
  // What is not there equals null and the empty string, and is true.
  ['#if($unknown == $null)1#end#if($unknown == "")2#end#if($unknown != "")3#end#if($unknown)4#end', '124'],
  ['#if($empty == $null)1#end#if($empty != "")2#end#if($text != "")3#end', '13'],
  ['#if($list == "[1]")1#else 2#end', ' 2'],
  ['## all of it\nx#* in between *#y', 'xy'],
  // One newline goes with a directive.
  ['#set($x = 1)\nx\n#if($yes)\ny\n#end\nz', 'x\ny\nz'],
])('%j renders as %j', (template, expected) => {
  expect(render(template)).toBe(expected);
});

test('what `#set` changes is seen by the caller', () => {
  const given = variables();

  evaluate(
    parseTemplate('#set($map.two.five = 5)#set($made = $list)', 'the template'),
    given,
    'the template',
  );

  expect(given.get('made')).toEqual(['a', 'b', 'c']);
  expect(evaluate(parseTemplate('$map.two', ''), given, '')).toBe('{three=[{"four":"x"}], five=5}');
});

test.each([
  ['#macro(m)x#end', '#macro'],
  ['#evaluate("x")', 'the directive #evaluate'],
  ['#parse("x")', 'the directive #parse'],
  ['#define($d)x#end', '#define'],
  ['#stop', 'the directive #stop in this form'],
  ['#{if}($yes)x', 'the directive #{if in this form'],
  ['#foreach($x in $list)#break#end', '#break'],
  ['#[[raw]]#', '#raw'],
  ['\\$text', 'the escape \\$'],
  ["$text.contains('a\\'b')", "the quote or backslash in the string a'b"],
  ['$text.contains("a\\b")', 'the quote or backslash in the string a\\b'],
  ['$text##comment', 'the comment right after a reference in $text##'],
  ['#foreach($x in [1..3])$x#end', 'the range […..…]'],
  ['#foreach($x in $text)$x#end', '#foreach over Content-Type'],
  ['$text.replaceAll("a", "b")', '$text.replaceAll()'],
  ['$text.contains(1)', '$text.contains()'],
  ['$map.two.values()', '$map.two.values()'],
  ['#foreach($x in $list)$foreach.last#end', '$foreach.last'],
  ['#set($x = $number * 2)', 'the operator *'],
  ['#set($x = $nothing - 1)', ' - 1'],
  ['#if($text > 1)x#end', 'Content-Type > 1'],
  ['#set($x = {"a": 1})', 'a map in an expression'],
  ['#set($x = 1.5)', 'a decimal in an expression'],
  ['#set($text.length = 1)', '#set of $text.length'],
  ['#set($map.get("two") = 1)', '#set of $map.get()'],
])('%j is refused by name', (template, construct) => {
  expect(() => render(template)).toThrow(`the template: ${construct} is not simulated`);
});

test('text that is no template is refused with the place of the fault', () => {
  expect(() => parseTemplate('#if($x', 'integration x')).toThrow(
    /^integration x is not a Velocity template: .*line 1/s,
  );
});
