/** What values of a key are; it decides which operators a policy may use. */
export type ValueType = 'String' | 'Numeric' | 'Date' | 'Bool' | 'IpAddress' | 'Arn';

export interface ConditionKey {
  /** The operators it works with are those of these types. */
  readonly types: readonly ValueType[];
  /** A request may have several values of it. @default false */
  readonly multivalued?: boolean;
  /** Every request has it in AWS, so that one without says nothing of it. @default false */
  readonly always?: boolean;
}

const string: ConditionKey = { types: ['String'] };
const arn: ConditionKey = { types: ['Arn', 'String'] };
const bool: ConditionKey = { types: ['Bool'] };

/**
 * The keys that are known here, lower case. Unless they are `always` there, a request that does not give them
 * does not have them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
const keys: Readonly<Record<string, ConditionKey>> = {
  'aws:currenttime': { types: ['Date'], always: true },
  'aws:epochtime': { types: ['Date', 'Numeric'], always: true },
  'aws:principalaccount': string,
  'aws:principalarn': arn,
  'aws:principalisawsservice': bool,
  'aws:principalservicename': string,
  'aws:principaltype': string,
  'aws:requestedregion': { types: ['String'], always: true },
  'aws:resourceaccount': string,
  'aws:securetransport': { types: ['Bool'], always: true },
  'aws:sourceaccount': string,
  'aws:sourcearn': arn,
  // A request through a VPC endpoint has none; it says so by `undefined`.
  'aws:sourceip': { types: ['IpAddress'], always: true },
  // Which way a request takes it must say: `undefined` where through no VPC endpoint.
  'aws:sourcevpce': { types: ['String'], always: true },
  'aws:username': string,
  'aws:vpcsourceip': { types: ['IpAddress'], always: true },
  'aws:viaawsservice': { types: ['Bool'], always: true },
  'kms:calleraccount': string,
  'kms:encryptioncontextkeys': { types: ['String'], multivalued: true },
  'kms:resourcealiases': { types: ['String'], multivalued: true },
  'kms:viaservice': string,
  'sts:externalid': string,
};

/** @param name in any case */
export function conditionKey(name: string): ConditionKey | undefined {
  const key = name.toLowerCase();
  // Services put ARNs into it; AWS's own example for log groups compares them with ArnEquals.
  if (key.startsWith('kms:encryptioncontext:')) return arn;
  return Object.hasOwn(keys, key) ? keys[key] : undefined;
}
