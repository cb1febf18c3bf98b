import type { Placement } from '../../constructs/iam/placement';
import type { CallbackAuthorization } from '../environment';
import { callerRoleArns } from './caller-roles';
import { tagged } from './check';
import { hmacAuthorization } from './hmac-authorization';

export const callbackAuthorization = (home: Placement | undefined) =>
  tagged<CallbackAuthorization, 'kind'>('kind', {
    'aws-iam': { callerRoleArns: callerRoleArns(home) },
    hmac: hmacAuthorization(home),
  });
