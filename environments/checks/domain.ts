import type { Placement } from '../../constructs/iam/placement';
import type { DomainSettings } from '../environment';
import { all, below, type Check, object, optional, type Rule, rule } from './check';
import { certificateArnRule } from './place';
import { isObject, textOf, valueAt } from './reading';
import { firstOf, matching } from './rules';

/** By what its callers speak. */
export type DomainKind = 'http' | 'websocket';

/**
 * API Gateway also takes `*.example.com`, which is no address that anyone could be given.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
const nameRule: Rule = firstOf(
  matching(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'one host name in lower case such as gw.example.com, without a wildcard',
  ),
  (name) =>
    /(^|\.)(amazonaws\.com(\.cn)?|amazonaws\.eu)$/.test(String(name))
      ? 'must be a name of your own: AWS gives out those under amazonaws.com itself'
      : undefined,
);

const segment = "[A-Za-z0-9$_.+!*'()-]+";

/**
 * AWS lists no slash for WebSocket APIs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-mappings.html
 */
const basePathRule = (kind: DomainKind): Rule =>
  firstOf(
    kind === 'websocket'
      ? matching(
          new RegExp(`^${segment}$`),
          "one segment of letters, digits and $-_.+!*'(), without slashes: AWS takes several for REST and HTTP APIs only",
        )
      : matching(
          new RegExp(`^${segment}(/${segment})*$`),
          "letters, digits and $-_.+!*'(), in segments with single slashes between them and none at the ends",
        ),
    matching(/^.{1,300}$/, 'at most 300 characters'),
    (path) =>
      String(path)
        .split('/')
        .some((part) => /^\.+$|^\(none\)$/.test(part))
        ? 'must have no segment that is ., .. or (none): clients or AWS read them as something else'
        : undefined,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
    (path) =>
      /^s?ping(\/|$)/.test(String(path))
        ? 'must not begin with ping or sping, which are API Gateway’s own'
        : undefined,
  );

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html */
const hostedZoneIdRule = matching(
  /^Z[A-Z0-9]{1,31}$/,
  'the id of a hosted zone, such as Z0123456789ABCDEFGHIJ, without /hostedzone/',
);

const truststoreUriRule = matching(
  /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[^\s?#]{1,1024}$/,
  's3://<bucket>/<key> of a PEM file',
);

/** The domain of an API whose callers speak HTTP, or WebSocket. */
export const domain = (home: Placement | undefined, kind: DomainKind): Check =>
  all(
    object<DomainSettings>({
      name: rule(nameRule),
      basePath: optional(rule(basePathRule(kind))),
      certificateArn: optional(rule(certificateArnRule(home))),
      hostedZoneId: optional(rule(hostedZoneIdRule)),
      mutualTls:
        kind === 'websocket'
          ? optional(rule(noMutualTls))
          : optional(
              object<NonNullable<DomainSettings['mutualTls']>>({
                truststoreUri: rule(truststoreUriRule),
                truststoreVersion: optional(
                  rule(
                    matching(/^[!-~]{1,1024}$/, 'the id of a version of the object, 1 to 1,024 characters'),
                  ),
                ),
              }),
            ),
    }),
    provable,
  );

/**
 * AWS has it for REST and HTTP APIs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
const noMutualTls: Rule = () =>
  'must be left out: API Gateway has mutual TLS for REST and HTTP APIs only, and the reply function, which comes through the domain too, has no certificate';

/**
 * A certificate is given, or one is made, which is for a name of at most 64 characters.
 * https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html (`DomainName`)
 */
const provable: Check = (value, field) => {
  if (!isObject(value) || value.certificateArn !== undefined) return [];
  const name = textOf(value.name);
  return [
    ...(value.hostedZoneId === undefined
      ? [
          {
            field: below(field, 'certificateArn'),
            value: undefined,
            rule: 'must be given, or hostedZoneId: a certificate that is made here is proven through a record in its zone',
          },
        ]
      : []),
    ...(name !== undefined && name.length > 64
      ? [
          {
            field: below(field, 'name'),
            value: name,
            rule: `has ${name.length} characters, and a certificate that is made here is for at most 64: shorten it, or give certificateArn`,
          },
        ]
      : []),
  ];
};

/** What a domain asks of the rest of its API's settings. */
export const fittingDomain =
  (kind: DomainKind): Check =>
  (value, field) => {
    const given = valueAt(value, 'domain');
    const disabled = valueAt(value, 'disableExecuteApiEndpoint');
    const at = below(field, 'disableExecuteApiEndpoint');
    return [
      ...(kind === 'http' && isObject(valueAt(given, 'mutualTls')) && !disabled
        ? [
            {
              field: at,
              value: disabled,
              rule: 'must be true with domain.mutualTls: whoever calls the execute-api address is asked for no certificate',
            },
          ]
        : []),
      ...(kind === 'websocket' && disabled === true && given === undefined
        ? [
            {
              field: at,
              value: disabled,
              rule: 'must be false without domain: clients could not connect, and replies would have no way',
            },
          ]
        : []),
    ];
  };
