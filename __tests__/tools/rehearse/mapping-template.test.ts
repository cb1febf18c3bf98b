import { expect, test } from 'vitest';
import { contextVariable, overrides } from '../../../tools/rehearse/api-gateway/context-variable';
import { renderMappingTemplate } from '../../../tools/rehearse/api-gateway/mapping-template';
import { noParameters } from '../../../tools/rehearse/api-gateway/request-parameters';

const context = () =>
  contextVariable({ requestId: 'r-1', identity: { sourceIp: '203.0.113.1', user: null }, authorizer: null });

const params = {
  path: new Map([['id', 'from path']]),
  querystring: new Map([
    ['id', 'from query'],
    ['q', 'from query'],
  ]),
  header: new Map([
    ['q', 'from header'],
    ['X-Signature', 's&1'],
  ]),
};

const render = (template: string, body = '{"a":{"b":[1,{"c":"d"}]},"none":null,"the key":"x","list":[]}') =>
  renderMappingTemplate(template, { body, params, context: context() }, 'the template');

test.each([
  // The body is what was sent, and an empty one is an empty object.
  ['$input.body', '{ "a" : 1 }', '{ "a" : 1 }'],
  ['$input.body', 'not JSON &', 'not JSON &'],
  ['$input.body', '', '{}'],
  ["[$input.path('$.a')]", '', '[]'],
  ['[$input.body.a]', '{"a":1}', '[]'],
])('%s of the body %j is %j', (template, body, expected) => {
  expect(render(template, body)).toBe(expected);
});

test.each([
  ["$input.path('$.a.b[1].c')", 'd'],
  ["$input.path('$.a.b')[0]", '1'],
  ['$input.path("$[\'the key\']")', 'x'],
  ["[$input.path('$.none')][$input.path('$.a.x.y')][$input.path('$.a[0]')]", '[][][]'],
  ["$input.json('$.a')", '{"b":[1,{"c":"d"}]}'],
  ["$input.json('$.list')", '[]'],
  // Path, then query string, then header; a header only by the name it was sent with.
  ["$input.params('id'), $input.params('q'), $input.params('X-Signature')", 'from path, from query, s&1'],
  ["[$input.params('x-signature')]", '[]'],
  ["$input.params().path.id $input.params().querystring.get('q')", 'from path from query'],
  [
    '#foreach($n in $input.params().header.keySet())$n=$input.params().header.get($n);#end',
    'q=from header;X-Signature=s&1;',
  ],
])('%s gives %j', (template, expected) => {
  expect(render(template)).toBe(expected);
});

test.each([
  // Form encoding: only these stay as they are.
  ['a b+c&d=e%f#g', 'a+b%2Bc%26d%3De%25f%23g'],
  [".-*_!'()~/", '.-*_%21%27%28%29%7E%2F'],
  ['"\\\n\r\t\u0000', '%22%5C%0A%0D%09%00'],
  ['한🙂é', '%ED%95%9C%F0%9F%99%82%C3%A9'],
  ['$input.body #set($x = 1)', '%24input.body+%23set%28%24x+%3D+1%29'],
])('$util.urlEncode of %j is %j', (body, expected) => {
  expect(render('$util.urlEncode($input.body)', body)).toBe(expected);
});

test.each([
  ['$util.urlEncode($input.path("$.missing"))', ''],
  ['$util.urlDecode("a+b%26c")', 'a b&c'],
  ['$util.base64Encode("한")', '7ZWc'],
  ['$util.base64Decode("7ZWc")', '한'],
  ['$util.parseJson("[1, 2]")[1]', '2'],
])('%s gives %j', (template, expected) => {
  expect(render(template)).toBe(expected);
});

test('$util.escapeJavaScript escapes quotes of both kinds, backslashes and line ends', () => {
  expect(render('$util.escapeJavaScript($input.body)', 'it\'s "a\\b"\n\r\t')).toBe(
    'it\\\'s \\"a\\\\b\\"\\n\\r\\t',
  );
});

test.each([
  ['$context.requestId $context.identity.sourceIp', 'r-1 203.0.113.1'],
  // API Gateway's own maps print nothing; what it leaves undefined is nothing.
  ['[$context.identity][$context.identity.user][$context.authorizer.principalId]', '[][][]'],
])('%s gives %j', (template, expected) => {
  expect(render(template)).toBe(expected);
});

test.each([
  ['$context.stage', '$context.stage'],
  ['$context.identity.userAgent', '$context.identity.userAgent'],
  ['$context.identity.get("userAgent")', '$context.identity.get()'],
  ['$stageVariables.name', '$stageVariables.name'],
  ['$input.boody', '$input.boody'],
  ['$util.escapeJava("x")', '$util.escapeJava()'],
  ['$util', '$util: printing it'],
  ['#set($input = 1)', '#set of $input'],
  ['#set($context.requestId = "x")', '#set of $context.requestId'],
  ["$input.path('$..a')", '$input.path(\'$..a\'): the path "$..a" from "..a" on'],
  ["$input.path('$.a[?(@.b)]')", 'from "[?(@.b)]" on'],
  ["$input.path('a')", 'a path that does not start at "$"'],
  ["$input.json('$.missing')", "$input.json('$.missing') of what is not there"],
  ['$util.escapeJavaScript("a/b")', '$util.escapeJavaScript of "/"'],
  ['$util.parseJson("{")', '$util.parseJson of what is not JSON'],
])('%s is refused by name', (template, named) => {
  expect(() => render(template)).toThrow(named);
});

test('a path into a body that is not JSON is refused by name', () => {
  expect(() => render("$input.path('$.a')", 'a=b')).toThrow(
    "the template: $input.path('$.a'): a body that is not JSON is not simulated",
  );
});

test('an override that a template sets is there for who sends the answer', () => {
  const shared = context();

  const rendered = renderMappingTemplate(
    '#set($context.responseOverride.status = 413)#set($context.responseOverride.header.Retry = "9")x',
    { body: '', params: noParameters, context: shared },
    'the template',
  );

  expect(rendered).toBe('x');
  expect(overrides(shared, 'responseOverride')).toEqual(
    new Map<string, unknown>([
      ['header.Retry', '9'],
      ['status', 413],
    ]),
  );
  expect(overrides(shared, 'requestOverride')).toEqual(new Map());
});
