import { NotSimulated } from '../not-simulated';
import { conditionKey } from './condition-keys';
import { accountIdOf, nameOf, type Principal } from './principal';

export interface AccessRequest {
  readonly principal: Principal;
  /** Such as `sqs:SendMessage`; case does not matter. */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly resourceAccountId: string;
  /**
   * Condition keys, in any case, such as `aws:SourceIp`; `undefined` says that the request does not have it.
   * Those that follow from the principal or the resource's account (`aws:PrincipalArn`, …) are derived,
   * whatever stands here.
   */
  readonly context: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The condition keys of a request; their case does not matter. */
export interface RequestContext {
  /** Whether a policy may ask for the key. */
  knows(key: string): boolean;
  /**
   * The values of a key; empty where the request does not have it.
   * @param at the statement that asks
   * @throws NotSimulated for a key of which the request says nothing
   */
  valuesOf(key: string, at: string): readonly string[];
}

export function requestContext(request: AccessRequest): RequestContext {
  const given = new Map(
    Object.entries(request.context).map(([key, value]) => [
      key.toLowerCase(),
      value === undefined ? [] : [value].flat(),
    ]),
  );
  return {
    knows: (name) => given.has(name.toLowerCase()) || conditionKey(name) !== undefined,
    valuesOf(name, at) {
      const key = name.toLowerCase();
      const follows = derived[key];
      if (follows) {
        const value = follows(request);
        if (value === unsettled) {
          throw new NotSimulated(at, `the condition key ${name} of ${nameOf(request.principal)}`);
        }
        return value === undefined ? [] : [value];
      }
      const values = given.get(key);
      if (values) return values;
      const known = conditionKey(name);
      if (!known) throw new NotSimulated(at, `the condition key ${name}`);
      if (known.always) {
        throw new NotSimulated(at, `the condition key ${name} of a request that does not give it`);
      }
      return [];
    },
  };
}

/** What AWS does not document the value of. */
const unsettled = Symbol('unsettled');

type Derived = (request: AccessRequest) => string | undefined | typeof unsettled;

const types: Readonly<Record<Principal['kind'], string | typeof unsettled>> = {
  role: 'AssumedRole',
  user: 'User',
  root: 'Account',
  anonymous: 'Anonymous',
  service: unsettled,
};

const account: Derived = ({ principal }) => accountIdOf(principal) ?? unsettled;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const derived: Readonly<Record<string, Derived | undefined>> = {
  'aws:principalaccount': account,
  'kms:calleraccount': account,
  'aws:principalarn': ({ principal }) => {
    if (principal.kind === 'service') return unsettled;
    if (principal.kind === 'anonymous') return undefined;
    // The role's ARN, not its session's.
    return principal.kind === 'role' ? principal.roleArn : nameOf(principal);
  },
  'aws:principalisawsservice': ({ principal }) =>
    principal.kind === 'anonymous' ? undefined : String(principal.kind === 'service'),
  'aws:principalservicename': ({ principal }) => (principal.kind === 'service' ? principal.name : undefined),
  'aws:principaltype': ({ principal }) => types[principal.kind],
  'aws:username': ({ principal }) =>
    principal.kind === 'user' ? principal.arn.split('/').at(-1) : undefined,
  'aws:resourceaccount': ({ resourceAccountId }) => resourceAccountId,
};
