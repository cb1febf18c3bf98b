import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { functionAlarmNames } from './alarm-names';
import { type AlarmSettings, notifying, threeOfFiveMinutes } from './alarms';

export interface FunctionAlarmsProps {
  readonly functionName: string;
  readonly settings: Pick<AlarmSettings, 'topicArn'>;
}

/**
 * Two alarms: the function crashes or runs out of time, and it gets no execution. Messages that it reports as failed
 * are no errors of the function; they come to the dead-letter queue, which has an alarm of its own.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, { functionName, settings }: FunctionAlarmsProps) {
    super(scope, id);
    const names = functionAlarmNames(functionName);
    const common = {
      namespace: 'AWS/Lambda',
      dimensions: { FunctionName: functionName },
      statistic: 'Sum',
      period: 60,
      ...threeOfFiveMinutes,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      // A function that nobody calls reports nothing.
      treatMissingData: 'notBreaching',
      ...notifying(settings.topicArn),
    };
    new CloudwatchMetricAlarm(this, 'errors', {
      ...common,
      alarmName: names.errors,
      alarmDescription: `${functionName} crashes or runs out of time again and again: its messages come back, and are given up in the end. Look for "ERROR" and "Task timed out" in /aws/lambda/${functionName}.`,
      metricName: 'Errors',
    });
    new CloudwatchMetricAlarm(this, 'throttles', {
      ...common,
      alarmName: names.throttles,
      alarmDescription: `${functionName} gets no execution: its reserved concurrency, or the account's, is used up, and messages wait. Look at its ConcurrentExecutions, then raise maximumConcurrency in the environment or the account's quota.`,
      metricName: 'Throttles',
    });
  }
}
