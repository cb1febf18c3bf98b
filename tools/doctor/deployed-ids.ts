import { GetRestApisCommand, type RestApi } from '@aws-sdk/client-api-gateway';
import { type Api, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { DescribeApiDestinationCommand, DescribeConnectionCommand } from '@aws-sdk/client-eventbridge';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { text } from '../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../plan/plan';
import type { Aws } from './aws/aws';
import type { Permission } from './check';

/** The ids and ARNs that AWS chose for a plan's resources, by `<type>.<name>.<attribute>`: each found by its name. */
export async function deployedIds(plan: Plan, aws: Aws): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(sources.map((source) => source.find(plan, aws)));
  return new Map(found.flat());
}

/** What `deployedIds` asks for. */
export const idPermissions = (plan: Plan): readonly Permission[] =>
  sources.flatMap((source) => source.permissions(plan));

type Found = readonly (readonly [string, string])[];

/** One kind of resource whose id only AWS knows. */
interface Source {
  readonly permissions: (plan: Plan) => readonly Permission[];
  readonly find: (plan: Plan, aws: Aws) => Promise<Found>;
}

const named = (plan: Plan, type: string, ...reads: readonly string[]) =>
  resourcesOf(plan, type, { reads: ['name', ...reads], ignores: 'the rest' });

const keyOf = (resource: PlanResource, attribute: string) =>
  `${resource.address.slice(resource.address.indexOf(' ') + 1)}.${attribute}`;

const apiGateway = ({ partition, region }: Plan, path: string): Permission => ({
  action: 'apigateway:GET',
  resource: `arn:${partition}:apigateway:${region}::${path}`,
});

const onlyIfAny = (plan: Plan, type: string, permission: Permission) =>
  named(plan, type).length > 0 ? [permission] : [];

const restApis: Source = {
  permissions: (plan) => onlyIfAny(plan, 'aws_api_gateway_rest_api', apiGateway(plan, '/restapis')),
  async find(plan, aws) {
    const wanted = named(plan, 'aws_api_gateway_rest_api');
    if (wanted.length === 0) return [];
    const apis = await aws.ask(apiGateway(plan, '/restapis'), async () => {
      const items: RestApi[] = [];
      let position: string | undefined;
      do {
        const page = await aws.clients.apiGateway.send(new GetRestApisCommand({ limit: 500, position }));
        items.push(...(page.items ?? []));
        position = page.position;
      } while (position !== undefined);
      return items;
    });
    return wanted.flatMap((api) => {
      const id = newest(
        apis?.filter(({ name }) => name === text(api, 'name')),
        'createdDate',
      )?.id;
      return id === undefined ? [] : [[keyOf(api, 'id'), id] as const];
    });
  },
};

const webSocketApis: Source = {
  permissions: (plan) => onlyIfAny(plan, 'aws_apigatewayv2_api', apiGateway(plan, '/apis')),
  async find(plan, aws) {
    const wanted = named(plan, 'aws_apigatewayv2_api');
    if (wanted.length === 0) return [];
    const apis = await aws.ask(apiGateway(plan, '/apis'), async () => {
      const items: Api[] = [];
      let NextToken: string | undefined;
      do {
        const page = await aws.clients.apiGatewayV2.send(
          new GetApisCommand({ MaxResults: '500', NextToken }),
        );
        items.push(...(page.Items ?? []));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return items;
    });
    return wanted.flatMap((api) => {
      const id = newest(
        apis?.filter(({ Name }) => Name === text(api, 'name')),
        'CreatedDate',
      )?.ApiId;
      return id === undefined ? [] : [[keyOf(api, 'id'), id] as const];
    });
  },
};

/** Where a name was given twice, the later one: what a deploy that lost its state has made. */
const newest = <Key extends string, T extends { readonly [K in Key]?: Date | undefined }>(
  things: readonly T[] | undefined,
  date: Key,
): T | undefined => things?.toSorted((a, b) => Number(b[date] ?? 0) - Number(a[date] ?? 0))[0];

/** IAM knows keys by their ids alone, which are what is looked for. */
const anyKey = ({ partition, region, accountId }: Plan): Permission => ({
  action: 'kms:DescribeKey',
  resource: `arn:${partition}:kms:${region}:${accountId}:key/*`,
});

const keys: Source = {
  permissions: (plan) => onlyIfAny(plan, 'aws_kms_alias', anyKey(plan)),
  async find(plan, aws) {
    const found = await Promise.all(
      resourcesOf(plan, 'aws_kms_key', { reads: ['key_id'], ignores: 'the rest' }).map(async (key) => {
        const alias = named(plan, 'aws_kms_alias', 'target_key_id').find((candidate) =>
          [text(key, 'key_id')].includes(text(candidate, 'target_key_id')),
        );
        if (!alias) return [];
        const described = await aws.ask(anyKey(plan), () =>
          aws.clients.kms.send(new DescribeKeyCommand({ KeyId: text(alias, 'name') })),
        );
        const { KeyId: id, Arn: arn } = described?.KeyMetadata ?? {};
        if (id === undefined || arn === undefined) return [];
        return [
          [keyOf(key, 'id'), id],
          [keyOf(key, 'key_id'), id],
          [keyOf(key, 'arn'), arn],
        ] as const;
      }),
    );
    return found.flat();
  },
};

const events = ({ partition, region, accountId }: Plan, action: string, resource: string): Permission => ({
  action: `events:${action}`,
  resource: `arn:${partition}:events:${region}:${accountId}:${resource}`,
});

const connections: Source = {
  permissions: (plan) =>
    named(plan, 'aws_cloudwatch_event_connection').map((connection) =>
      events(plan, 'DescribeConnection', `connection/${text(connection, 'name')}/*`),
    ),
  find: async (plan, aws) =>
    arnsOf(named(plan, 'aws_cloudwatch_event_connection'), async (name) => {
      const answer = await aws.ask(events(plan, 'DescribeConnection', `connection/${name}/*`), () =>
        aws.clients.eventBridge.send(new DescribeConnectionCommand({ Name: name })),
      );
      return answer?.ConnectionArn;
    }),
};

const apiDestinations: Source = {
  permissions: (plan) =>
    named(plan, 'aws_cloudwatch_event_api_destination').map((destination) =>
      events(plan, 'DescribeApiDestination', `api-destination/${text(destination, 'name')}/*`),
    ),
  find: async (plan, aws) =>
    arnsOf(named(plan, 'aws_cloudwatch_event_api_destination'), async (name) => {
      const answer = await aws.ask(events(plan, 'DescribeApiDestination', `api-destination/${name}/*`), () =>
        aws.clients.eventBridge.send(new DescribeApiDestinationCommand({ Name: name })),
      );
      return answer?.ApiDestinationArn;
    }),
};

async function arnsOf(
  resources: readonly PlanResource[],
  arnOf: (name: string) => Promise<string | undefined>,
): Promise<Found> {
  const found = await Promise.all(
    resources.map(async (resource) => {
      const arn = await arnOf(text(resource, 'name'));
      return arn === undefined ? [] : [[keyOf(resource, 'arn'), arn] as const];
    }),
  );
  return found.flat();
}

const sources: readonly Source[] = [restApis, webSocketApis, keys, connections, apiDestinations];
