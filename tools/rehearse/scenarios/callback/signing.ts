import { createHash, createHmac } from 'node:crypto';
import type { CallbackFlow } from '../../world/flows';
import type { Stage } from '../scenario';

/** What a signature is made of, where it differs from what a sender takes. */
export interface Signing {
  readonly body: string | Uint8Array;
  /** @default the secret's current version */
  readonly secret?: string;
  /** Seconds since 1970. @default now */
  readonly timestamp?: number;
  /** @default the method's */
  readonly path?: string;
}

/** The headers of a request that is signed; none where none is wanted. */
export function signatureOf(
  { flow, world }: Pick<Stage<CallbackFlow>, 'flow' | 'world'>,
  { body, secret, timestamp = Math.floor(world.clock.now() / 1000), path = flow.method.path }: Signing,
): readonly (readonly [string, string])[] {
  if (!flow.signature) return [];
  const key = secret ?? world.secrets.version(flow.signature.secretArn, 'AWSCURRENT')?.text ?? '';
  const digest = createHash('sha256').update(body).digest('hex');
  const text = [timestamp, flow.method.httpMethod, path, digest].join('\n');
  return [
    ['X-Timestamp', String(timestamp)],
    ['X-Body-Sha256', digest],
    ['X-Signature', createHmac('sha256', key).update(text).digest('hex')],
  ];
}

export const isOfSignature = (header: string): boolean =>
  ['x-timestamp', 'x-body-sha256', 'x-signature'].includes(header.toLowerCase());
