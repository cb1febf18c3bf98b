import type { Placement } from '../../constructs/iam/placement';
import type { CallbackAuthorization } from '../environment';
import { callerRoleArns } from './caller-roles';
import { fine, rule, tagged } from './check';

export const callbackAuthorization = (home: Placement | undefined) =>
  tagged<CallbackAuthorization, 'kind'>('kind', {
    'aws-iam': { callerRoleArns: callerRoleArns(home) },
    hmac: {
      secretArn: rule(() => 'is not built yet: leave it out'),
      keyArn: fine,
      toleranceSeconds: fine,
    },
  });
