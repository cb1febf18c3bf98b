import { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { placement, placementOf, setPlacement } from '../../../constructs/iam/placement';
import { exampleStack } from '../../support/synthesized';

test.each([
  ['us-east-1', 'aws', 'amazonaws.com'],
  ['ap-northeast-2', 'aws', 'amazonaws.com'],
  ['eu-west-1', 'aws', 'amazonaws.com'],
  ['ca-central-1', 'aws', 'amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['us-gov-east-1', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-iso-west-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['us-isof-east-1', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
])('the region %s is in the partition %s, its endpoints under %s', (region, partition, dnsSuffix) => {
  expect(placement(region, '111122223333')).toEqual({
    partition,
    region,
    accountId: '111122223333',
    dnsSuffix,
  });
});

test('whatever is below a stack has its placement', () => {
  const stack = exampleStack('eu-west-1', '444455556666');

  const nested = new Construct(new Construct(stack, 'outer'), 'inner');

  expect(placementOf(nested)).toEqual(placement('eu-west-1', '444455556666'));
});

test('two stacks have placements of their own', () => {
  const seoul = exampleStack('ap-northeast-2');
  const beijing = exampleStack('cn-north-1');

  expect(placementOf(seoul).partition).toBe('aws');
  expect(placementOf(beijing).partition).toBe('aws-cn');
});

test('a construct outside of any placement cannot have one', () => {
  const alone = new Construct(new Construct(undefined as never, ''), 'alone');

  expect(() => placementOf(alone)).toThrow('placement');
});

test('a placement that is set after the first child is refused: that child would not know it', () => {
  const scope = new Construct(undefined as never, '');
  new Construct(scope, 'child');

  expect(() => setPlacement(scope, placement('eu-west-1', '111122223333'))).toThrow('Cannot set context');
});
