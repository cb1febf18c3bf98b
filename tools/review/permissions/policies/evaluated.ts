import { NotSimulated } from '../../../not-simulated';
import { type Configuration, type Plan, readPlan, resourcesOf } from '../../../plan/plan';
import { PlanError } from '../../../plan/plan-error';
import type { ReviewedStack } from '../../change';

export type Block = Readonly<Record<string, unknown>>;

/** Resource and data type under which what is asked for stands; no provider has it. */
const asked = 'review';

/**
 * A stack's plan, with ARNs that a configuration of any kind may refer to. @throws NotSimulated for its
 * provider
 */
export function planOf({ id, configuration }: ReviewedStack): Plan {
  const plan = readPlan(id, configuration as Configuration);
  return { ...plan, known: madeUp(plan) };
}

/** What a value of the configuration is; nothing where it has something that is not known. */
export function evaluated(plan: Plan, value: unknown): unknown {
  const { configuration } = plan;
  const resource = { ...configuration.resource, [asked]: { [asked]: { value } } };
  try {
    return resourcesOf({ ...plan, configuration: { ...configuration, resource } }, asked, {
      reads: ['value'],
      ignores: [],
    })[0]?.attributes.get('value');
  } catch (error) {
    if (error instanceof NotSimulated || error instanceof PlanError) return undefined;
    throw error;
  }
}

/** A text of a resource; what is another kind of value, or is not known, is absent. */
export function textOf(plan: Plan, value: unknown): string | undefined {
  const text = evaluated(plan, value);
  return typeof text === 'string' ? text : undefined;
}

/** The resources of a type as they are written, by their names in Terraform. */
export const blocksOf = ({ configuration }: Plan, type: string): readonly (readonly [string, Block])[] =>
  Object.entries(configuration.resource?.[type] ?? {}) as [string, Block][];

/** One block of Terraform's JSON syntax may stand for itself or in a list. */
export const listOf = (written: unknown): readonly unknown[] =>
  written === undefined || written === null ? [] : [written].flat();

/** Of resources whose ARN the rehearsal has no use for. */
const arns: Readonly<Record<string, (name: string) => string>> = {
  aws_cloudwatch_log_group: (name) => `logs:<region>:<account>:log-group:${name}`,
  aws_dynamodb_table: (name) => `dynamodb:<region>:<account>:table/${name}`,
  aws_iam_policy: (name) => `iam::<account>:policy/${name}`,
  aws_iam_user: (name) => `iam::<account>:user/${name}`,
  aws_secretsmanager_secret: (name) => `secretsmanager:<region>:<account>:secret:${name}-000000`,
  aws_sns_topic: (name) => `sns:<region>:<account>:${name}`,
};

function madeUp(plan: Plan): ReadonlyMap<string, string> {
  const { partition, region, accountId } = plan;
  const ofTypes = Object.entries(arns).flatMap(([type, arn]) =>
    blocksOf(plan, type).flatMap(([name, block]) => {
      const rest = arn(textOf(plan, block.name) ?? name);
      const value = `arn:${partition}:${rest.replace('<region>', region).replace('<account>', accountId)}`;
      return ['arn', 'id'].map((attribute) => [`${type}.${name}.${attribute}`, value] as const);
    }),
  );
  const queues = blocksOf(plan, 'aws_sqs_queue').flatMap(([name]) => {
    const url = textOf(plan, `\${aws_sqs_queue.${name}.url}`);
    return url === undefined ? [] : [[`aws_sqs_queue.${name}.id`, url] as const];
  });
  const apis = ['aws_api_gateway_rest_api', 'aws_apigatewayv2_api'].flatMap((type) =>
    blocksOf(plan, type).map(([name]) => {
      const id = textOf(plan, `\${${type}.${name}.id}`);
      const arn = `arn:${partition}:execute-api:${region}:${accountId}:${id}`;
      return [`${type}.${name}.execution_arn`, arn] as const;
    }),
  );
  return new Map([...ofTypes, ...queues, ...apis]);
}
