import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import type { TemporaryCredentials } from '../../../../tools/rehearse/world/credentials';
import { type System, systemOf } from '../../../../tools/rehearse/world/system';
import type { Wanted } from '../../../../tools/rehearse/world/wanted';
import { World, type WorldOptions } from '../../../../tools/rehearse/world/world';
import { type Resources, stackOf } from './example-stacks';

/** 2026-01-01T00:00:00Z */
export const start = 1_767_225_600_000;
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

export const nothingWanted: Wanted = {
  callbacks: [],
  httpCallbacks: [],
  webSocketReplies: false,
  subscriptions: [],
  existingQueues: [],
};

export const systemWith = (resources: Resources, wanted: Partial<Wanted> = {}): System =>
  systemOf([stackOf(resources)], { ...nothingWanted, ...wanted });

/** A system at work on a clock of its own. */
export function worldOf(system: System, options: Partial<WorldOptions> = {}) {
  const clock = new VirtualClock(start);
  const world = new World(system, { clock, seed: 'test', ...options });
  const pass = (milliseconds?: number) =>
    clock.run(milliseconds === undefined ? undefined : clock.now() + milliseconds);
  return { world, clock, pass };
}

/** The headers of a request signed with credentials; the signature itself nobody computes again. */
export const signed = (
  { accessKeyId, sessionToken }: Omit<TemporaryCredentials, 'secretAccessKey'>,
  { service, region }: { readonly service: string; readonly region: string },
): ReadonlyMap<string, string> =>
  new Map([
    [
      'authorization',
      `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request, ` +
        `SignedHeaders=host;x-amz-date, Signature=${'0a'.repeat(32)}`,
    ],
    ['x-amz-security-token', sessionToken],
  ]);
