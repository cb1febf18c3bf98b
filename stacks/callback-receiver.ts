import type { Construct } from 'constructs';
import { AccountLogging } from '../constructs/api/account-logging';
import { CallbackApi, type CallbackProps } from '../constructs/api/callback-api';
import { CallbackStage } from '../constructs/api/callback-stage';
import { CallerKey } from '../constructs/api/caller-key';
import { HmacAuthorizer } from '../constructs/api/hmac-authorizer';
import { type MethodAuthorization, noAuthorization } from '../constructs/api/method-authorization';
import { endpointUrl } from '../constructs/iam/arn';
import { placementOf } from '../constructs/iam/placement';
import { ApiAlarms, restApiMetrics } from '../constructs/monitoring/api-alarms';
import { FunctionAlarms } from '../constructs/monitoring/function-alarms';
import type { EncryptionKey } from '../constructs/queue/encryption-key';
import { defaults } from '../environments/defaults';
import type {
  CallbackAuthorization,
  CallbackReceiverSettings,
  CallbackSettings,
  Environment,
} from '../environments/environment';
import { callbackIds, callbackQueue, callbackSender, outputQueues } from './callback-queue';
import { domainOf } from './domain';
import { EnvironmentStack } from './environment-stack';
import { addNginxMirror } from './nginx-mirror';
import { outputEach } from './output-each';

/** HTTPS callbacks into queues: one REST API, and for each callback a path, an allow-list, a role and a queue. */
export class CallbackReceiverStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, settings: CallbackReceiverSettings) {
    super(scope, environment, 'callback-receiver');
    const { stageName = defaults.stageName, throttling = defaults.throttling } = settings;
    const key = this.ownKey();
    const accountLogging = environment.manageAccountLogging
      ? new AccountLogging(this, 'account-logging', this.prefixed('api-gateway-logs'))
      : undefined;
    const callbacks = settings.callbacks.map((callback) => this.#callback(callback, key));
    const api = new CallbackApi(this, 'api', {
      name: this.node.id,
      description: `Receives callbacks of ${environment.name} and puts them on queues`,
      stageName,
      disableExecuteApiEndpoint: settings.disableExecuteApiEndpoint,
      vpcEndpointIds: settings.privateEndpoint?.vpcEndpointIds,
      hasWebAcl: settings.webAclArn !== undefined,
      callbacks,
    });
    const stage = new CallbackStage(this, 'stage', {
      api,
      stageName,
      throttling,
      logRetentionDays: this.logRetentionDays,
      key,
      accountLogging: accountLogging?.resource,
      webAclArn: settings.webAclArn,
    });
    const domain = domainOf(this, settings.domain, {
      apiId: api.id,
      stageName: stage.stageName,
      dualStack: api.dualStack,
    });
    if (this.alarms) {
      new ApiAlarms(this, 'alarms', {
        apiName: api.name,
        dimensions: { ApiName: api.name, Stage: stageName },
        metrics: restApiMetrics,
        logGroupName: stage.logGroupName,
        settings: this.alarms,
      });
    }
    outputEach(
      this,
      'callback_urls',
      settings.privateEndpoint
        ? 'Where the senders post to, in networks where the VPC endpoint has private DNS names'
        : 'Where the senders post to',
      {
        of: callbacks,
        value: ({ path }) => `${domain?.httpsUrl ?? stage.invokeUrl}${path}`,
      },
    );
    this.#privateUrls(settings, api, callbacks);
    this.#callerKeys(settings, api, stage);
    outputQueues(this, callbacks);
    addNginxMirror(this, settings, api);
  }

  #privateUrls(
    { privateEndpoint, stageName = defaults.stageName }: CallbackReceiverSettings,
    api: CallbackApi,
    callbacks: readonly CallbackProps[],
  ): void {
    if (!privateEndpoint) return;
    outputEach(
      this,
      'vpc_endpoint_urls',
      'Where the senders post to through each VPC endpoint, with private DNS names or without',
      {
        of: callbacks,
        value: ({ path }) =>
          privateEndpoint.vpcEndpointIds.map(
            (id) => `${endpointUrl(placementOf(this), api.id, id, stageName)}${path}`,
          ),
      },
    );
  }

  #callerKeys({ callbacks }: CallbackReceiverSettings, api: CallbackApi, { stageName }: CallbackStage): void {
    const keys = callbacks.flatMap(({ name, apiKey }) =>
      apiKey
        ? [
            {
              name,
              key: new CallerKey(this, `${name}-key`, {
                name: this.prefixed(name),
                description: `Senders of ${name}`,
                stage: { restApiId: api.id, stageName },
                ...apiKey,
              }),
            },
          ]
        : [],
    );
    if (keys.length === 0) return;
    outputEach(
      this,
      'api_key_ids',
      'The keys of the senders: `aws apigateway get-api-key --include-value --api-key <id>` shows what to send in X-Api-Key',
      {
        of: keys,
        value: ({ key }) => key.keyId,
      },
    );
  }

  #callback(settings: CallbackSettings, key: EncryptionKey | undefined): CallbackProps {
    const { name } = settings;
    const queue = callbackQueue(this, settings, key);
    const ids = callbackIds(settings.queue, queue.fifo);
    return {
      name,
      path: settings.path,
      allowList: settings.allowList,
      authorization: methodAuthorization(settings.authorization),
      apiKeyRequired: settings.apiKey !== undefined,
      schema: settings.schema,
      contentTypes: settings.contentTypes ?? ['application/json'],
      binaryContentTypes: settings.binaryContentTypes,
      headerAttributes: settings.headerAttributes ?? [],
      accepted: settings.response ?? 'empty',
      authorizer: this.#authorizer(settings, key),
      ...ids,
      queue,
      role: callbackSender(this, name, queue),
    };
  }

  #authorizer(
    { name, authorization }: CallbackSettings,
    key: EncryptionKey | undefined,
  ): HmacAuthorizer | undefined {
    if (authorization?.kind !== 'hmac') return undefined;
    const authorizer = new HmacAuthorizer(this, `${name}-authorizer`, {
      name: this.prefixed(name),
      secretArn: authorization.secretArn,
      keyArn: authorization.keyArn,
      toleranceSeconds: authorization.toleranceSeconds ?? defaults.signatureToleranceSeconds,
      logRetentionDays: this.logRetentionDays,
      key,
    });
    if (this.alarms) {
      new FunctionAlarms(this, `${name}-authorizer-alarms`, {
        functionName: authorizer.name,
        settings: this.alarms,
      });
    }
    return authorizer;
  }
}

function methodAuthorization(authorization: CallbackAuthorization | undefined): MethodAuthorization {
  return authorization?.kind === 'aws-iam'
    ? { authorization: 'AWS_IAM', callerRoleArns: authorization.callerRoleArns }
    : noAuthorization;
}
