import { expect, test } from 'vitest';
import { receiveCountCovering } from '../../../constructs/queue/queue-attributes';

const day = 24 * 60 * 60;

test.each([
  ['a day with a consumer of 30 s: one delivery each 180 s', day, 30, 480],
  ['an outage that is no multiple of the visibility timeout', 181, 30, 5],
  ['no less than the default, however slow the consumer', day, 7200, 5],
  ['no more than SQS allows, however fast the consumer', day, 1, 1000],
])('deliveries cover %s', (_what, outage, timeout, count) => {
  expect(receiveCountCovering(outage, timeout)).toBe(count);
});
