import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignedRequest } from './signed-request';

/**
 * Whether one of the secrets made the signature. Every secret is tried, and no comparison ends early: how long it
 * takes tells nothing.
 */
export function isSignedWith(
  secrets: readonly string[],
  { signature, signedText }: Pick<SignedRequest, 'signature' | 'signedText'>,
): boolean {
  return secrets
    .map((secret) => {
      const expected = createHmac('sha256', secret).update(signedText).digest();
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    })
    .includes(true);
}

/** Whether a time, in seconds since 1970, is as near to the server's as it must be, before or after. */
export const isTimely = (timestamp: string, toleranceSeconds: number, now: number): boolean =>
  Math.abs(Math.floor(now / 1000) - Number(timestamp)) <= toleranceSeconds;
