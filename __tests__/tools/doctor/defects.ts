import {
  CreateDeploymentCommand,
  DeleteDeploymentCommand,
  GetResourcesCommand,
  GetStageCommand,
  type Integration,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {
  GetIntegrationsCommand,
  GetRoutesCommand,
  UpdateIntegrationCommand,
} from '@aws-sdk/client-apigatewayv2';
import { UpdateApiDestinationCommand } from '@aws-sdk/client-eventbridge';
import {
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CancelKeyDeletionCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GetKeyPolicyCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { StartPipeCommand, StopPipeCommand } from '@aws-sdk/client-pipes';
import { GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Clients } from '../../../tools/doctor/aws/aws';

/** What a defect is made with. */
export interface Place {
  readonly clients: Clients;
  readonly accountId: string;
  readonly restApiId: string;
  readonly webSocketApiId: string;
}

/** Makes a defect at the endpoint, and gives what takes it back. */
export type Defect = (place: Place) => Promise<() => Promise<unknown>>;

const queueUrl = ({ accountId }: Place, name: string) =>
  `https://sqs.ap-northeast-2.amazonaws.com/${accountId}/${name}`;

/** Sets attributes of a queue to other values; the endpoint forgets a policy that is not set with them. */
export const queueWith =
  (name: string, attributes: Readonly<Record<string, string>>): Defect =>
  async (place) => {
    const QueueUrl = queueUrl(place, name);
    const { Attributes } = await place.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    const before: Readonly<Record<string, string>> = { ...Attributes };
    const { Policy = '' } = before;
    const set = (to: Record<string, string>) =>
      place.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy, ...to } }));
    await set(attributes);
    return () => set(Object.fromEntries(Object.keys(attributes).map((key) => [key, before[key] ?? ''])));
  };

/** Changes the policy of a queue. */
export const queuePolicy =
  (name: string, change: (policy: Policy) => void): Defect =>
  async (place) => {
    const { Attributes = {} } = await place.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl(place, name), AttributeNames: ['Policy'] }),
    );
    return queueWith(name, { Policy: changed(Attributes.Policy, change) })(place);
  };

export interface Policy {
  Statement: {
    Sid?: string;
    Effect: string;
    Action: string | string[];
    Principal?: unknown;
    Resource?: unknown;
    Condition?: unknown;
  }[];
}

function changed(json: string | undefined, change: (policy: Policy) => void): string {
  const policy = JSON.parse(json ?? '{}') as Policy;
  change(policy);
  return JSON.stringify(policy);
}

/** Takes an inline policy from a role. */
export const withoutRolePolicy =
  (RoleName: string, PolicyName: string): Defect =>
  async ({ clients: { iam } }) => {
    const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    return () =>
      iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName,
          PolicyDocument: decodeURIComponent(PolicyDocument),
        }),
      );
  };

/** Changes an inline policy of a role. */
export const rolePolicy =
  (RoleName: string, PolicyName: string, change: (policy: Policy) => void): Defect =>
  async ({ clients: { iam } }) => {
    const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    const before = decodeURIComponent(PolicyDocument);
    const put = (document: string) =>
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document }));
    await put(changed(before, change));
    return () => put(before);
  };

export const trustPolicy =
  (RoleName: string, change: (policy: Policy) => void): Defect =>
  async ({ clients: { iam } }) => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    const before = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
    const put = (PolicyDocument: string) =>
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    await put(changed(before, change));
    return () => put(before);
  };

/** Puts a REST integration anew, the only one that the endpoint changes as a whole. */
export const restIntegration =
  (path: string, change: (integration: Integration) => Integration): Defect =>
  async ({ clients: { apiGateway }, restApiId }) => {
    const { items = [] } = await apiGateway.send(
      new GetResourcesCommand({ restApiId, embed: ['methods'], limit: 500 }),
    );
    const resource = items.find((item) => item.path === path);
    const before = resource?.resourceMethods?.POST?.methodIntegration;
    if (!resource?.id || !before) throw new Error(`${path} has no integration: ${JSON.stringify(items)}`);
    const method = { restApiId, resourceId: resource.id, httpMethod: 'POST' };
    const put = async (integration: Integration) => {
      const { type, httpMethod: integrationHttpMethod, integrationResponses = {}, ...rest } = integration;
      const { cacheKeyParameters: _keys, cacheNamespace: _namespace, ...attributes } = rest;
      await apiGateway.send(
        new PutIntegrationCommand({ ...attributes, ...method, type, integrationHttpMethod }),
      );
      for (const { statusCode, ...response } of Object.values(integrationResponses)) {
        await apiGateway.send(new PutIntegrationResponseCommand({ ...response, ...method, statusCode }));
      }
    };
    await put(change(structuredClone(before)));
    return () => put(before);
  };

