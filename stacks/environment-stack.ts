import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Construct } from 'constructs';
import { managedPolicyArn, topicArn } from '../constructs/iam/arn';
import { boundaryName } from '../constructs/iam/deployment/role-names';
import { setPermissionsBoundary } from '../constructs/iam/permissions-boundary';
import { placement, setPlacement } from '../constructs/iam/placement';
import { alarmTopicName } from '../constructs/monitoring/alarm-names';
import type { AlarmSettings } from '../constructs/monitoring/alarms';
import { keyNotification } from '../constructs/monitoring/key-notification';
import { EncryptionKey } from '../constructs/queue/encryption-key';
import { defaults } from '../environments/defaults';
import type { Environment } from '../environments/environment';
import { addProviderLock } from '../synthesis/provider-lock';
import { ReadableStack } from '../synthesis/readable-stack';
import { addBackend, requiredTerraform } from './backend';

/** The provider versions that the stacks are written for: from the first that knows every attribute in use. */
export const awsProviderVersions = '>= 5.100.0, < 7.0.0';

/** The variants there are; a stack's id is `<environment>-<variant>`. */
export type Variant =
  | 'monitoring'
  | 'callback-receiver'
  | 'http-callback-receiver'
  | 'websocket-reply'
  | 'subscriber-pipe'
  | 'deployment-roles';

export const stackId = (environment: Environment, variant: Variant) => `${environment.name}-${variant}`;

/** The variants that an environment has. */
export const variantsOf = (environment: Environment): readonly Variant[] => [
  ...(environment.monitoring ? (['monitoring'] as const) : []),
  ...(environment.callbackReceiver ? (['callback-receiver'] as const) : []),
  ...(environment.httpCallbackReceiver ? (['http-callback-receiver'] as const) : []),
  ...(environment.websocketReply ? (['websocket-reply'] as const) : []),
  ...(environment.subscriberPipe ? (['subscriber-pipe'] as const) : []),
  ...(environment.deploymentRoles ? (['deployment-roles'] as const) : []),
];

/** What the stacks of an environment share: where they are deployed, their state, their tags, their provider. */
export class EnvironmentStack extends ReadableStack {
  readonly environment: Environment;
  readonly logRetentionDays: number;
  /** Of all alarms, where the environment has more than each queue's two. */
  readonly alarms: AlarmSettings | undefined;

  constructor(scope: Construct, environment: Environment, variant: Variant) {
    super(scope, stackId(environment, variant));
    this.environment = environment;
    this.logRetentionDays = environment.logRetentionDays ?? defaults.logRetentionDays;
    const at = placement(environment.region, environment.accountId);
    setPlacement(this, at);
    if (environment.deploymentRoles) {
      setPermissionsBoundary(this, managedPolicyArn(at, boundaryName(environment.name)));
    }
    this.alarms = environment.monitoring && {
      ...defaults.alarmThresholds,
      ...environment.monitoring.thresholds,
      topicArn: environment.alarmTopicArn ?? topicArn(at, alarmTopicName(environment.name)),
    };
    new AwsProvider(this, 'aws', {
      region: environment.region,
      // A plan against another account stops before anything is read or changed.
      allowedAccountIds: [environment.accountId],
      defaultTags: [{ tags: { ...environment.tags, environment: environment.name, stack: this.node.id } }],
    });
    this.addOverride('terraform.required_providers.aws', {
      source: 'hashicorp/aws',
      version: awsProviderVersions,
    });
    addProviderLock(this);
    this.addOverride('terraform.required_version', requiredTerraform(environment.state));
    addBackend(this, this.node.id, environment.state);
  }

  /** `<environment>-<name>`: how everything is named. */
  prefixed(name: string): string {
    return `${this.environment.name}-${name}`;
  }

  /** The key of this stack's queues, logs and functions' variables, where the environment wants one. */
  protected ownKey(): EncryptionKey | undefined {
    if (this.environment.encryption !== 'customer-key') return undefined;
    const key = new EncryptionKey(this, 'key', {
      name: this.node.id,
      description: `Encrypts the queues, logs and variables of ${this.node.id}`,
    });
    if (this.alarms) keyNotification(this, this.node.id, key, this.alarms.topicArn);
    return key;
  }

  /** What a queue's own two alarms are told. */
  get queueAlarms() {
    const { alarms, environment } = this;
    return {
      alarmTopicArn: alarms?.topicArn ?? environment.alarmTopicArn,
      oldestMessageMinutes: alarms?.oldestMessageMinutes,
    };
  }
}
