import type { Api } from '@aws-sdk/client-apigatewayv2';
import type { Finding } from '../../finding';
import { type Circumstances, finding } from './web-socket-circumstances';

export const missingApi = (circumstances: Circumstances): Finding =>
  finding(circumstances, {
    at: circumstances.api.address,
    subject: circumstances.subject,
    code: 'api-missing',
    severity: 'error',
    problem: 'it does not exist',
    seen:
      `${circumstances.clients} cannot connect: the address they know names nothing, its host is not ` +
      'found or answers HTTP 403',
    cause:
      'The stack was never deployed, or someone has deleted the API; one made again has another address.',
    fix: `${circumstances.deploy}, and give clients the new address`,
  });

/** What an API is beside its routes and stages. @param all of the account and region */
export function apiFindings(
  deployed: Api,
  all: readonly Api[],
  circumstances: Circumstances,
): readonly Finding[] {
  const { api, clients, subject, region } = circumstances;
  const about = { at: api.address, subject };
  const others = all.filter(
    ({ ApiId, Name, ProtocolType }) =>
      Name === api.name && ProtocolType === 'WEBSOCKET' && ApiId !== deployed.ApiId,
  );
  return [
    ...(others.length > 0
      ? [
          finding(circumstances, {
            ...about,
            code: 'api-duplicate',
            severity: 'warning',
            problem:
              `${others.length + 1} APIs bear its name; it is the newest, ${deployed.ApiId}, that is ` +
              'compared here',
            deployed: [deployed, ...others].map(written).join('\n'),
            seen:
              `nothing, or silence: ${clients} that still know the address of an older one get no ` +
              `replies from ${circumstances.consumers}, which answers on the connections of one API ` +
              'only',
            cause:
              'A deploy that had lost its state has made another; API Gateway does not mind equal names.',
            fix: others
              .map(({ ApiId }) => `aws apigatewayv2 delete-api --api-id ${ApiId} --region ${region}`)
              .join('\n'),
          }),
        ]
      : []),
    ...addressFindings(deployed, circumstances),
    ...(deployed.RouteSelectionExpression === api.routeSelectionExpression
      ? []
      : [
          finding(circumstances, {
            ...about,
            code: 'api-route-selection',
            // Where there is one route for messages, it takes them all.
            severity: api.routes.some(({ routeKey }) => !routeKey.startsWith('$')) ? 'error' : 'warning',
            problem: 'it selects routes by another expression',
            synthesized: api.routeSelectionExpression,
            deployed: deployed.RouteSelectionExpression ?? 'none',
            seen:
              'messages for which no route is selected go to $default; where that is the only one, ' +
              'nothing changes',
          }),
        ]),
  ];
}

function addressFindings(deployed: Api, circumstances: Circumstances): readonly Finding[] {
  const { api, clients, consumers, subject } = circumstances;
  const hasOwnAddress = !deployed.DisableExecuteApiEndpoint;
  if (hasOwnAddress === api.hasOwnAddress) return [];
  const onOrOff = (on: boolean) => `execute-api endpoint ${on ? 'on' : 'off'}`;
  return [
    finding(circumstances, {
      at: api.address,
      subject,
      code: hasOwnAddress ? 'api-endpoint' : 'api-endpoint-disabled',
      severity: hasOwnAddress ? 'warning' : 'error',
      problem: `its own address is ${hasOwnAddress ? 'on' : 'switched off'}`,
      synthesized: onOrOff(api.hasOwnAddress),
      deployed: onOrOff(hasOwnAddress),
      seen: hasOwnAddress
        ? 'nothing: clients can connect without its custom domain'
        : `${clients} cannot connect: the handshake is refused with an HTTP error, 403 or 404; ` +
          `what ${consumers} answers may not reach them either`,
    }),
  ];
}

const written = ({ ApiId, CreatedDate }: Api) =>
  `${ApiId}${CreatedDate ? `, made ${CreatedDate.toISOString()}` : ''}`;
