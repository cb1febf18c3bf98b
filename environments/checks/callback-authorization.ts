import type { Placement } from '../../constructs/iam/placement';
import type { CallbackAuthorization } from '../environment';
import { rule, tagged } from './check';
import { hmacAuthorization } from './hmac-authorization';

const notBuilt = rule(() => 'is not built yet: leave it out');

export const callbackAuthorization = (home: Placement | undefined) =>
  tagged<CallbackAuthorization, 'kind'>('kind', {
    'aws-iam': { callerRoleArns: notBuilt },
    hmac: hmacAuthorization(home),
  });
