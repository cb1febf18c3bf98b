import { DataResource, Fn, TerraformLocal, TerraformOutput, Token } from 'cdktf';
import { type Case, carrying } from './case';

/** Expressions and directives inside strings. */
export const templates: readonly Case[] = [
  carrying('one expression', '${1 + 1}'),
  carrying('an expression between quotes', 'a "${upper("b")}" c'),
  carrying('an object in a function call', '${jsonencode({"a" = "b"})}'),
  carrying('templates in templates', '${upper("a${lower("B${"c"}")}d\\"")} \\"'),
  carrying('a conditional directive', '%{ if true }yes "1"%{ else }no%{ endif }\\'),
  carrying('a loop directive', '%{ for x in ["a", "b"] }${x},\n%{ endfor }'),
  {
    ...carrying('strip markers', ['a ${~ "b" ~} c', '${~ 5 ~}', 'x  %{~ if true ~}  y  %{~ endif ~}  z']),
    parserRewrites: true,
  },
  {
    ...carrying('operators without spaces', '${1+2*3-4>=5&&!false||1==2?-1:(2-1)%2/1}'),
    parserRewrites: true,
  },
  carrying('loops', '${[for i,x in ["a","b"]:"${i}-${x}" if x!="c"]}'),
  carrying('a grouping loop', '${{for x in ["a","b"]:x=>upper(x)...}}'),
  carrying('indexes and splats', [
    '${[{a=[1,2]}][*].a}',
    '${[[1]][0][0]}',
    'x${{"k":1}["k"]}',
    '${[{a=1}].*.a}',
  ]),
  {
    ...carrying(
      'an expression over several lines',
      '${{\n  a = 1 # one\n  b = [\n    2,\n  ]\n\n  /* c */ c = upper(\n    "x"\n  )\n}}',
    ),
    parserRewrites: true,
  },
  carrying('a loop over several lines', '${{\n  for k in ["a"] :\n  k => 1\n}}'),
  {
    ...carrying('a heredoc in an expression', 'x ${upper(<<EOT\nsay "${1 + 1}" \\n\nEOT\n)} y'),
    parserRewrites: true,
  },
  {
    ...carrying('an indented heredoc in an expression', '${<<-EOT\n    a\n      b${1}\n  EOT\n}'),
    parserRewrites: true,
  },
  carrying('an expression next to escapes', '$${a}${1}$$${b}%{if true}%%{c}%{endif}$'),
  carrying('an expression with a brace in a string', '${"}"}x${"{"}'),
  carrying('an expression with escapes', '${"\\u0041\\n\\\\$${x}"}|'),
  carrying('keys that need quotes', {
    'a b': 1,
    'x.y': 2,
    '1a': 3,
    'c"d\\e': 4,
    '': 5,
    'ké-y': 6,
    'a\nb': 7,
    알림: 8,
  }),
  carrying('keys that are words of the language', { for: 1, true: 2, null: 3, if: 4, in: 5, '//': 6 }),
  carrying('keys that are templates', { '${upper("a")}': 1, 'b${1 + 1}': 2, '$${c}': 3 }),
  {
    name: 'functions and references of CDKTF',
    build: (stack) => {
      const local = new TerraformLocal(stack, 'items', ['a', 'b']);
      const data = new DataResource(stack, 'data', {
        input: { joined: Fn.join(Fn.rawString('","'), Token.asList(local.asList)) },
      });
      new TerraformOutput(stack, 'all', {
        value: { upper: Fn.upper(`x-${Fn.lookup({ a: 'b' }, 'a')}`), id: `<${data.id}>`, plain: data.id },
      });
    },
  },
];
