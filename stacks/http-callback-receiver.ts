import type { Construct } from 'constructs';
import { HttpCallbackApi, type HttpCallbackProps } from '../constructs/api/http-callback-api';
import { HttpCallbackStage } from '../constructs/api/http-callback-stage';
import { ApiAlarms, httpApiMetrics } from '../constructs/monitoring/api-alarms';
import type { EncryptionKey } from '../constructs/queue/encryption-key';
import { defaults } from '../environments/defaults';
import type {
  Environment,
  HttpCallbackReceiverSettings,
  HttpCallbackSettings,
} from '../environments/environment';
import { callbackIds, callbackQueue, callbackSender, outputQueues } from './callback-queue';
import { domainOf } from './domain';
import { EnvironmentStack } from './environment-stack';
import { outputEach } from './output-each';

/** HTTPS callbacks into queues: one HTTP API, and for each callback a path, a role and a queue. */
export class HttpCallbackReceiverStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, settings: HttpCallbackReceiverSettings) {
    super(scope, environment, 'http-callback-receiver');
    const { cors, stageName = defaults.stageName, throttling = defaults.throttling } = settings;
    const key = this.ownKey();
    const callbacks = settings.callbacks.map((callback) => this.#callback(callback, key));
    const api = new HttpCallbackApi(this, 'api', {
      name: this.node.id,
      description: `Receives callbacks of ${environment.name} and puts them on queues`,
      disableExecuteApiEndpoint: settings.disableExecuteApiEndpoint,
      cors: cors && { ...cors, maxAgeSeconds: cors.maxAgeSeconds ?? defaults.corsMaxAgeSeconds },
      callbacks,
    });
    const stage = new HttpCallbackStage(this, 'stage', {
      api,
      stageName,
      throttling,
      logRetentionDays: this.logRetentionDays,
      key,
    });
    const domain = domainOf(this, settings.domain, { apiId: api.id, stageName: stage.stageName });
    if (this.alarms) {
      new ApiAlarms(this, 'alarms', {
        apiName: api.name,
        dimensions: { ApiId: api.id, Stage: stageName },
        metrics: httpApiMetrics,
        logGroupName: stage.logGroupName,
        settings: this.alarms,
      });
    }
    outputEach(this, 'callback_urls', 'Where the senders post to', {
      of: callbacks,
      value: ({ path }) => `${domain?.httpsUrl ?? stage.invokeUrl}${path}`,
    });
    outputQueues(this, callbacks);
  }

  #callback(settings: HttpCallbackSettings, key: EncryptionKey | undefined): HttpCallbackProps {
    const { name, path, jwt } = settings;
    const queue = callbackQueue(this, settings, key);
    return {
      name,
      path,
      jwt,
      ...callbackIds(settings.queue, queue.fifo),
      queue,
      role: callbackSender(this, name, queue),
    };
  }
}
