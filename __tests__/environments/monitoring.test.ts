import { describe, expect, it } from 'vitest';
import { refuses, takes } from './cases';
import { faultsWith } from './settings';

const threshold = (name: string) => `monitoring.thresholds.${name}`;
const percent = 'must be a number of percent from 0 to 100; at 100 the alarm never goes off';
const aDay = (least: number) => `must be a whole number of minutes from ${least} to 1,440`;
const requests = 'must be a whole number of requests a minute from 0 to 2,147,483,647';

describe('monitoring', () => {
  refuses([
    ['monitoring', true, 'must be an object with thresholds'],
    [threshold('oldestMessageMinutes'), 0, aDay(1)],
    [threshold('oldestMessageMinutes'), 1441, aDay(1)],
    [threshold('serverErrorPercent'), -1, percent],
    [threshold('serverErrorPercent'), 100.1, percent],
    [threshold('clientErrorPercent'), '10', percent],
    [threshold('clientErrorPercent'), Number.NaN, percent],
    [
      threshold('integrationLatencyMilliseconds'),
      30_001,
      'must be a whole number of milliseconds from 1 to 30,000',
    ],
    [threshold('throttledRequests'), -1, requests],
    [threshold('throttledRequests'), 0.5, requests],
    [threshold('pipeStoppedMinutes'), 4, aDay(5)],
    [threshold('pipeStoppedMinutes'), 1441, aDay(5)],
  ]);

  takes([
    ['monitoring', undefined],
    ['monitoring', {}],
    ['monitoring.thresholds', {}],
    ['alarmTopicArn', undefined],
    [threshold('serverErrorPercent'), 0],
    [threshold('throttledRequests'), 0],
    [threshold('pipeStoppedMinutes'), 1440],
  ]);

  const elsewhere = 'arn:aws:sns:ap-northeast-2:444455556666:on-call';
  const fifo = 'arn:aws:sns:ap-northeast-2:111122223333:on-call.fifo';
  const wayOut =
    'EventBridge, which tells of keys and connections, cannot notify it; leave it out to have a topic made, and let that one notify yours';

  it.each([
    [elsewhere, `is in the account 444455556666, the environment in 111122223333: ${wayOut}`],
    [fifo, `is a FIFO topic: ${wayOut}`],
  ])('of the topic %s EventBridge could not tell', (alarmTopicArn, rule) => {
    expect(faultsWith({ alarmTopicArn })).toEqual([
      { environment: 'test', field: 'alarmTopicArn', value: alarmTopicArn, rule },
    ]);
    expect(faultsWith({ alarmTopicArn, monitoring: undefined })).toEqual([]);
  });
});
