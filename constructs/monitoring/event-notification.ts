import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import { canonicalJson } from '../../synthesis/canonical-json';

export interface EventNotificationProps {
  /** Full name; EventBridge allows 64 characters. */
  readonly name: string;
  /** What it means, and the first thing to do. */
  readonly description: string;
  /** The service whose API was called, as it names itself: `kms`. */
  readonly service: string;
  readonly operations: readonly string[];
  /** What else must be in the record of the call. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly topicArn: string;
}

/**
 * Tells the topic of calls of an AWS API that no metric shows. EventBridge has them from CloudTrail: without a trail
 * that logs management events in the region, none comes.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export class EventNotification extends Construct {
  constructor(scope: Construct, id: string, props: EventNotificationProps) {
    super(scope, id);
    const rule = new CloudwatchEventRule(this, 'Resource', {
      name: props.name,
      description: props.description,
      eventPattern: canonicalJson({
        source: [`aws.${props.service}`],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          ...props.detail,
          eventSource: [`${props.service}.amazonaws.com`],
          eventName: props.operations,
        },
      }),
    });
    // Without a role: the topic's policy lets EventBridge publish.
    new CloudwatchEventTarget(this, 'target', {
      rule: rule.name,
      targetId: 'alarms',
      arn: props.topicArn,
    });
  }
}
