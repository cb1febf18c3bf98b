import { blocksOf, type Fields, isObject, shown, textOf, textsOf, valueAt } from './fields';
import { at, resolved } from './resolve';
import { means, type RuleResource, type RuleStack } from './system';
import { Unreadable } from './unreadable';

/** A statement of any policy, whoever would refuse it: rules must see what AWS or Terraform would. */
export interface PolicyStatement {
  /** `statement NobodyWithoutTls`, or its number. */
  readonly called: string;
  readonly effect: 'Allow' | 'Deny';
  /** Neither is there in an identity's policy. */
  readonly principals?: readonly StatementPrincipal[];
  readonly notPrincipals?: readonly StatementPrincipal[];
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources: readonly string[];
  readonly notResources?: readonly string[];
  readonly conditions: readonly StatementCondition[];
}

export interface StatementPrincipal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*`. */
  readonly type: string;
  readonly id: string;
}

export interface StatementCondition {
  readonly operator: string;
  /** In lower case: keys are the same in any. */
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * The statements of a policy: JSON, or a reference to a `data "aws_iam_policy_document"` of the stack.
 * @throws Unreadable for anything else, and for documents that are made of others
 */
export function statementsOf(stack: RuleStack, text: string, where: string): readonly PolicyStatement[] {
  const document = /^\$\{(.*): data\.aws_iam_policy_document\.([\w-]+)\.json\}$/.exec(text);
  if (document?.[1] === stack.id && document[2] !== undefined) return documentStatements(stack, document[2]);
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw new Unreadable(where, `the policy ${shown(text)} is not known before it is applied`);
  }
  if (!isObject(policy)) throw new Unreadable(where, `the policy ${shown(text)} is no JSON object`);
  return [policy.Statement ?? []].flat().map((written, index) => {
    if (!isObject(written)) throw new Unreadable(where, `${shown(written)} is no statement`);
    return statementOf({ where, values: written }, index);
  });
}

/** Policies of a resource, each as its statements: its own attribute's, and those of the resources that set one. */
export function policiesOf(
  resource: RuleResource,
  { attribute, type, link }: { readonly attribute: string; readonly type: string; readonly link: string },
): readonly (readonly PolicyStatement[])[] {
  const attached = resource.stack
    .resources(type)
    .filter((other) => means(valueAt(other, link), resource))
    .map((other) => ({ text: textOf(other, 'policy'), where: other.where }));
  return [{ text: textOf(resource, attribute), where: resource.where }, ...attached].flatMap(
    ({ text, where }) =>
      text === undefined || text === '' ? [] : [statementsOf(resource.stack, text, where)],
  );
}

function documentStatements(stack: RuleStack, name: string): readonly PolicyStatement[] {
  const where = `${stack.id}: data.aws_iam_policy_document.${name}`;
  const values = resolved(
    stack.place,
    at(stack.place.configuration, 'data', 'aws_iam_policy_document', name),
  );
  const [block] = [values].flat();
  if (!isObject(block)) throw new Unreadable(where, 'the stack has no such document');
  const other = Object.keys(block).find((key) => !['statement', 'version', 'policy_id', '//'].includes(key));
  if (other !== undefined) throw new Unreadable(where, `its ${other}, which rules do not read`);
  return blocksOf({ where, values: block }, 'statement').map(documentStatement);
}

function documentStatement(block: Fields, index: number): PolicyStatement {
  const principals = (attribute: string) =>
    blocksOf(block, attribute).flatMap((entry) =>
      textsOf(entry, 'identifiers').map((id) => ({ type: textOf(entry, 'type') ?? '', id })),
    );
  const conditions = blocksOf(block, 'condition').map((condition) => ({
    operator: textOf(condition, 'test') ?? '',
    key: (textOf(condition, 'variable') ?? '').toLowerCase(),
    values: textsOf(condition, 'values'),
  }));
  return {
    called: `statement ${textOf(block, 'sid') || index + 1}`,
    effect: effectOf(textOf(block, 'effect') ?? 'Allow', block.where),
    ...(valueAt(block, 'principals') !== undefined && { principals: principals('principals') }),
    ...(valueAt(block, 'not_principals') !== undefined && { notPrincipals: principals('not_principals') }),
    actions: textsOf(block, 'actions'),
    ...(valueAt(block, 'not_actions') !== undefined && { notActions: textsOf(block, 'not_actions') }),
    resources: textsOf(block, 'resources'),
    ...(valueAt(block, 'not_resources') !== undefined && { notResources: textsOf(block, 'not_resources') }),
    conditions,
  };
}

function statementOf(written: Fields, index: number): PolicyStatement {
  const given = (element: string) => valueAt(written, element) !== undefined;
  return {
    called: `statement ${textOf(written, 'Sid') || index + 1}`,
    effect: effectOf(textOf(written, 'Effect'), written.where),
    ...(given('Principal') && { principals: principalsOf(written, 'Principal') }),
    ...(given('NotPrincipal') && { notPrincipals: principalsOf(written, 'NotPrincipal') }),
    actions: textsOf(written, 'Action'),
    ...(given('NotAction') && { notActions: textsOf(written, 'NotAction') }),
    resources: textsOf(written, 'Resource'),
    ...(given('NotResource') && { notResources: textsOf(written, 'NotResource') }),
    conditions: blocksOf(written, 'Condition').flatMap((operators) =>
      Object.keys(operators.values).flatMap((operator) =>
        blocksOf(operators, operator).flatMap((keys) =>
          Object.keys(keys.values).map((key) => ({
            operator,
            key: key.toLowerCase(),
            values: [valueAt(keys, key) ?? []].flat().map(String),
          })),
        ),
      ),
    ),
  };
}

function principalsOf(written: Fields, element: string): readonly StatementPrincipal[] {
  const value = valueAt(written, element);
  if (typeof value === 'string') return [{ type: value === '*' ? '*' : 'AWS', id: value }];
  return blocksOf(written, element).flatMap((types) =>
    Object.keys(types.values).flatMap((type) => textsOf(types, type).map((id) => ({ type, id }))),
  );
}

function effectOf(effect: string | undefined, where: string): 'Allow' | 'Deny' {
  if (effect === 'Allow' || effect === 'Deny') return effect;
  throw new Unreadable(where, `the effect ${shown(effect)}`);
}
