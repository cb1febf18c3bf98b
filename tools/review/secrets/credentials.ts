/** A part of a text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Prefixes that their issuers document so that leaked tokens can be found. Quantifiers are bounded for speed.
 */
const TOKENS = new RegExp(
  [
    // JSON Web Token: https://datatracker.ietf.org/doc/html/rfc7519
    '(?:(?<![\\w-])|(?<=\\\\[nrt]))eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]*',
    'gh[opsru]_[A-Za-z0-9]{30,255}|github_pat_\\w{22,255}', // GitHub
    'glpat-[\\w-]{20,255}', // GitLab
    'xox[abeoprs]-[\\w-]{10,255}|xapp-[\\w-]{10,255}|hooks\\.slack\\.com/services/\\w+/\\w+/\\w+', // Slack
    '[rs]k_(?:live|test)_[A-Za-z0-9]{10,255}|whsec_[A-Za-z0-9+/=]{16,255}', // Stripe
    'npm_[A-Za-z0-9]{30,255}|pypi-[\\w-]{40,400}|dckr_pat_[\\w-]{20,255}', // registries
    'AIza[\\w-]{35}', // Google
    'SG\\.[\\w-]{16,64}\\.[\\w-]{16,64}', // SendGrid
    'sk-(?:proj-|ant-[a-z0-9]+-)?[A-Za-z0-9]{20,255}', // OpenAI, Anthropic
    'hv[bs]\\.[\\w-]{20,255}', // Vault
    'dop_v1_[a-f0-9]{64}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|AGE-SECRET-KEY-1[A-Z0-9]{50,60}',
  ].join('|'),
  'g',
);
/** Within a longer word it is a part of something else; after `\n` in escaped text a word begins. */
const BEGINS = /(?:^|[^A-Za-z0-9_-]|\\[nrt])$/;

/** HCP Terraform's tokens begin with anything. */
const TERRAFORM_TOKEN = /[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,255}/g;
const PRIVATE_KEY = (() => {
  const line = (word: string) => `-----${word} [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----`;
  return new RegExp(`${line('BEGIN')}[\\s\\S]*?(?:${line('END')}|$)`, 'g');
})();
/** The password of `scheme://user:password@host`; of a reference in its place nothing is known. */
const IN_URL = /:\/\/[^\s/:@"'<>\\]{0,256}:((?!\$\{)[^\s/@"'<>\\]{1,256})@/dg;
const SCHEME = /\b(Bearer|Basic)\s+([A-Za-z0-9._~+/-]{8,4096}=*)/dgi;
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const AWS_KEYS = new RegExp(
  [
    '(?<![A-Za-z0-9/+])(A[KS]IA[A-Z2-7]{16})(?![A-Za-z0-9/+])',
    '[\\s\\S]{1,120}?',
    '(?<![A-Za-z0-9/+])([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])',
  ].join(''),
  'dg',
);
export const AWS_KEY_ID = /^A[KS]IA[A-Z2-7]{16}$/;
export const AWS_SECRET_KEY = /^[A-Za-z0-9/+]{40}$/;

/** Text with a mask in the place of whatever is a credential by its looks. */
export function withoutCredentials(text: string, mask: (secret: string) => string): string {
  let result = '';
  let end = 0;
  for (const span of credentialsIn(text)) {
    result += text.slice(end, span.start) + mask(text.slice(span.start, span.end));
    end = span.end;
  }
  return end === 0 ? text : result + text.slice(end);
}

/** In their order, none within another. */
function credentialsIn(text: string): readonly Span[] {
  const found: Span[] = [];
  const add = (range: readonly [number, number] | undefined) => {
    if (range) found.push({ start: range[0], end: range[1] });
  };
  if (text.includes('-----BEGIN'))
    for (const { index, 0: key } of text.matchAll(PRIVATE_KEY)) add([index, index + key.length]);
  for (const { index, 0: token } of text.matchAll(TOKENS)) {
    if (BEGINS.test(text.slice(Math.max(0, index - 2), index))) add([index, index + token.length]);
  }
  if (text.includes('.atlasv1.')) {
    for (const { index, 0: token } of text.matchAll(TERRAFORM_TOKEN)) add([index, index + token.length]);
  }
  if (text.includes('://')) for (const { indices } of text.matchAll(IN_URL)) add(indices?.[1]);
  for (const { indices, 1: scheme = '', 2: credential = '' } of text.matchAll(SCHEME)) {
    if (/^basic$/i.test(scheme) ? isUserAndPassword(credential) : isNoProse(credential)) add(indices?.[2]);
  }
  if (/A[KS]IA/.test(text)) {
    for (const { indices } of text.matchAll(AWS_KEYS)) {
      add(indices?.[1]);
      add(indices?.[2]);
    }
  }
  return withoutOverlaps(found.toSorted((a, b) => a.start - b.start || b.end - a.end));
}

/**
 * https://datatracker.ietf.org/doc/html/rfc7617: `user:password` in base64; not the `authentication` of
 * prose.
 */
const isUserAndPassword = (base64: string): boolean =>
  base64.replace(/=+$/, '').length % 4 !== 1 &&
  /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(base64, 'base64').toString());

const isNoProse = (token: string): boolean =>
  /\d/.test(token) ||
  token.length >= 20 ||
  (token.length >= 16 && /[a-z]/.test(token) && /[A-Z]/.test(token));

const withoutOverlaps = (sorted: readonly Span[]): readonly Span[] => {
  let end = 0;
  return sorted.filter((span) => {
    const apart = span.start >= end;
    if (apart) end = span.end;
    return apart;
  });
};
