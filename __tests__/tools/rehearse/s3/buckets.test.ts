import { expect, test } from 'vitest';
import { readPlan } from '../../../../tools/plan/plan';
import { bucketsOf } from '../../../../tools/rehearse/s3/buckets';

const planOf = (resource: object) =>
  readPlan('dev', {
    provider: { aws: [{ region: 'eu-central-1', allowed_account_ids: ['111122223333'] }] },
    resource: resource as Record<string, Record<string, unknown>>,
  });

test('the buckets of a plan are read', () => {
  const plan = planOf({
    aws_s3_bucket: { a: { bucket: 'archive' }, b: { bucket: 'bare', force_destroy: true } },
  });
  expect(bucketsOf(plan)).toEqual([
    {
      address: 'dev: aws_s3_bucket.a',
      name: 'archive',
      arn: 'arn:aws:s3:::archive',
      region: 'eu-central-1',
    },
    {
      address: 'dev: aws_s3_bucket.b',
      name: 'bare',
      arn: 'arn:aws:s3:::bare',
      region: 'eu-central-1',
    },
  ]);
});

test('what else a bucket says is not passed over', () => {
  expect(() => bucketsOf(planOf({ aws_s3_bucket: { a: { bucket: 'a', acl: 'private' } } }))).toThrow(
    'dev: aws_s3_bucket.a: its attribute "acl" is not simulated',
  );
});
