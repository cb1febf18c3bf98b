import { expect, test } from 'vitest';
import { sidPart } from '../../../constructs/iam/statement';

test.each([
  ['delivery-results', 'DeliveryResults'],
  ['dev-delivery-results-to-queue', 'DevDeliveryResultsToQueue'],
  ['orders', 'Orders'],
  ['orders-2', 'Orders2'],
  ['2nd-queue', '2ndQueue'],
  ['sms_and.mms fallback', 'SmsAndMmsFallback'],
  ['inboundSMS', 'InboundSMS'],
])('in a statement id, %s is %s: letters and digits only', (name, part) => {
  expect(sidPart(name)).toBe(part);
});
