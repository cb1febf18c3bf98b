import { isProduction } from '../reading/environment-kind';
import { flagOf, textOf } from '../reading/fields';
import type { RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';

const queue = ['aws_sqs_queue'];

const keyOf = (resource: RuleResource) => textOf(resource, 'kms_master_key_id') || undefined;

export const queueEncryption: Rule = {
  id: 'queue-encryption',
  title: 'A queue says that it is encrypted',
  scanners: ['CKV_AWS_27', 'AWS-0096', 'SQS.1', 'AwsSolutions-SQS2', 'KICS SQS With SSE Disabled'],
  protects: 'What waits in an unencrypted queue can be read where it is stored.',
  fix: 'encryption: sqs-managed or customer-key; constructs/queue/queue-attributes.ts writes either',
  types: queue,
  problems: (resource) =>
    when(
      keyOf(resource) === undefined && flagOf(resource, 'sqs_managed_sse_enabled') !== true,
      'it has neither a key nor sqs_managed_sse_enabled',
    ),
};

export const queueCustomerKey: Rule = {
  id: 'queue-customer-key',
  title: 'A queue is not encrypted with alias/aws/sqs, in production with a key of the account',
  scanners: ['CKV2_AWS_73', 'AWS-0135'],
  protects:
    'Nobody decides who may use alias/aws/sqs, and no other account or service can be let in; only a key ' +
    'of one’s own ' +
    'tells who decrypted what, and can be withdrawn.',
  fix: "set encryption: 'customer-key'",
  differs:
    'The scanners take SQS’s own keys (sqs_managed_sse_enabled). It does too, but not in production: ' +
    'every environment ' +
    'counts as such whose name does not begin with dev, test, qa, stage, staging, sandbox, local, demo or ' +
    'ci.',
  types: queue,
  problems(resource) {
    const key = keyOf(resource);
    if (key !== undefined && /(^|:)alias\/aws\/sqs$/.test(key)) return ['its key is alias/aws/sqs'];
    return when(
      key === undefined && isProduction(resource.stack),
      'it has no key of the account, in production',
    );
  },
};