/** Another deployment of the REST API, which its stage serves from now on. */
export const restDeployment =
  (description: string): Defect =>
  async ({ clients: { apiGateway }, restApiId }) => {
    const stage = { restApiId, stageName: 'v1' };
    const before = await apiGateway.send(new GetStageCommand(stage));
    const serve = (value: string | undefined) =>
      apiGateway.send(
        new UpdateStageCommand({
          ...stage,
          patchOperations: [{ op: 'replace', path: '/deploymentId', value }],
        }),
      );
    const { id } = await apiGateway.send(new CreateDeploymentCommand({ restApiId, description }));
    await serve(id);
    return async () => {
      await serve(before.deploymentId);
      await apiGateway.send(new DeleteDeploymentCommand({ restApiId, deploymentId: id }));
    };
  };

/** Changes the integration of the WebSocket API's route for messages. */
export const webSocketIntegration =
  (change: {
    readonly RequestTemplates?: (templates: Record<string, string>) => Record<string, string>;
    readonly CredentialsArn?: string;
    readonly RequestParameters?: Record<string, string>;
  }): Defect =>
  async ({ clients: { apiGatewayV2 }, webSocketApiId: ApiId }) => {
    const { Items: routes = [] } = await apiGatewayV2.send(new GetRoutesCommand({ ApiId }));
    const target = routes.find(({ RouteKey }) => RouteKey === '$default')?.Target?.split('/')[1];
    const { Items = [] } = await apiGatewayV2.send(new GetIntegrationsCommand({ ApiId }));
    const before = Items.find(({ IntegrationId }) => IntegrationId === target);
    if (!before?.IntegrationId) throw new Error('the route for messages has no integration');
    const id = { ApiId, IntegrationId: before.IntegrationId };
    const { RequestTemplates: templates, ...rest } = change;
    await apiGatewayV2.send(
      new UpdateIntegrationCommand({
        ...id,
        ...rest,
        ...(templates && { RequestTemplates: templates({ ...before.RequestTemplates }) }),
      }),
    );
    const { RequestTemplates, CredentialsArn, RequestParameters } = before;
    return () =>
      apiGatewayV2.send(
        new UpdateIntegrationCommand({ ...id, RequestTemplates, CredentialsArn, RequestParameters }),
      );
  };

export const disabledMapping =
  (FunctionName: string): Defect =>
  async ({ clients: { lambda } }) => {
    const { EventSourceMappings = [] } = await lambda.send(
      new ListEventSourceMappingsCommand({ FunctionName }),
    );
    const UUID = EventSourceMappings[0]?.UUID;
    const enable = (Enabled: boolean) => lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    await enable(false);
    return () => enable(true);
  };

export const functionVariable =
  (FunctionName: string, name: string, value: string): Defect =>
  async ({ clients: { lambda } }) => {
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const set = (Variables: Record<string, string>) =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    await set({ ...Environment?.Variables, [name]: value });
    return () => set({ ...Environment?.Variables });
  };

export const functionConcurrency =
  (FunctionName: string, concurrency: number | undefined, before: number): Defect =>
  async ({ clients: { lambda } }) => {
    await (concurrency === undefined
      ? lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }))
      : lambda.send(
          new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: concurrency }),
        ));
    return () =>
      lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: before }));
  };

export const stoppedPipe =
  (Name: string): Defect =>
  async ({ clients: { pipes } }) => {
    await pipes.send(new StopPipeCommand({ Name }));
    return () => pipes.send(new StartPipeCommand({ Name }));
  };

export const destinationAt =
  (Name: string, InvocationEndpoint: string, before: string): Defect =>
  async ({ clients: { eventBridge } }) => {
    await eventBridge.send(new UpdateApiDestinationCommand({ Name, InvocationEndpoint }));
    return () => eventBridge.send(new UpdateApiDestinationCommand({ Name, InvocationEndpoint: before }));
  };

async function keyOf({ kms }: Clients, alias: string): Promise<string> {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: alias }));
  return KeyMetadata?.KeyId ?? '';
}

export const keyPolicy =
  (alias: string, change: (policy: Policy) => void): Defect =>
  async ({ clients }) => {
    const { kms } = clients;
    const KeyId = await keyOf(clients, alias);
    const { Policy: before = '' } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    const put = (policy: string) =>
      kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: policy }));
    await put(changed(before, change));
    return () => put(before);
  };

export const disabledKey =
  (alias: string): Defect =>
  async ({ clients }) => {
    const { kms } = clients;
    const KeyId = await keyOf(clients, alias);
    await kms.send(new DisableKeyCommand({ KeyId }));
    return () => kms.send(new EnableKeyCommand({ KeyId }));
  };

export const keyPendingDeletion =
  (alias: string): Defect =>
  async ({ clients }) => {
    const { kms } = clients;
    const KeyId = await keyOf(clients, alias);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    return async () => {
      await kms.send(new CancelKeyDeletionCommand({ KeyId }));
      await kms.send(new EnableKeyCommand({ KeyId }));
    };
  };

/** One defect after the other, and back the other way round. */
export const both =
  (first: Defect, second: Defect): Defect =>
  async (place) => {
    const undoFirst = await first(place);
    const undoSecond = await second(place);
    return async () => {
      await undoSecond();
      await undoFirst();
    };
  };
