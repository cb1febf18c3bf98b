import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { PipesPipe } from '@cdktf/provider-aws/lib/pipes-pipe';
import { Construct } from 'constructs';
import { canonicalJson } from '../../synthesis/canonical-json';
import { literal } from '../../synthesis/literal';
import { ServiceRole } from '../iam/service-role';
import { actorRoleName } from '../names';
import type { EncryptionKey } from '../queue/encryption-key';
import type { Queue } from '../queue/queue';
import type { Subscriber } from './subscriber';

/** An event pattern: a message that matches none of a subscription's patterns is deleted, not delivered. */
export type EventPattern = { readonly [field: string]: unknown };

export interface PipeProps {
  /** Full name; EventBridge allows 64 characters. */
  readonly name: string;
  readonly description: string;
  readonly source: Queue;
  readonly subscriber: Subscriber;
  /** At most five. @default every message is delivered */
  readonly filter?: readonly EventPattern[] | undefined;
  /** What each message is turned into. @default as the subscriber's kind says */
  readonly inputTemplate?: string | undefined;
  readonly logRetentionDays: number;
  /** Encrypts the log. @default CloudWatch Logs' own */
  readonly key?: EncryptionKey | undefined;
}

/**
 * Takes messages from a queue and delivers them to one subscriber, as a role that can do just that. While the
 * subscriber is down, messages wait in the queue; what it refuses too often goes to the queue's dead-letter queue.
 */
export class Pipe extends Construct {
  constructor(scope: Construct, id: string, props: PipeProps) {
    super(scope, id);
    const { name, source, subscriber } = props;
    const role = new ServiceRole(this, 'role', {
      name: actorRoleName(name),
      description: `What the pipe ${name} acts as`,
      trust: { service: 'pipes', pipeName: name },
    });
    const granted = source.grantConsume(role);
    subscriber.grantDeliver(role);
    // Log groups under /aws/vendedlogs/ share one entry of the account's resource policy for log delivery.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
    const logName = `/aws/vendedlogs/pipes/${name}`;
    const log = new CloudwatchLogGroup(this, 'log', {
      name: logName,
      retentionInDays: props.logRetentionDays,
      ...(props.key && { kmsKeyId: props.key.encryptLogs(logName) }),
    });
    const inputTemplate = props.inputTemplate ?? subscriber.defaultInputTemplate;
    new PipesPipe(this, 'Resource', {
      name,
      description: props.description,
      roleArn: role.resource.arn,
      source: source.arn,
      target: subscriber.targetArn,
      desiredState: 'RUNNING',
      sourceParameters: {
        sqsQueueParameters: { batchSize: subscriber.batchSize },
        ...(props.filter && {
          filterCriteria: {
            filter: props.filter.map((pattern) => ({ pattern: literal(canonicalJson(pattern)) })),
          },
        }),
      },
      targetParameters: {
        ...(inputTemplate !== undefined && { inputTemplate: literal(inputTemplate) }),
        ...subscriber.targetParameters,
      },
      // Without `include_execution_data`: payloads stay out of the log.
      logConfiguration: {
        level: 'ERROR',
        cloudwatchLogsLogDestination: { logGroupArn: log.arn },
      },
      // EventBridge tries the role's grants as the pipe is made.
      dependsOn: [...new Set([...role.policies, ...granted, ...subscriber.ready])],
    });
  }
}
