import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { placementOf } from '../constructs/iam/placement';
import { alarmTopicName } from '../constructs/monitoring/alarm-names';
import { AlarmTopic } from '../constructs/monitoring/alarm-topic';
import { Dashboard } from '../constructs/monitoring/dashboard';
import { keyNotification } from '../constructs/monitoring/key-notification';
import type { Environment } from '../environments/environment';
import { dashboardRows } from './dashboard-rows';
import { EnvironmentStack } from './environment-stack';

/** The topic that an environment's alarms notify, unless it has one, and its dashboard. */
export class MonitoringStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, 'monitoring');
    let { alarmTopicArn } = environment;
    if (alarmTopicArn === undefined) {
      const topic = new AlarmTopic(this, 'alarms', {
        name: alarmTopicName(environment.name),
        keyName: this.node.id,
      });
      keyNotification(this, this.node.id, topic.key, topic.arn);
      alarmTopicArn = topic.arn;
    }
    new Dashboard(this, 'dashboard', environment.name, dashboardRows(environment, placementOf(this)));
    new TerraformOutput(this, 'alarm_topic_arn', {
      description: 'What whoever is on call subscribes to',
      value: alarmTopicArn,
    });
    new TerraformOutput(this, 'dashboard_name', {
      description: 'The dashboard in CloudWatch',
      value: environment.name,
    });
  }
}
