import type { Method, RequestValidator } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import { answersItself, type Circumstances, finding, type Part, seenAt } from './rest-circumstances';
import type { SynthesizedRoute } from './rest-plan';
import { validatorFindings } from './rest-validators';

/** Whom and what a method lets through otherwise than synthesized. */
export function methodFindings(
  route: SynthesizedRoute,
  deployed: Method,
  validators: readonly RequestValidator[],
  circumstances: Circumstances,
): readonly Finding[] {
  return [
    ...callerFindings(route, deployed, circumstances),
    ...validatorFindings(route, deployed, validators, circumstances),
    ...parameterFindings(route, deployed, circumstances),
    ...modelFindings(route, deployed, circumstances),
  ].map((told) =>
    finding(circumstances, {
      at: route.address,
      subject: `route ${route.name} of ${circumstances.subject}`,
      ...told,
    }),
  );
}

function callerFindings(
  route: SynthesizedRoute,
  { authorizationType = 'NONE', apiKeyRequired = false }: Method,
  circumstances: Circumstances,
): readonly Part[] {
  const { callers } = seenAt(route, circumstances);
  const refused = answersItself(
    circumstances,
    authorizationType === 'AWS_IAM' ? 'MISSING_AUTHENTICATION_TOKEN' : 'UNAUTHORIZED',
  );
  return [
    ...(authorizationType === route.authorization
      ? []
      : [
          {
            code: 'method-authorization',
            severity: authorizationType === 'NONE' ? ('warning' as const) : ('error' as const),
            problem: `its authorization is ${authorizationType}`,
            synthesized: route.authorization,
            deployed: authorizationType,
            seen:
              authorizationType === 'NONE'
                ? 'nothing: whoever the resource policy lets in may call it without signing'
                : `${callers}, who do not sign in, get ${refused}, and nothing is queued`,
          },
        ]),
    ...(apiKeyRequired === route.apiKeyRequired
      ? []
      : [
          {
            code: 'method-api-key',
            severity: apiKeyRequired ? ('error' as const) : ('warning' as const),
            problem: apiKeyRequired ? 'it asks for an API key' : 'it asks for no API key',
            synthesized: route.apiKeyRequired ? 'API key required' : 'no API key required',
            deployed: apiKeyRequired ? 'API key required' : 'no API key required',
            seen: apiKeyRequired
              ? `${callers} get ${answersItself(circumstances, 'INVALID_API_KEY')}, and nothing is queued`
              : 'nothing: usage plans do not hold callers back any more',
          },
        ]),
  ];
}

/** Headers have no case; a parameter that is not required says nothing. */
const requiredOf = (parameters: Iterable<readonly [string, boolean]>): ReadonlySet<string> =>
  new Set([...parameters].filter(([, required]) => required).map(([name]) => inOneCase(name)));

const inOneCase = (name: string) => (name.startsWith('method.request.header.') ? name.toLowerCase() : name);

function parameterFindings(
  route: SynthesizedRoute,
  { requestParameters = {} }: Method,
  circumstances: Circumstances,
): readonly Part[] {
  const { callers } = seenAt(route, circumstances);
  const wanted = requiredOf(route.requestParameters);
  const there = requiredOf(Object.entries(requestParameters));
  const short = (name: string) => name.replace(/^method\.request\./, '').replace('.', ' ');
  const list = (names: ReadonlySet<string>) => [...names].map(short).sort().join(', ') || 'nothing';
  const [extra, missing] = [
    [...there].filter((name) => !wanted.has(name)),
    [...wanted].filter((name) => !there.has(name)),
  ];
  const told = { synthesized: `requires ${list(wanted)}`, deployed: `requires ${list(there)}` };
  return [
    ...(extra.length > 0
      ? [
          {
            ...told,
            code: 'method-required-parameter',
            severity: 'error' as const,
            problem: `it also requires ${extra.map(short).join(', ')}`,
            seen:
              `${callers} that do not send it get ` +
              `${answersItself(circumstances, 'BAD_REQUEST_PARAMETERS')}, and nothing is queued`,
          },
        ]
      : []),
    ...(missing.length > 0
      ? [
          {
            ...told,
            code: 'method-optional-parameter',
            severity: 'warning' as const,
            problem: `it does not require ${missing.map(short).join(', ')}`,
            seen:
              `requests of ${callers} without it are not refused as such: where the template makes a ` +
              'message attribute or an id of it, that is empty, and SQS answers 400 ' +
              'InvalidParameterValue',
          },
        ]
      : []),
  ];
}

/** A model that API Gateway gives every API: it accepts whatever it is shown. */
const anything = 'Empty';

function modelFindings(
  route: SynthesizedRoute,
  { requestModels = {} }: Method,
  circumstances: Circumstances,
): readonly Part[] {
  const { callers, consumers } = seenAt(route, circumstances);
  const types = [...new Set([...route.requestModels.keys(), ...Object.keys(requestModels)])].sort();
  return types.flatMap((type): readonly Part[] => {
    const wanted = route.requestModels.get(type) ?? anything;
    const there = requestModels[type] ?? anything;
    if (wanted === there) return [];
    return [
      {
        code: 'method-model',
        severity: there === anything ? 'warning' : 'error',
        problem:
          there === anything ? `no model checks its ${type} bodies` : `${there} checks its ${type} bodies`,
        synthesized: `${type}: ${route.requestModels.get(type) ?? 'no model'}`,
        deployed: `${type}: ${requestModels[type] ?? 'no model'}`,
        seen:
          there === anything
            ? `bodies of ${callers} that ${wanted} would refuse are queued, and ${consumers} meet them`
            : `${callers} whose bodies are good for ${wanted === anything ? 'the queue' : wanted} and ` +
              `not for ${there} get ${answersItself(circumstances, 'BAD_REQUEST_BODY')}, and nothing ` +
              'is queued',
      },
    ];
  });
}
