import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListEventSourceMappingsCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListPipesCommand, PipesClient } from '@aws-sdk/client-pipes';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';

type Contents = Readonly<Record<string, readonly string[]>>;

/** The names of what there is at an AWS endpoint, by kind, each list sorted. */
export async function endpointContents(endpoint: string, region: string): Promise<Contents> {
  const configuration = {
    endpoint,
    region,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  };
  const lambda = new LambdaClient(configuration);
  const [queues, restApis, webSocketApis, roles, functions, mappings, pipes, buckets] = await Promise.all([
    new SQSClient(configuration).send(new ListQueuesCommand()),
    new APIGatewayClient(configuration).send(new GetRestApisCommand()),
    new ApiGatewayV2Client(configuration).send(new GetApisCommand()),
    new IAMClient(configuration).send(new ListRolesCommand()),
    lambda.send(new ListFunctionsCommand()),
    lambda.send(new ListEventSourceMappingsCommand()),
    new PipesClient(configuration).send(new ListPipesCommand()),
    new S3Client(configuration).send(new ListBucketsCommand()),
  ]);
  return {
    queues: sorted(queues.QueueUrls?.map((url) => url.slice(url.lastIndexOf('/') + 1))),
    restApis: sorted(restApis.items?.map(({ name }) => name)),
    webSocketApis: sorted(webSocketApis.Items?.map(({ Name }) => Name)),
    roles: sorted(roles.Roles?.map(({ RoleName }) => RoleName)),
    functions: sorted(functions.Functions?.map(({ FunctionName }) => FunctionName)),
    eventSourceMappings: sorted(
      mappings.EventSourceMappings?.map(({ EventSourceArn }) => EventSourceArn?.split(':').at(-1)),
    ),
    pipes: sorted(pipes.Pipes?.map(({ Name }) => Name)),
    buckets: sorted(buckets.Buckets?.map(({ Name }) => Name)),
  };
}

const sorted = (names: readonly (string | undefined)[] = []): readonly string[] =>
  names.map((name) => name ?? 'without a name').sort();
