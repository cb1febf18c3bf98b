import { optionalText, text } from '../plan/attributes';
import { type Plan, resourcesOf } from '../plan/plan';
import { restPaths } from './affected';

/** A function that says who may call routes, and the role as which API Gateway asks it. */
interface Authorizer {
  readonly functionArn: string;
  readonly credentials: string | undefined;
  /** As callers know them: `POST /v1/bizppurio/delivery-results`. */
  readonly routes: readonly string[];
}

/** The routes that let nobody in while a function fails, or cannot be asked. */
export const routesGuardedBy = (plan: Plan, functionArn: string): readonly string[] =>
  authorizersOf(plan)
    .filter((authorizer) => authorizer.functionArn === functionArn)
    .flatMap(({ routes }) => routes);

/** The same of a role: that of such a function, or that as which API Gateway asks it. */
export const routesNeedingRole = (plan: Plan, roleArn: string): readonly string[] => {
  const functionArns = read(plan, 'aws_lambda_function', 'arn', 'role')
    .filter((fn) => text(fn, 'role') === roleArn)
    .map((fn) => text(fn, 'arn'));
  return authorizersOf(plan)
    .filter(({ functionArn, credentials }) => credentials === roleArn || functionArns.includes(functionArn))
    .flatMap(({ routes }) => routes);
};

/** What callers of routes see then. */
export const nobodyLetIn = (routes: readonly string[]): string =>
  `callers of ${routes.join(' and ')} get 500 from API Gateway itself, since nobody can check their signatures, and nothing is queued`;

function authorizersOf(plan: Plan): readonly Authorizer[] {
  const pathOf = restPaths(plan);
  const [stage] = read(plan, 'aws_api_gateway_stage', 'stage_name');
  const methods = read(plan, 'aws_api_gateway_method', 'authorizer_id', 'http_method', 'resource_id');
  return read(plan, 'aws_api_gateway_authorizer', 'authorizer_credentials', 'authorizer_uri', 'id').flatMap(
    (authorizer) => {
      const uri = optionalText(authorizer, 'authorizer_uri') ?? '';
      const [, functionArn] = /:lambda:path\/[^/]+\/functions\/(arn:[^/]+)\/invocations$/.exec(uri) ?? [];
      if (functionArn === undefined) return [];
      return [
        {
          functionArn,
          credentials: optionalText(authorizer, 'authorizer_credentials'),
          routes: methods
            .filter((method) => optionalText(method, 'authorizer_id') === text(authorizer, 'id'))
            .map(
              (method) =>
                `${text(method, 'http_method')} ${stage ? `/${text(stage, 'stage_name')}` : ''}${pathOf(text(method, 'resource_id'))}`,
            ),
        },
      ];
    },
  );
}

const read = (plan: Plan, type: string, ...reads: readonly string[]) =>
  resourcesOf(plan, type, { reads, ignores: 'the rest' });
