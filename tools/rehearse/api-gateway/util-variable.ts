import { NotSimulated } from '../../not-simulated';
import { fromJson, type HostObject, print, type Value } from '../velocity/value';

/**
 * `$util` of a mapping template.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
 */
export const utilVariable = (where: string): HostObject => ({
  kind: 'object',
  name: 'util',
  properties: {},
  methods: {
    urlEncode: (value = null) => formEncoded(print(value)),
    urlDecode: (value = null) => decodeURIComponent(print(value).replaceAll('+', ' ')),
    base64Encode: (value = null) => Buffer.from(print(value)).toString('base64'),
    base64Decode: (value = null) => Buffer.from(print(value), 'base64').toString(),
    parseJson: (value = null) => parsedJson(value, where),
    escapeJavaScript: (value = null) => escapedJavaScript(print(value), where),
  },
});

/** Form encoding, as `java.net.URLEncoder` does it: a space becomes `+`, and only `.-*_` and alphanumerics stay. */
const formEncoded = (text: string) =>
  encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

function parsedJson(value: Value, where: string): Value {
  try {
    return fromJson(JSON.parse(print(value)));
  } catch {
    throw new NotSimulated(where, '$util.parseJson of what is not JSON');
  }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "'": "\\'",
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** What becomes of `/`, of control characters and of letters beyond ASCII is not documented. */
function escapedJavaScript(text: string, where: string): string {
  const unclear = /[^\t\n\r -.0-~]/u.exec(text);
  if (unclear) throw new NotSimulated(where, `$util.escapeJavaScript of ${JSON.stringify(unclear[0])}`);
  return text.replace(/["'\\\n\r\t]/g, (character) => escapes[character] ?? character);
}
