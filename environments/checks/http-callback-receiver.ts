import type { HttpCallbackReceiverSettings, HttpCallbackSettings, JwtSettings } from '../environment';
import { stageSettings } from './api-settings';
import { all, below, type Check, list, object, optional, rule } from './check';
import { domain, fittingDomain } from './domain';
import { restOnly, restOnlyCallback } from './http-api-limits';
import { httpIdProblems } from './http-ids';
import { pathRule } from './paths';
import { callbackQueue } from './queue-settings';
import { elements, repeats, textOf, valueAt } from './reading';
import { boolean, integer, matching, settingName } from './rules';
import { shown } from './shown';
import type { Surroundings } from './surroundings';
import { issuerRule, originRule } from './web-addresses';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const mostCallbacks = 300;
const mostAudiences = 50;
const mostScopes = 10;

export const httpCallbackReceiver = (around: Surroundings) =>
  restOnly(
    all(
      object<HttpCallbackReceiverSettings>({
        ...stageSettings,
        domain: optional(domain(around.home, 'http')),
        disableExecuteApiEndpoint: optional(rule(boolean)),
        cors: optional(cors),
        callbacks: all(
          list(
            callback(around),
            `1 to ${mostCallbacks} callbacks, each of which is an integration of the API`,
            { atLeast: 1, atMost: mostCallbacks },
          ),
          distinct,
        ),
      }),
      fittingDomain('http'),
    ),
  );

const callback = ({ home }: Surroundings) =>
  restOnlyCallback(
    all(
      object<HttpCallbackSettings>({
        name: rule(settingName),
        path: rule(pathRule),
        jwt: optional(jwt),
        queue: optional(callbackQueue(home)),
      }),
      httpIdProblems,
    ),
  );

/** As OAuth 2.0 defines a scope. https://datatracker.ietf.org/doc/html/rfc6749#section-3.3 */
const scopeRule = matching(
  /^[!#-[\]-~]{1,64}$/,
  'a scope: 1 to 64 visible ASCII characters, without quotes and backslashes',
);

const audienceRule = matching(
  /^[!-~]{1,256}$/,
  'an audience: 1 to 256 visible ASCII characters, as the issuer writes it into aud',
);

const jwt = object<JwtSettings>({
  issuer: rule(issuerRule),
  audience: once(
    list(
      rule(audienceRule),
      `1 to ${mostAudiences} audiences: without one each token of the issuer would do`,
      {
        atLeast: 1,
        atMost: mostAudiences,
      },
    ),
  ),
  scopes: optional(
    once(
      list(rule(scopeRule), `1 to ${mostScopes} scopes; leave it out where any token will do`, {
        atLeast: 1,
        atMost: mostScopes,
      }),
    ),
  ),
});

const headerRule = matching(
  /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}$/,
  'the name of a request header: letters, digits, - and _',
);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
const cors = object<NonNullable<HttpCallbackReceiverSettings['cors']>>({
  allowOrigins: all(
    once(list(rule(originRule), "at least one origin: 'https://shop.example.com'", { atLeast: 1 })),
    (value, field) =>
      elements(value).includes('*') && elements(value).length > 1
        ? [
            {
              field,
              value,
              rule: 'must have no other origin beside "*", which is all of them: leave the others out',
            },
          ]
        : [],
  ),
  allowHeaders: optional(once(list(rule(headerRule), 'header names', {}), (name) => name.toLowerCase())),
  maxAgeSeconds: optional(rule(integer(0, 86_400, 'of seconds'))),
});

/** A list without repeats. */
function once(check: Check, same = (text: string) => text): Check {
  return all(check, (value, field) =>
    repeats(elements(value).map((one) => (typeof one === 'string' ? same(one) : undefined))).map(
      ({ index, first }) => ({
        field: below(field, index),
        value: elements(value)[index],
        rule: `is ${below(field, first)}, ${shown(elements(value)[first])}, too: leave one out`,
      }),
    ),
  );
}

const distinct: Check = (value, field) =>
  (['name', 'path'] as const).flatMap((key) => {
    const texts = elements(value).map((one) => textOf(valueAt(one, key)));
    return repeats(texts).map(({ index, first }) => ({
      field: below(below(field, index), key),
      value: texts[index],
      rule: `is the ${key} of ${below(field, first)} too: give each callback its own`,
    }));
  });
