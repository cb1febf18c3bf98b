import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import { canonicalJson } from '../../synthesis/canonical-json';

export interface EventNotificationProps {
  /** Full name; EventBridge allows 64 characters. */
  readonly name: string;
  /** What it means, and the first thing to do. */
  readonly description: string;
  /** Which events of AWS services on the account's default bus. */
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly topicArn: string;
}

/** Tells the topic of what an AWS service says by an event, and no metric shows. */
export class EventNotification extends Construct {
  constructor(scope: Construct, id: string, props: EventNotificationProps) {
    super(scope, id);
    const rule = new CloudwatchEventRule(this, 'Resource', {
      name: props.name,
      description: props.description,
      eventPattern: canonicalJson(props.pattern),
    });
    // Without a role: the topic's policy lets EventBridge publish.
    new CloudwatchEventTarget(this, 'target', {
      rule: rule.name,
      targetId: 'alarms',
      arn: props.topicArn,
    });
  }
}
