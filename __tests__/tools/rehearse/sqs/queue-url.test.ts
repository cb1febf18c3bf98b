import { expect, test } from 'vitest';
import { readPlan } from '../../../../tools/plan/plan';
import { queueArnOfPath, queueArnOfUrl } from '../../../../tools/rehearse/sqs/queue-url';

const planIn = (region: string) =>
  readPlan('dev', { provider: { aws: [{ region, allowed_account_ids: ['111122223333'] }] } });

test.each([
  [
    'eu-central-1',
    'https://sqs.eu-central-1.amazonaws.com/111122223333/orders',
    'arn:aws:sqs:eu-central-1:111122223333:orders',
  ],
  [
    'eu-central-1',
    'https://sqs.eu-central-1.amazonaws.com/444455556666/a-b_c.fifo',
    'arn:aws:sqs:eu-central-1:444455556666:a-b_c.fifo',
  ],
  [
    'cn-north-1',
    'https://sqs.cn-north-1.amazonaws.com.cn/111122223333/orders',
    'arn:aws-cn:sqs:cn-north-1:111122223333:orders',
  ],
])('in %s the URL %s is that of %s', (region, url, arn) => {
  expect(queueArnOfUrl(planIn(region), url, 'a')).toBe(arn);
});

test.each([
  ['https://sqs.eu-west-1.amazonaws.com/111122223333/orders'],
  ['http://sqs.eu-central-1.amazonaws.com/111122223333/orders'],
  ['https://sqs.eu-central-1.amazonaws.com/1111/orders'],
  ['https://sqs.eu-central-1.amazonaws.com/111122223333/orders/more'],
  ['https://sns.eu-central-1.amazonaws.com/111122223333/orders'],
  ['https://sqs.eu-central-1.amazonaws.com/111122223333/'],
  ['arn:aws:sqs:eu-central-1:111122223333:orders'],
])('%s is no queue’s URL', (url) => {
  expect(() => queueArnOfUrl(planIn('eu-central-1'), url, 'dev: aws_sqs_queue_policy.p')).toThrow(
    `dev: aws_sqs_queue_policy.p: "queue_url" is ${url}, which is no queue's URL in eu-central-1`,
  );
});

test('an integration names a queue by the path of its URL', () => {
  expect(queueArnOfPath(planIn('eu-central-1'), '/111122223333/orders.fifo')).toBe(
    'arn:aws:sqs:eu-central-1:111122223333:orders.fifo',
  );
});
