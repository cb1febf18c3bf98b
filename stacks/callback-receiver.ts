import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { AccountLogging } from '../constructs/api/account-logging';
import { CallbackApi, type CallbackProps } from '../constructs/api/callback-api';
import { CallbackStage } from '../constructs/api/callback-stage';
import type { FieldSource } from '../constructs/api/send-message-template';
import { ServiceRole } from '../constructs/iam/service-role';
import { senderRoleName } from '../constructs/names';
import type { EncryptionKey } from '../constructs/queue/encryption-key';
import { ExistingQueue } from '../constructs/queue/existing-queue';
import { MessageQueue } from '../constructs/queue/message-queue';
import type { Queue } from '../constructs/queue/queue';
import { defaults } from '../environments/defaults';
import type {
  CallbackIdSource,
  CallbackReceiverSettings,
  CallbackSettings,
  Environment,
} from '../environments/environment';
import { callbackReceiveCount } from './callback-receive-count';
import { EnvironmentStack } from './environment-stack';

/** HTTPS callbacks into queues: one REST API, and for each callback a path, an allow-list, a role and a queue. */
export class CallbackReceiverStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, settings: CallbackReceiverSettings) {
    super(scope, environment, 'callback-receiver');
    const { stageName = defaults.stageName, throttling = defaults.throttling } = settings;
    const key = this.queueKey();
    const accountLogging = environment.manageAccountLogging
      ? new AccountLogging(this, 'account-logging', this.prefixed('api-gateway-logs'))
      : undefined;
    const callbacks = settings.callbacks.map((callback) => this.#callback(callback, key));
    const api = new CallbackApi(this, 'api', {
      name: this.node.id,
      description: `Receives callbacks of ${environment.name} and puts them on queues`,
      stageName,
      disableExecuteApiEndpoint: settings.disableExecuteApiEndpoint,
      callbacks,
    });
    const stage = new CallbackStage(this, 'stage', {
      api,
      stageName,
      throttling,
      logRetentionDays: this.logRetentionDays,
      accountLogging: accountLogging?.resource,
    });
    this.#output(
      'callback_urls',
      'Where the senders post to',
      callbacks,
      ({ path }) => `${stage.invokeUrl}${path}`,
    );
    this.#output('queue_arns', 'The queues of the callbacks', callbacks, ({ queue }) => queue.arn);
    this.#output(
      'queue_urls',
      'The queues of the callbacks, as SDKs want them',
      callbacks,
      ({ queue }) => queue.url,
    );
  }

  #callback(settings: CallbackSettings, key: EncryptionKey | undefined): CallbackProps {
    const { name } = settings;
    const queue = this.#queue(settings, key);
    const ids = idsOf(settings.queue, queue.fifo);
    return {
      name,
      path: settings.path,
      allowList: settings.allowList,
      schema: settings.schema,
      contentTypes: settings.contentTypes ?? ['application/json'],
      binaryContentTypes: settings.binaryContentTypes,
      headerAttributes: settings.headerAttributes ?? [],
      accepted: settings.response ?? 'empty',
      ...ids,
      queue,
      role: new ServiceRole(this, `${name}-sender`, {
        name: senderRoleName(this.prefixed(name)),
        description: `Sends the callbacks of ${name} to ${queue.name}`,
        trust: { service: 'apigateway' },
      }),
    };
  }

  #queue(settings: CallbackSettings, key: EncryptionKey | undefined): Queue {
    const { name, queue } = settings;
    const id = `${name}-queue`;
    if (queue?.kind === 'existing') {
      return new ExistingQueue(this, id, {
        arn: queue.arn,
        ...(queue.keyArn && { key: { arn: queue.keyArn } }),
      });
    }
    return new MessageQueue(this, id, {
      name: this.prefixed(name),
      fifo: queue?.kind === 'fifo',
      consumerTimeoutSeconds: queue?.consumerTimeoutSeconds ?? defaults.consumerTimeoutSeconds,
      maxReceiveCount: callbackReceiveCount(this.environment, settings),
      retentionDays: queue?.retentionDays,
      consumerRoleArns: queue?.consumerRoleArns,
      key,
      alarmTopicArn: this.environment.alarmTopicArn,
    });
  }

  #output(
    id: string,
    description: string,
    callbacks: readonly CallbackProps[],
    value: (callback: CallbackProps) => string,
  ): void {
    new TerraformOutput(this, id, {
      description,
      value: Object.fromEntries(callbacks.map((callback) => [callback.name, value(callback)])),
    });
  }
}

function idsOf(queue: CallbackSettings['queue'], fifo: boolean) {
  const groupId = queue && 'messageGroupId' in queue ? queue.messageGroupId : undefined;
  const deduplicationId =
    queue && 'messageDeduplicationId' in queue ? queue.messageDeduplicationId : undefined;
  return {
    messageGroupId: groupId && fieldSource(groupId),
    messageDeduplicationId: deduplicationId
      ? fieldSource(deduplicationId)
      : fifo
        ? { context: 'requestId' }
        : undefined,
  };
}

function fieldSource(source: CallbackIdSource): FieldSource {
  switch (source.from) {
    case 'constant':
      return { constant: source.value };
    case 'header':
      return { header: source.name };
    case 'body':
      return { bodyField: source.field };
  }
}
