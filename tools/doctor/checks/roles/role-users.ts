import { optionalText, text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';
import type { Actor, Affected } from '../../affected';
import { routesNeedingRole } from '../../guarded-routes';
import { inSentence } from '../queues/queue-consequences';

/** Who acts as a role. */
export interface RoleUser {
  /**
   * `logging`: API Gateway, for the logs of all APIs of the account and region. `authorizer`: a function that says who
   * may call routes, and API Gateway where it asks it.
   */
  readonly kind: Actor['kind'] | 'logging' | 'authorizer';
  /** For a sentence. */
  readonly name: string;
  /** Nothing where no queue is involved. */
  readonly queueArn: string | undefined;
  /** The pipes that invoke a function. */
  readonly pipes: readonly string[];
  /** Of an authorizer. */
  readonly guarded?: readonly string[];
}

/** Everyone of a stack who acts as a role; a function is one even where no queue is its event source. */
export function roleUsers(plan: Plan, affected: Affected, roleArn: string): readonly RoleUser[] {
  const guarded = routesNeedingRole(plan, roleArn);
  if (guarded.length > 0) {
    const name = `the authorizer of ${inSentence(guarded)}`;
    return [{ kind: 'authorizer', name, queueArn: undefined, pipes: [], guarded }];
  }
  const actors = affected.as(roleArn).map((actor) => ({ ...actor, pipes: [] }));
  const functions = read(plan, 'aws_lambda_function', 'arn', 'function_name', 'role')
    .filter((fn) => text(fn, 'role') === roleArn)
    .filter((fn) => !actors.some(({ name }) => name === `function ${text(fn, 'function_name')}`))
    .map((fn): RoleUser => {
      const pipes = read(plan, 'aws_pipes_pipe', 'name', 'source', 'target').filter(
        (pipe) => text(pipe, 'target') === text(fn, 'arn'),
      );
      const [pipe] = pipes;
      return {
        kind: 'function',
        name: `function ${text(fn, 'function_name')}`,
        queueArn: pipe && text(pipe, 'source'),
        pipes: pipes.map((one) => `pipe ${text(one, 'name')}`),
      };
    });
  const logging = read(plan, 'aws_api_gateway_account', 'cloudwatch_role_arn')
    .filter((account) => optionalText(account, 'cloudwatch_role_arn') === roleArn)
    .map((): RoleUser => ({ kind: 'logging', name: 'API Gateway', queueArn: undefined, pipes: [] }));
  return [...actors, ...functions, ...logging];
}

const read = (plan: Plan, type: string, ...reads: readonly string[]) =>
  resourcesOf(plan, type, { reads, ignores: 'the rest' });

/** Of these kinds, as queues know them. */
export const actorsOf = (users: readonly RoleUser[], roleArn: string): readonly Actor[] =>
  users.flatMap(({ kind, name, queueArn }) =>
    kind === 'logging' || kind === 'authorizer' || queueArn === undefined
      ? []
      : [{ kind, name, roleArn, queueArn }],
  );

export const userNames = (users: readonly RoleUser[]): string =>
  inSentence(users.map(({ name }) => name)) || 'whoever acts as it';
