import fs from 'node:fs';
import path from 'node:path';
import { GetModelCommand, GetRouteResponseCommand } from '@aws-sdk/client-apigatewayv2';
import { GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type Aws, connect } from '../../../tools/doctor/aws/aws';
import { text } from '../../../tools/plan/attributes';
import { readPlan, resourcesOf } from '../../../tools/plan/plan';
import type { SynthesizedStack } from '../../../tools/synth/synthesize';
import { switchOffGaps } from '../../support/endpoint-gaps';
import { type Moto, startMoto } from '../../support/moto';
import type { Terraform } from '../../support/terraform';

/** An environment as the real Terraform has deployed it to a local AWS endpoint. */
export interface Deployment {
  readonly moto: Moto;
  readonly aws: Aws;
}

export const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };

/**
 * Applies the stacks of one environment, all at once, to an endpoint of its own.
 * @param synthesized where the stacks were synthesized into
 */
export async function deploy(
  terraform: Terraform,
  stacks: readonly SynthesizedStack[],
  synthesized: string,
): Promise<Deployment> {
  const [first] = stacks;
  if (!first) throw new Error('an environment has at least one stack');
  const { accountId, region } = first.environment;
  const moto = await startMoto(accountId);
  const states = await Promise.all(
    stacks.map((stack) => apply(terraform, stack, synthesized, moto.endpoint)),
  );
  const aws = connect({ region, endpoint: moto.endpoint, credentials });
  await Promise.all(stacks.flatMap((stack) => setRedrivePolicies(aws, stack)));
  return { moto, aws: listing(aws, states.flatMap(unlisted)) };
}

/** With the queue's policy beside it, which the endpoint would forget. */
function setRedrivePolicies(aws: Aws, { id, configuration }: SynthesizedStack): readonly Promise<unknown>[] {
  const plan = readPlan(id, configuration);
  const shape = { reads: ['queue_url', 'redrive_policy'], ignores: [] };
  return resourcesOf(plan, 'aws_sqs_queue_redrive_policy', shape).map(async (redrive) => {
    const QueueUrl = text(redrive, 'queue_url');
    const { Attributes } = await aws.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
    );
    const RedrivePolicy = text(redrive, 'redrive_policy');
    return aws.clients.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { ...Attributes, RedrivePolicy } }),
    );
  });
}

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

async function apply(
  { root, run }: Terraform,
  { id, configuration }: SynthesizedStack,
  synthesized: string,
  endpoint: string,
): Promise<State> {
  const folder = fs.mkdtempSync(path.join(root, `${id}-`));
  fs.cpSync(path.join(synthesized, 'stacks', id), folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'state_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  switchOffGaps(folder, configuration);
  const secrets = Object.keys(configuration.variable ?? {}).map((name) => [`TF_VAR_${name}`, 'not-a-secret']);
  const environment = {
    ...Object.fromEntries(secrets),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  await run(folder, ['init', '-input=false'], environment);
  await run(folder, ['apply', '-input=false', '-auto-approve'], environment);
  return JSON.parse(fs.readFileSync(path.join(folder, 'terraform.tfstate'), 'utf8'));
}

/** Something that the endpoint gives by its id, and has no list of. */
interface Unlisted {
  /** The path of the list. */
  readonly list: RegExp;
  readonly get: (aws: Aws) => Promise<unknown>;
}

const unlisted = ({ resources }: State): readonly Unlisted[] =>
  resources.flatMap(({ type, instances }) =>
    instances.flatMap(({ attributes }): readonly Unlisted[] => {
      const [ApiId, id, RouteId] = [attributes.api_id, attributes.id, attributes.route_id].map(String);
      switch (type) {
        case 'aws_apigatewayv2_model':
          return [
            {
              list: new RegExp(`/apis/${ApiId}/models$`),
              get: ({ clients }) => clients.apiGatewayV2.send(new GetModelCommand({ ApiId, ModelId: id })),
            },
          ];
        case 'aws_apigatewayv2_route_response':
          return [
            {
              list: new RegExp(`/apis/${ApiId}/routes/${RouteId}/routeresponses$`),
              get: ({ clients }) =>
                clients.apiGatewayV2.send(
                  new GetRouteResponseCommand({ ApiId, RouteId, RouteResponseId: id }),
                ),
            },
          ];
        default:
          return [];
      }
    }),
  );

/** Gives lists that the endpoint does not have, each thing in them as the endpoint gives it. */
const listing = (aws: Aws, things: readonly Unlisted[]): Aws => ({
  clients: aws.clients,
  ask: async <Answer>(
    permission: Parameters<Aws['ask']>[0],
    send: () => Promise<Answer>,
  ): Promise<Answer | undefined> => {
    if (!/::\/apis\/\w+\/(models|routes\/\w+\/routeresponses)$/.test(permission.resource)) {
      return aws.ask(permission, send);
    }
    const listed = things.filter(({ list }) => list.test(permission.resource));
    return (await Promise.all(listed.map(({ get }) => get(aws)))) as Answer;
  },
});
