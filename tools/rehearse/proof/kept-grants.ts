import { resourceTest } from '../../iam/arn-text';
import { methodArn } from '../api-gateway/method-arn';
import type { System } from '../world/system';
import type { Grant } from './grants';

interface Kept {
  readonly applies: (grant: Grant, system: System) => boolean;
  readonly reason: string;
}

const kept: readonly Kept[] = [
  {
    applies: ({ action }) => action.startsWith('logs:'),
    reason: 'writes logs, which are not simulated',
  },
  {
    applies: ({ action, actor, halves }) =>
      action.startsWith('kms:') &&
      halves.every(({ kind }) => kind === 'key') &&
      /^logs\.[a-z0-9-]+\.[a-z0-9.-]+$/.test(actor),
    reason: 'lets CloudWatch Logs encrypt logs, which are not simulated',
  },
  {
    applies: ({ action, actor, halves }) =>
      action.startsWith('kms:') &&
      halves.every(({ kind }) => kind === 'key') &&
      ['cloudwatch.amazonaws.com', 'events.amazonaws.com'].includes(actor),
    reason: 'lets a service encrypt notifications of alarms, which are not simulated',
  },
  {
    applies: ({ actor, halves }, system) =>
      /^account \d+$/.test(actor) &&
      halves.every(({ kind, address }) => kind === 'key' && !encryptsQueues(address, system)),
    reason: 'lets the account look after a key of logs, variables or notifications, which are not simulated',
  },
  {
    applies: ({ action }) => action.startsWith('xray:'),
    reason: 'sends traces, which are not simulated',
  },
  {
    applies: ({ halves, resource }, { policies }) =>
      halves.every(({ kind }) => kind === 'trust') &&
      (policies.roles.get(resource)?.identity ?? []).every(({ statements }) =>
        statements.every(({ actions = [] }) => actions.every((action) => action.startsWith('logs:'))),
      ),
    reason: 'lets the service take on a role that only writes logs, which are not simulated',
  },
  {
    applies: ({ actor, resource, halves }, system) =>
      isOfPipelines(halves.every(({ kind }) => kind === 'trust') ? resource : actor, system),
    reason: 'lets a pipeline plan or apply the other stacks, which is no flow',
  },
  {
    applies: ({ action, resource, halves }, system) =>
      action === 'execute-api:Invoke' &&
      halves.every(({ kind }) => kind === 'api') &&
      isOfAuthorizers(resource, system),
    reason:
      'tells a reader who may call; beside an authorizer API Gateway needs no such word of the resource policy, only that it does not deny',
  },
  {
    applies: ({ actor, halves }) =>
      /^account \d+$/.test(actor) && halves.every(({ kind }) => kind === 'queue'),
    reason:
      "tells a reader who operates the queue; it leaves the decision to the account's identity policies, which would decide without it",
  },
];

/** Whether all methods that a statement of an API's policy is about have an authorizer. */
function isOfAuthorizers(resources: string, { restApis }: System): boolean {
  const tests = resources.split(', ').map((pattern) => resourceTest(pattern, pattern));
  const methods = restApis.flatMap((api) =>
    api.methods
      .filter((method) => tests.some((test) => test(methodArn(api, method), () => '')))
      .map(({ authorizer }) => authorizer),
  );
  return methods.length > 0 && !methods.includes(undefined);
}

/** @param address of the key's policy */
const encryptsQueues = (address: string, { policies, queues }: System): boolean =>
  policies.keys
    .filter(({ policy }) => policy.address === address)
    .some(({ arn, aliases }) =>
      queues.some(({ kmsMasterKeyId: id = '' }) => [arn, arn.split('/').at(-1), ...aliases].includes(id)),
    );

/** Whether nobody but a pipeline can act as a role: with a token that an OpenID Connect provider signed. */
function isOfPipelines(roleArn: string, { policies }: System): boolean {
  const who =
    policies.roles.get(roleArn)?.trust.statements.flatMap(({ principals = [] }) => principals) ?? [];
  return who.length > 0 && who.every((one) => one.kind === 'identity' && one.arn.includes(':oidc-provider/'));
}

/** Why a grant stands that no flow needs: of what is not simulated, nothing can show it. */
export const reasonToKeep = (grant: Grant, system: System): string | undefined =>
  kept.find(({ applies }) => applies(grant, system))?.reason;
