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
    applies: ({ actor, halves }) =>
      /^account \d+$/.test(actor) && halves.every(({ kind }) => kind === 'queue'),
    reason:
      "tells a reader who operates the queue; it leaves the decision to the account's identity policies, which would decide without it",
  },
];

/** Why a grant stands that no flow needs: of what is not simulated, nothing can show it. */
export const reasonToKeep = (grant: Grant, system: System): string | undefined =>
  kept.find(({ applies }) => applies(grant, system))?.reason;
