import { describe, expect, it } from 'vitest';
import { probePermissions } from '../../../../tools/doctor/probe/permissions';
import { dev } from '../../../fixtures/environments/dev';
import { prod } from '../../../fixtures/environments/prod';
import { variants } from '../../rehearse/variants';
import { synthesizedEnvironment } from './synthesized-environment';

const declared = (environment: typeof dev) => {
  const { plans } = synthesizedEnvironment(environment);
  return probePermissions(plans, environment).map(({ action, resource }) => `${action} ${resource}`);
};

describe('what the probe may do', () => {
  it('in dev: count, and find and delete its own objects', () => {
    const sqs = 'arn:aws:sqs:ap-northeast-2:111122223333';
    const bucket = 'arn:aws:s3:::dev-delivery-results-archive-111122223333-ap-northeast-2';
    expect(declared(dev)).toEqual([
      `sqs:GetQueueAttributes ${sqs}:dev-delivery-results`,
      `sqs:GetQueueAttributes ${sqs}:dev-delivery-results-dead-letter`,
      `s3:ListBucket ${bucket}`,
      `s3:GetObject ${bucket}/doctor-probe-*`,
      `s3:DeleteObjectVersion ${bucket}/doctor-probe-*`,
      `sqs:GetQueueAttributes ${sqs}:dev-websocket-messages.fifo`,
      `sqs:GetQueueAttributes ${sqs}:dev-websocket-messages-dead-letter.fifo`,
    ]);
  });

  it('in prod: also receive from the queue that nobody takes from, with its key, and connect', () => {
    const sqs = 'arn:aws:sqs:ap-northeast-2:444455556666';
    const bucket = 'arn:aws:s3:::prod-payment-events-archive-444455556666-ap-northeast-2';
    const counting = (name: string, suffix = '') => [
      `sqs:GetQueueAttributes ${sqs}:${name}${suffix}`,
      `sqs:GetQueueAttributes ${sqs}:${name}-dead-letter${suffix}`,
    ];
    expect(new Set(declared(prod))).toEqual(
      new Set([
        ...counting('prod-delivery-results'),
        ...counting('prod-payment-events', '.fifo'),
        `s3:ListBucket ${bucket}`,
        `s3:GetObject ${bucket}/doctor-probe-*`,
        `s3:DeleteObjectVersion ${bucket}/doctor-probe-*`,
        ...counting('prod-inbound-sms'),
        `sqs:ReceiveMessage ${sqs}:prod-inbound-sms`,
        `sqs:DeleteMessage ${sqs}:prod-inbound-sms`,
        `sqs:ChangeMessageVisibility ${sqs}:prod-inbound-sms`,
        'kms:Decrypt arn:aws:kms:ap-northeast-2:444455556666:key/*',
        ...counting('prod-websocket-messages', '.fifo'),
        'execute-api:Invoke arn:aws:execute-api:ap-northeast-2:444455556666:*/v1/$connect',
      ]),
    );
  });

  it('leaves queues of others alone', () => {
    const [callbacks] = Object.values(variants);
    expect(declared(callbacks as typeof dev).filter((permission) => permission.includes('theirs'))).toEqual(
      [],
    );
  });
});
