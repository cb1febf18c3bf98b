const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** What a word at the end of a name says of the value: these hold what opens something. */
const SECRET_WORDS = words(
  'apikey credential credentials passphrase password passwords passwd psk pwd secret secrets token',
);
/** What means many things, only behind these: most keys (of objects, of maps) are no secrets. */
const SECRET_PAIRS: Readonly<Record<string, ReadonlySet<string>>> = {
  key: words(
    'access account api auth encryption hmac license master preshared private secret shared signing',
  ),
  auth: words('basic'),
  pass: words('admin database db ftp mail mysql pg redis root smtp user'),
};
/** Say of which form the secret is: `secret_string`, `private_key_pem`, `password_wo`, `TOKEN_V2`. */
const FORMS = words(
  'base64 binary hash live new old openssh pem pkcs8 plaintext string test v1 v2 v4 value wo',
);
/** Make a request idempotent or go on with a list. */
const NO_SECRETS: ReadonlySet<string> = new Set([
  'client request token',
  'client token',
  'continuation token',
  'creation token',
  'idempotency token',
  'next token',
]);
/** What a variable tells about a secret without being one: where it is, its name, how long it lives. */
const ABOUT: ReadonlySet<string> = new Set([
  ...words(
    'arn bucket domain endpoint file header host id ids issuer name names path port prefix provider queue',
  ),
  ...words(
    'region table topic uri url algorithm count enabled expiry field length minutes mode policy required',
  ),
  ...words('seconds ttl type version'),
]);
/** Headers and parameters that authorize. */
const SECRET_PARAMETERS = /^(proxy-)?authorization$|^(set-)?cookie$|signature$/i;

/**
 * An attribute's last word says what it holds: `key_id`, `token_validity` and `password_policy` are no
 * secrets.
 */
export function isSecretName(name: string): boolean {
  const said = wordsOf(name);
  while (said.length > 1 && FORMS.has(said.at(-1) ?? '')) said.pop();
  return !NO_SECRETS.has(said.join(' ')) && endsInSecret(said);
}

/**
 * A variable of a program is named freely: any of its words counts, unless the last says that it is about a
 * secret.
 */
export function isSecretVariable(name: string): boolean {
  const said = wordsOf(name);
  if (ABOUT.has(said.at(-1) ?? '') || NO_SECRETS.has(said.join(' '))) return false;
  return said.some((_word, index) => endsInSecret(said.slice(0, index + 1)));
}

/** Of a header or a query parameter, also as API Gateway maps it: `integration.request.header.X-Api-Key`. */
export function isSecretParameter(name: string): boolean {
  const parameter = name.slice(name.lastIndexOf('.') + 1);
  return SECRET_PARAMETERS.test(parameter) || isSecretVariable(parameter);
}

const endsInSecret = (said: readonly string[]): boolean => {
  const last = said.at(-1) ?? '';
  return SECRET_WORDS.has(last) || (SECRET_PAIRS[last]?.has(said.at(-2) ?? '') ?? false);
};

/** `clientSecret`, `CLIENT_SECRET` and `X-Client-Secret` in lower-case words. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

/** Attributes whose names do not tell, by their resources' or data sources' types. */
const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_api_key: ['value'],
  aws_appsync_api_key: ['key'],
  aws_grafana_workspace_api_key: ['key'],
  aws_kms_ciphertext: ['plaintext'],
  aws_kms_secrets: ['plaintext'],
  aws_ssm_parameter: ['value', 'value_wo'],
  aws_vpn_connection: ['customer_gateway_configuration'],
  random_password: ['result', 'bcrypt_hash'],
};

export const isSecretOfType = (type: string, attribute: string): boolean =>
  BY_TYPE[type]?.includes(attribute) ?? false;

/**
 * What stands under a secret's name and is none: where the secret is, a unit of its life, a mode; nothing.
 */
export const isNoSecret = (value: string): boolean =>
  /^$|^arn:|^alias\/|^\{\{resolve:|^\(sensitive \d+\)$/.test(value) ||
  /^(true|false|null|none|required|optional|enabled|disabled|seconds|minutes|hours|days)$/i.test(value);
