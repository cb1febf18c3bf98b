import type { RestApi } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import { answersItself, type Circumstances, finding, type Told } from './rest-circumstances';

export const missingApi = (circumstances: Circumstances): Finding =>
  finding(circumstances, {
    at: circumstances.api.address,
    subject: circumstances.subject,
    code: 'api-missing',
    severity: 'error',
    problem: 'it does not exist',
    seen:
      `${circumstances.everyCaller} reach nothing: the address that they know names no API, its host ` +
      'is not found or answers HTTP 403 {"message":"Forbidden"}',
    cause:
      'The stack was never deployed, or someone has deleted the API; one made again has another address.',
    fix: `${circumstances.deploy}, and give callers the new address`,
  });

/** Other APIs of the same name. @param all of the account and region */
export function duplicateApi(all: readonly RestApi[], circumstances: Circumstances): readonly Finding[] {
  const { api, everyCaller, plan, subject } = circumstances;
  const same = all
    .filter(({ name }) => name === api.name)
    .toSorted((a, b) => Number(b.createdDate ?? 0) - Number(a.createdDate ?? 0));
  if (same.length < 2) return [];
  const others = same.filter(({ id }) => id !== api.id);
  return [
    finding(circumstances, {
      at: api.address,
      subject,
      code: 'api-duplicate',
      severity: 'warning',
      problem: `${same.length} APIs bear its name; ${api.id} is compared here`,
      deployed: same
        .map(({ id, createdDate }) => `${id}${createdDate ? `, made ${createdDate.toISOString()}` : ''}`)
        .join('\n'),
      seen:
        `nothing here; ${everyCaller} may still use the address of another one, ` +
        `https://${others[0]?.id}.execute-api.${plan.region}.amazonaws.com: what they post there goes ` +
        'by its configuration, and no deploy reaches it. Compare the address that they have with ' +
        `${api.id}`,
      cause: 'A deploy that had lost its state has made another; API Gateway does not mind equal names.',
      fix:
        'once nobody calls them any more:\n' +
        others
          .map(({ id }) => `aws apigateway delete-rest-api --rest-api-id ${id} --region ${plan.region}`)
          .join('\n'),
    }),
  ];
}

/** What takes effect without a deployment of the API. */
export function addressFindings(deployed: RestApi, circumstances: Circumstances): readonly Finding[] {
  const { api, everyCaller, subject } = circumstances;
  const about = { at: api.address, subject };
  const hasOwnAddress = !deployed.disableExecuteApiEndpoint;
  const onOrOff = (on: boolean) => `execute-api endpoint ${on ? 'on' : 'off'}`;
  const types = deployed.endpointConfiguration?.types ?? api.endpointTypes;
  // Of these only a private API has both kinds of addresses where nothing is said.
  const ipAddressType = deployed.endpointConfiguration?.ipAddressType;
  const wantedIp = api.ipAddressType ?? (api.endpointTypes.includes('PRIVATE') ? 'dualstack' : 'ipv4');
  const told: readonly Told[] = [
    ...(hasOwnAddress === api.hasOwnAddress
      ? []
      : [
          {
            ...about,
            code: 'api-endpoint',
            severity: hasOwnAddress ? ('warning' as const) : ('error' as const),
            problem: hasOwnAddress ? 'its own address is on' : 'its own address is switched off',
            synthesized: onOrOff(api.hasOwnAddress),
            deployed: onOrOff(hasOwnAddress),
            seen: hasOwnAddress
              ? 'nothing: the API can be called without its custom domain, and past what guards that'
              : `${everyCaller} get HTTP 403 {"message":"Forbidden"}, from the next change of any ` +
                'stage on at the latest',
          },
        ]),
    ...(sorted(types) === sorted(api.endpointTypes)
      ? []
      : [
          {
            ...about,
            code: 'api-endpoint-type',
            severity: types.includes('PRIVATE') ? ('error' as const) : ('warning' as const),
            problem: `its endpoint type is ${types.join(', ')}`,
            synthesized: api.endpointTypes.join(', '),
            deployed: types.join(', '),
            seen: types.includes('PRIVATE')
              ? `${everyCaller} cannot reach it any more: a private API is called through a VPC endpoint only`
              : 'nothing as long as callers get there; the way that requests take is another one',
          },
        ]),
    ...(ipAddressType === undefined || ipAddressType === wantedIp
      ? []
      : [
          {
            ...about,
            code: 'api-ip-address-type',
            severity: 'error' as const,
            problem: `it is called over ${ipAddressType === 'dualstack' ? 'IPv4 and IPv6' : 'IPv4 alone'}`,
            synthesized: wantedIp,
            deployed: ipAddressType,
            seen:
              ipAddressType === 'dualstack'
                ? `${everyCaller} that have IPv6 prefer it, come from addresses that no allow-list ` +
                  `names, and get ${answersItself(circumstances, 'ACCESS_DENIED')}`
                : `${everyCaller} that the allow-list knows by IPv6 addresses cannot connect, or come ` +
                  `over IPv4 and get ${answersItself(circumstances, 'ACCESS_DENIED')}`,
          },
        ]),
  ];
  return told.map((one) => finding(circumstances, one));
}

/** What a deployment makes a copy of. */
export function payloadFindings(deployed: RestApi, circumstances: Circumstances): readonly Finding[] {
  const { api, everyCaller, subject } = circumstances;
  const about = { at: api.address, subject };
  const binary = deployed.binaryMediaTypes ?? [];
  const compression = deployed.minimumCompressionSize;
  const inBytes = (size: number | undefined) =>
    size === undefined ? 'no compression' : `from ${size} bytes on`;
  return [
    ...(sorted(binary) === sorted(api.binaryMediaTypes)
      ? []
      : [
          finding(circumstances, {
            ...about,
            code: 'api-binary-media-types',
            severity: 'error',
            problem: 'it takes other content types for binary',
            synthesized: api.binaryMediaTypes.join(', ') || 'none',
            deployed: binary.join(', ') || 'none',
            seen:
              'bodies of these types pass by the mapping template: SQS finds no Action in them and ' +
              `answers 404 UnknownOperationException, or gets them in base64. Of ${everyCaller} those ` +
              'are hit that send one of these types; */* is every type',
          }),
        ]),
    ...(compression === api.minimumCompressionSize
      ? []
      : [
          finding(circumstances, {
            ...about,
            code: 'api-compression',
            severity: 'warning',
            problem: 'it compresses answers otherwise',
            synthesized: inBytes(api.minimumCompressionSize),
            deployed: inBytes(compression),
            seen:
              compression === undefined
                ? 'callers that compress their bodies get HTTP 400 or 415'
                : 'callers that ask for compressed answers get them',
          }),
        ]),
  ];
}

const sorted = (values: readonly string[]): string => [...values].sort().join();
