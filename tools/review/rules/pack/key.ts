import { isOpen } from '../reading/exposure';
import { flagOf, numberOf, textOf } from '../reading/fields';
import { type PolicyStatement, policiesOf } from '../reading/statements';
import type { RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';

const key = ['aws_kms_key'];
const construct = 'constructs/queue/encryption-key.ts';

const policies = (resource: RuleResource) =>
  policiesOf(resource, { attribute: 'policy', type: 'aws_kms_key_policy', link: 'key_id' });

export const keyRotation: Rule = {
  id: 'key-rotation',
  title: 'A key is rotated',
  scanners: ['CKV_AWS_7', 'AWS-0065', 'KMS.4', 'AwsSolutions-KMS5', 'KICS CMK Rotation Disabled'],
  protects: 'A key that never changes encrypts ever more with the same secret.',
  fix: `${construct} sets enableKeyRotation`,
  differs: 'AWS rotates symmetric keys for encryption only; others are exempt.',
  types: key,
  problems: (resource) =>
    when(
      (textOf(resource, 'customer_master_key_spec') ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT' &&
        flagOf(resource, 'enable_key_rotation') !== true,
      'enable_key_rotation is not true',
    ),
};

export const keyPolicy: Rule = {
  id: 'key-policy',
  title: 'A key has a policy of its own',
  scanners: ['CKV2_AWS_64'],
  protects: 'Without one AWS writes the default policy, which no plan shows and no reviewer sees.',
  fix: `${construct} writes it`,
  types: key,
  problems: (resource) => when(policies(resource).length === 0, 'it has no policy'),
};

export const keyNotPublic: Rule = {
  id: 'key-not-public',
  title: 'A key’s policy names who may use it',
  scanners: ['CKV_AWS_33', 'KICS KMS Key With Full Permissions'],
  protects: 'Whoever may use the key can read what it encrypts.',
  fix: `${construct} names the account only`,
  types: key,
  problems: (resource) =>
    policies(resource)
      .flat()
      .filter(isOpen)
      .map(({ called }) => `${called} of its policy allows everyone`),
};

export const keyDeletionWindow: Rule = {
  id: 'key-deletion-window',
  title: 'A key says how long its deletion can be taken back',
  scanners: ['KICS KMS Key With No Deletion Window'],
  protects: 'What a deleted key has encrypted is lost for good.',
  fix: `${construct} sets deletionWindowInDays, from 7 to 30`,
  types: key,
  problems(resource) {
    const days = numberOf(resource, 'deletion_window_in_days');
    return when(
      days === undefined || days < 7 || days > 30,
      `deletion_window_in_days is ${days ?? 'not set'}; it is 7 to 30`,
    );
  },
};

export const keyAccountStatement: Rule = {
  id: 'key-account-statement',
  title: 'The statement that leaves a key to its account is for principals of that account',
  scanners: [],
  protects:
    'It hands the decision to identity policies, so it should hold for the account’s own identities alone.',
  fix: `${construct} adds the condition aws:PrincipalAccount`,
  types: key,
  problems: (resource) =>
    policies(resource)
      .flat()
      .flatMap((statement) =>
        accountsOf(statement)
          .filter((account) => statement.effect === 'Allow' && !isLimited(statement, account))
          .map(
            (account) =>
              `${statement.called} of its policy allows account ${account} without the condition aws:PrincipalAccount`,
          ),
      ),
};

const accountsOf = ({ principals }: PolicyStatement): readonly string[] =>
  (principals ?? []).flatMap(({ type, id }) => {
    const account = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(id)?.[1];
    return type === 'AWS' && account !== undefined ? [account] : [];
  });

const isLimited = ({ conditions }: PolicyStatement, account: string): boolean =>
  conditions.some(
    ({ operator, key: name, values }) =>
      operator === 'StringEquals' &&
      (name === 'aws:principalaccount' || name === 'kms:calleraccount') &&
      values.every((value) => value === account),
  );
