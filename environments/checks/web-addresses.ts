import type { Rule } from './check';
import { firstOf, matching } from './rules';

const parsed = (value: unknown): URL | undefined =>
  typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;

/**
 * An issuer of tokens, as its tokens name it: API Gateway compares the text, and asks below it how tokens are signed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export const issuerRule: Rule = firstOf(
  matching(
    /^https:\/\/[^/\s]+\S{0,500}$/,
    'the https:// address that the issuer writes into its tokens as iss: https://login.example.com',
  ),
  (value) => {
    const { username, password, search, hash } = parsed(value) ?? {};
    return parsed(value) && !username && !password && !search && !hash
      ? undefined
      : 'must be a URL without user name, query and fragment, below which /.well-known/openid-configuration is found';
  },
);

/** Where a web page comes from, as browsers say it: scheme, host and port, in lower case. */
export const originRule: Rule = (value) =>
  value === '*' || (parsed(value)?.protocol === 'https:' && parsed(value)?.origin === value)
    ? undefined
    : 'must be the https:// origin of a page, without a path or a slash at the end, such as https://shop.example.com, or * for all';
