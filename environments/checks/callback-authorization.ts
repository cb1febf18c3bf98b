import type { CallbackAuthorization } from '../environment';
import { fine, rule, tagged } from './check';

const notBuilt = rule(() => 'is not built yet: leave it out');

export const callbackAuthorization = tagged<CallbackAuthorization, 'kind'>('kind', {
  'aws-iam': { callerRoleArns: notBuilt },
  hmac: { secretArn: notBuilt, keyArn: fine, toleranceSeconds: fine },
});
