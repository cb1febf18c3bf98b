import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { AccountLogging } from '../constructs/api/account-logging';
import type { FieldSource } from '../constructs/api/send-message-template';
import { WebSocketApi } from '../constructs/api/websocket-api';
import type { MessageRouteSettings } from '../constructs/api/websocket-message-route';
import { WebSocketStage } from '../constructs/api/websocket-stage';
import { NodeFunction } from '../constructs/function/node-function';
import { QueueEventSource } from '../constructs/function/queue-event-source';
import { ServiceRole } from '../constructs/iam/service-role';
import { ApiAlarms, webSocketApiMetrics } from '../constructs/monitoring/api-alarms';
import { FunctionAlarms } from '../constructs/monitoring/function-alarms';
import { senderRoleName } from '../constructs/names';
import { MessageQueue } from '../constructs/queue/message-queue';
import { defaults } from '../environments/defaults';
import type {
  Environment,
  WebSocketGroupSource,
  WebSocketQueueSettings,
  WebSocketReplySettings,
} from '../environments/environment';
import { domainOf } from './domain';
import { EnvironmentStack } from './environment-stack';

/** Messages of WebSocket clients through a queue to a function that answers on the same connection. */
export class WebSocketReplyStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, settings: WebSocketReplySettings) {
    super(scope, environment, 'websocket-reply');
    const {
      stageName = defaults.stageName,
      throttling = defaults.throttling,
      functionTimeoutSeconds = defaults.functionTimeoutSeconds,
      maximumConcurrency = defaults.maximumConcurrency,
      queue: queueSettings = { kind: 'fifo' },
    } = settings;
    // Where there is a callback receiver, it sets the account's role.
    const accountLogging =
      environment.manageAccountLogging && !environment.callbackReceiver
        ? new AccountLogging(this, 'account-logging', this.prefixed('api-gateway-logs'))
        : undefined;
    const key = this.ownKey();
    const queueName = this.prefixed('websocket-messages');
    const queue = new MessageQueue(this, 'messages', {
      name: queueName,
      fifo: queueSettings.kind === 'fifo',
      consumerTimeoutSeconds: functionTimeoutSeconds,
      maxReceiveCount: queueSettings.maxReceiveCount,
      retentionDays: queueSettings.retentionDays,
      key,
      ...this.queueAlarms,
    });
    const api = new WebSocketApi(this, 'api', {
      name: this.node.id,
      description: `Puts messages of the WebSocket clients of ${environment.name} on a queue`,
      connectAuthorization: settings.connectAuthorization,
      disableExecuteApiEndpoint: settings.disableExecuteApiEndpoint,
      ...messageIds(queueSettings),
      acknowledgement: settings.acknowledgement,
      queue,
      role: new ServiceRole(this, 'sender', {
        name: senderRoleName(queueName),
        description: `Sends messages of WebSocket clients to ${queue.name}`,
        trust: { service: 'apigateway' },
      }),
    });
    const stage = new WebSocketStage(this, 'stage', {
      api,
      stageName,
      throttling,
      logRetentionDays: this.logRetentionDays,
      key,
      accountLogging: accountLogging?.resource,
    });
    const domain = domainOf(this, settings.domain, { apiId: api.id, stageName: stage.stageName });
    const reply = new NodeFunction(this, 'reply', {
      name: this.prefixed('websocket-reply'),
      description: `Answers the messages of ${queue.name} on their connections`,
      source: 'websocket-reply',
      timeoutSeconds: functionTimeoutSeconds,
      memoryMegabytes: settings.functionMemoryMegabytes,
      reservedConcurrency: maximumConcurrency,
      environment: {
        CONNECTIONS_ENDPOINT:
          domain && settings.disableExecuteApiEndpoint ? domain.httpsUrl : stage.connectionsEndpoint,
        MAX_RECEIVE_COUNT: String(queue.maxReceiveCount),
      },
      logRetentionDays: this.logRetentionDays,
      key,
    });
    stage.grantPostToConnections(reply.role);
    new QueueEventSource(this, 'reply-source', { queue, function: reply, maximumConcurrency });
    if (this.alarms) {
      new ApiAlarms(this, 'alarms', {
        apiName: api.name,
        dimensions: { ApiId: api.id, Stage: stageName },
        metrics: webSocketApiMetrics,
        logGroupName: stage.logGroupName,
        settings: this.alarms,
      });
      new FunctionAlarms(this, 'reply-alarms', { functionName: reply.name, settings: this.alarms });
    }
    new TerraformOutput(this, 'websocket_uri', {
      description: 'Where clients connect to',
      value: domain?.webSocketUrl ?? stage.url,
    });
    new TerraformOutput(this, 'queue_arn', { description: 'The queue of the messages', value: queue.arn });
    new TerraformOutput(this, 'queue_url', {
      description: 'The queue of the messages, as SDKs want it',
      value: queue.url,
    });
    new TerraformOutput(this, 'function_name', { description: 'The reply function', value: reply.name });
  }
}

function messageIds(queue: WebSocketQueueSettings): MessageRouteSettings {
  if (queue.kind === 'standard') return {};
  return {
    messageGroupId: groupSource(queue.messageGroupId ?? { from: 'body', field: 'MessageGroupId' }),
    messageDeduplicationId: queue.messageDeduplicationId
      ? { bodyField: queue.messageDeduplicationId.field }
      : { context: 'requestId' },
  };
}

function groupSource(source: WebSocketGroupSource): FieldSource {
  switch (source.from) {
    case 'constant':
      return { constant: source.value };
    case 'connection':
      return { context: 'connectionId' };
    case 'body':
      return { bodyField: source.field };
  }
}
