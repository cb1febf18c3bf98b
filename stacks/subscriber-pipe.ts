import type { Construct } from 'constructs';
import { ArchiveBucket } from '../constructs/function/archive-bucket';
import { NodeFunction } from '../constructs/function/node-function';
import { queueArn } from '../constructs/iam/arn';
import { placementOf } from '../constructs/iam/placement';
import { connectionNotification } from '../constructs/monitoring/connection-notification';
import { FunctionAlarms } from '../constructs/monitoring/function-alarms';
import { PipeAlarms } from '../constructs/monitoring/pipe-alarms';
import { bucketName, queueName } from '../constructs/names';
import { HttpsSubscriber } from '../constructs/pipe/https-subscriber';
import { LambdaSubscriber } from '../constructs/pipe/lambda-subscriber';
import { Pipe } from '../constructs/pipe/pipe';
import type { Subscriber } from '../constructs/pipe/subscriber';
import type { EncryptionKey } from '../constructs/queue/encryption-key';
import { ExistingQueue } from '../constructs/queue/existing-queue';
import { keyByAlias } from '../constructs/queue/key-access';
import type { Queue } from '../constructs/queue/queue';
import { archiveTimeoutSeconds, defaults } from '../environments/defaults';
import type { Environment, SubscriberPipeSettings, SubscriptionSettings } from '../environments/environment';
import { callbackReceiveCount } from './callback-receive-count';
import { EnvironmentStack, stackId } from './environment-stack';
import { outputEach } from './output-each';

/** Messages of queues to their subscribers, one pipe a subscription. */
export class SubscriberPipeStack extends EnvironmentStack {
  readonly #key: EncryptionKey | undefined;

  constructor(scope: Construct, environment: Environment, settings: SubscriberPipeSettings) {
    super(scope, environment, 'subscriber-pipe');
    this.#key = this.ownKey();
    for (const subscription of settings.subscriptions) {
      const { name } = subscription;
      const source = this.#source(subscription);
      new Pipe(this, `${name}-pipe`, {
        name: this.prefixed(name),
        description: `Delivers the messages of ${source.name} to their subscriber`,
        source,
        subscriber: this.#subscriber(subscription),
        filter: subscription.filter,
        inputTemplate: subscription.inputTemplate,
        logRetentionDays: this.logRetentionDays,
        key: this.#key,
      });
      if (this.alarms) {
        new PipeAlarms(this, `${name}-alarms`, {
          pipeName: this.prefixed(name),
          sourceQueueName: source.accountId === environment.accountId ? source.name : undefined,
          settings: this.alarms,
        });
      }
    }
    const connections = settings.subscriptions
      .filter(({ subscriber }) => subscriber.kind === 'https')
      .map(({ name }) => this.prefixed(name));
    if (this.alarms && connections.length > 0) {
      connectionNotification(this, this.node.id, connections, this.alarms.topicArn);
    }
    outputEach(this, 'pipe_names', 'The pipes of the subscriptions', {
      of: settings.subscriptions,
      value: ({ name }) => this.prefixed(name),
    });
  }

  /** By ARN in any case: no stack reads another's state. */
  #source({ name, source }: SubscriptionSettings): Queue {
    const id = `${name}-source`;
    if ('queueArn' in source) {
      return new ExistingQueue(this, id, {
        arn: source.queueArn,
        ...(source.keyArn && { key: { arn: source.keyArn } }),
      });
    }
    const { encryption } = this.environment;
    const { callback, receiver } = this.#callback(source.callback);
    if (callback?.queue?.kind === 'existing') {
      return new ExistingQueue(this, id, {
        arn: callback.queue.arn,
        ...(callback.queue.keyArn && { key: { arn: callback.queue.keyArn } }),
      });
    }
    const at = placementOf(this);
    return new ExistingQueue(this, id, {
      arn: queueArn(at, queueName(this.prefixed(source.callback), callback?.queue?.kind === 'fifo')),
      ...(encryption === 'customer-key' && {
        key: keyByAlias(at, stackId(this.environment, receiver)),
      }),
    });
  }

  /** The callback, and the receiver that has it. */
  #callback(name: string) {
    const named = <C extends { readonly name: string }>(callbacks: readonly C[] | undefined) =>
      callbacks?.find((callback) => callback.name === name);
    const { callbackReceiver, httpCallbackReceiver } = this.environment;
    const callback = named(callbackReceiver?.callbacks);
    return callback
      ? { callback, receiver: 'callback-receiver' as const }
      : { callback: named(httpCallbackReceiver?.callbacks), receiver: 'http-callback-receiver' as const };
  }

  #subscriber(subscription: SubscriptionSettings): Subscriber {
    const { name, subscriber } = subscription;
    switch (subscriber.kind) {
      case 'https':
        return new HttpsSubscriber(this, `${name}-subscriber`, {
          ...subscriber,
          name: this.prefixed(name),
          rateLimitPerSecond: subscriber.rateLimitPerSecond ?? defaults.rateLimitPerSecond,
          headers: subscriber.headers ?? {},
        });
      case 'lambda':
        return new LambdaSubscriber({ functionArn: subscriber.functionArn });
      case 's3-archive':
        return this.#archive(subscription, subscriber.messageKeyField);
    }
  }

  #archive({ name, source }: SubscriptionSettings, messageKeyField: string | undefined): Subscriber {
    const at = placementOf(this);
    const { callback } = 'callback' in source ? this.#callback(source.callback) : {};
    const maxReceiveCount = callback && callbackReceiveCount(this.environment, callback);
    const bucket = new ArchiveBucket(
      this,
      `${name}-bucket`,
      bucketName(this.prefixed(name), at.accountId, at.region),
    );
    const writer = new NodeFunction(this, `${name}-writer`, {
      name: this.prefixed(`${name}-writer`),
      description: `Writes messages to ${bucket.name}`,
      source: 'archive-to-s3',
      timeoutSeconds: archiveTimeoutSeconds,
      reservedConcurrency: 10,
      environment: {
        BUCKET_NAME: bucket.name,
        ...(messageKeyField && { MESSAGE_KEY_FIELD: messageKeyField }),
        ...(maxReceiveCount !== undefined && { MAX_RECEIVE_COUNT: String(maxReceiveCount) }),
      },
      logRetentionDays: this.logRetentionDays,
      key: this.#key,
    });
    if (this.alarms) {
      new FunctionAlarms(this, `${name}-writer-alarms`, { functionName: writer.name, settings: this.alarms });
    }
    bucket.grantPut(writer.role);
    return new LambdaSubscriber({ functionArn: writer.arn, ready: [writer.resource, ...writer.ready] });
  }
}
