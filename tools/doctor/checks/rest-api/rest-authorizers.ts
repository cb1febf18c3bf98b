import type { Authorizer, Method } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import { defaultTtlSeconds, type SynthesizedAuthorizer } from './rest-authorizer-plan';
import { answersItself, type Circumstances, callersOf, finding, type Part } from './rest-circumstances';
import type { SynthesizedRoute } from './rest-plan';

/** Whom authorizers let in otherwise than synthesized. */
export function authorizerFindings(
  deployed: readonly Authorizer[],
  circumstances: Circumstances,
): readonly Finding[] {
  return circumstances.api.authorizers.flatMap((authorizer) => {
    const there = deployed.find(({ name }) => name === authorizer.name);
    const parts = there
      ? differences(authorizer, there, circumstances)
      : [missing(authorizer, circumstances)];
    return parts.map((part) =>
      finding(circumstances, {
        at: authorizer.address,
        subject: `authorizer ${authorizer.name} of ${circumstances.subject}`,
        ...part,
      }),
    );
  });
}

/** A method may ask another authorizer than its own. */
export function authorizerOfMethodFindings(
  route: SynthesizedRoute,
  { authorizerId }: Method,
  deployed: readonly Authorizer[],
  circumstances: Circumstances,
): readonly Finding[] {
  const wanted = circumstances.api.authorizers.find(({ id }) => id === route.authorizerId);
  const there = deployed.find(({ id }) => id === authorizerId);
  if (!wanted || authorizerId === undefined || there?.name === wanted.name) return [];
  return [
    finding(circumstances, {
      at: route.address,
      subject: `route ${route.name} of ${circumstances.subject}`,
      code: 'method-authorizer',
      severity: 'error',
      problem: `it asks the authorizer ${there?.name ?? authorizerId}`,
      synthesized: wanted.name,
      deployed: there?.name ?? authorizerId,
      seen: `that one says which ${callersOf([route])} are let in`,
    }),
  ];
}

const routesOf = ({ id }: SynthesizedAuthorizer, { api }: Circumstances) =>
  callersOf(api.routes.filter(({ authorizerId }) => authorizerId === id));

const failing = (authorizer: SynthesizedAuthorizer, circumstances: Circumstances) =>
  `${routesOf(authorizer, circumstances)} get ${answersItself(circumstances, 'AUTHORIZER_CONFIGURATION_ERROR')}, and nothing is queued`;

const missing = (authorizer: SynthesizedAuthorizer, circumstances: Circumstances): Part => ({
  code: 'authorizer-missing',
  severity: 'error',
  problem: 'it does not exist',
  synthesized: authorizer.name,
  deployed: 'nothing',
  seen: failing(authorizer, circumstances),
});

function differences(
  authorizer: SynthesizedAuthorizer,
  deployed: Authorizer,
  circumstances: Circumstances,
): readonly Part[] {
  const callers = routesOf(authorizer, circumstances);
  const compared: readonly (readonly [what: string, synthesized: string, deployed: string, seen: string])[] =
    [
      ['type', authorizer.type, deployed.type ?? 'none', failing(authorizer, circumstances)],
      [
        'function',
        authorizer.uri,
        deployed.authorizerUri ?? 'none',
        `another function says which ${callers} are let in, or none can be called`,
      ],
      [
        'credentials',
        authorizer.credentials ?? 'none',
        deployed.authorizerCredentials ?? 'none',
        `where that role may not call the function, ${failing(authorizer, circumstances)}`,
      ],
      [
        'identity source',
        authorizer.identitySource ?? 'none',
        deployed.identitySource ?? 'none',
        `${callers} without what it names get ${answersItself(circumstances, 'UNAUTHORIZED')}`,
      ],
      [
        'time to live',
        `${authorizer.ttlSeconds} s`,
        `${deployed.authorizerResultTtlInSeconds ?? defaultTtlSeconds} s`,
        `an answer counts that long for all requests of ${callers} with the same headers, also once it is outdated`,
      ],
    ];
  return compared
    .filter(([, wanted, there]) => wanted !== there)
    .map(([what, synthesized, there, seen]) => ({
      code: `authorizer-${what.replaceAll(' ', '-')}`,
      severity: 'error',
      problem: `its ${what} is ${there}`,
      synthesized,
      deployed: there,
      seen,
    }));
}
