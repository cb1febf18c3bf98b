import type { AlarmSettings } from '../../../constructs/monitoring/alarms';
import { defaults } from '../../../environments/defaults';

export const exampleTopicArn = 'arn:aws:sns:ap-northeast-2:111122223333:on-call';

/** What an environment has that says nothing of thresholds. */
export const exampleAlarms: AlarmSettings = { ...defaults.alarmThresholds, topicArn: exampleTopicArn };

/** What all alarms on a topic have in common. */
export const common = {
  comparison_operator: 'GreaterThanThreshold',
  treat_missing_data: 'notBreaching',
  alarm_actions: [exampleTopicArn],
  ok_actions: [exampleTopicArn],
};

export const threeOfFive = { evaluation_periods: 5, datapoints_to_alarm: 3 };
