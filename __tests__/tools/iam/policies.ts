import { type AccessRequest, type Decision, evaluate, type Policies } from '../../../tools/iam/evaluate';
import { type Policy, parsePolicy } from '../../../tools/iam/policy';
import type { Principal } from '../../../tools/iam/principal';

export const account = '111122223333';
export const otherAccount = '444455556666';
export const queueArn = `arn:aws:sqs:eu-central-1:${account}:orders`;
export const keyArn = `arn:aws:kms:eu-central-1:${account}:key/1234abcd`;
export const roleArn = `arn:aws:iam::${account}:role/sender`;
export const otherRoleArn = `arn:aws:iam::${otherAccount}:role/sender`;
export const userArn = `arn:aws:iam::${account}:user/carla`;
export const sessionArn = `arn:aws:sts::${account}:assumed-role/sender/s-1`;

export const role: Principal = { kind: 'role', roleArn, sessionName: 's-1' };
export const otherRole: Principal = { kind: 'role', roleArn: otherRoleArn, sessionName: 's-1' };
export const user: Principal = { kind: 'user', arn: userArn };
export const root: Principal = { kind: 'root', accountId: account };
export const otherRoot: Principal = { kind: 'root', accountId: otherAccount };
export const service: Principal = { kind: 'service', name: 'pipes.amazonaws.com' };
export const anonymous: Principal = { kind: 'anonymous' };

export type WrittenStatement = Readonly<Record<string, unknown>>;

export const policy = (address: string, ...statements: readonly WrittenStatement[]): Policy =>
  parsePolicy({ address, json: JSON.stringify({ Version: '2012-10-17', Statement: statements }) });

/** A statement about sending to the queue; `undefined` takes an element away. */
export const statement = (changes: WrittenStatement = {}): WrittenStatement => ({
  Sid: 'Sends',
  Effect: 'Allow',
  Action: 'sqs:SendMessage',
  Resource: queueArn,
  ...changes,
});

export const request = (changes: Partial<AccessRequest> = {}): AccessRequest => ({
  principal: role,
  action: 'sqs:SendMessage',
  resource: queueArn,
  resourceAccountId: account,
  context: {},
  ...changes,
});

/** Policies from statements; what is left out is not there. */
export const policies = ({
  identity,
  resource,
  ...options
}: {
  readonly identity?: readonly WrittenStatement[];
  readonly resource?: readonly WrittenStatement[];
  readonly resourcePolicyDecides?: boolean;
}): Policies => ({
  identity: identity ? [policy('the role’s policy', ...identity)] : [],
  ...(resource && { resource: policy('the queue’s policy', ...resource) }),
  ...options,
});

/** `allowed`, `denied` by a statement, or `not allowed` by any. */
export function outcome(decision: Decision): 'allowed' | 'denied' | 'not allowed' {
  if (decision.allowed) return 'allowed';
  return decision.explicit ? 'denied' : 'not allowed';
}

export const decide = (changes: Partial<AccessRequest>, written: Parameters<typeof policies>[0]) =>
  outcome(evaluate(request(changes), policies(written)));

/** Whether a condition holds for a request. */
export const holds = (Condition: object, context: AccessRequest['context'] = {}): boolean =>
  decide({ context }, { identity: [statement({ Condition })] }) === 'allowed';

/** A condition on a key that is the request's own. */
export const on = (operator: string, values: unknown) => ({ [operator]: { 'app:Key': values } });

export const given = (value: AccessRequest['context'][string]) => ({ 'app:Key': value });
