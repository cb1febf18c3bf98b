import { NotSimulated } from '../not-simulated';
import { resourceTest } from './arn-text';
import { type CompiledCondition, compiledCondition } from './condition';
import { type TextTest, type Variables, wildcards } from './policy-text';
import type { Principal } from './principal';
import { excepted, type Named, named } from './principal-element';
import type { RequestContext } from './request-context';
import { type Policy, placeOf, type Statement } from './statement';

/** Where a statement stands. */
export interface StatementRef {
  /** The policy's. */
  readonly address: string;
  readonly sid?: string;
  /** From 0. */
  readonly index: number;
}

/** A statement, ready to be held against requests. */
export interface CompiledStatement {
  readonly ref: StatementRef;
  readonly effect: Statement['effect'];
  /** Whether it has a `Principal` or `NotPrincipal`. */
  readonly namesPrincipals: boolean;
  /**
   * How the statement applies to a request, whatever its effect; an identity-based policy is about `itself`.
   * @throws NotSimulated for a condition on a key of which the request says nothing
   */
  readonly appliesTo: (request: CompiledRequest) => Named | undefined;
}

export interface CompiledRequest {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

const compiled = new WeakMap<Policy, readonly CompiledStatement[]>();

/** Once for every policy. @throws NotSimulated for operators and values that are not known */
export function compiledPolicy(policy: Policy): readonly CompiledStatement[] {
  const before = compiled.get(policy);
  if (before) return before;
  const statements = policy.statements.map((statement, index) => compiledStatement(statement, policy, index));
  compiled.set(policy, statements);
  return statements;
}

function compiledStatement(statement: Statement, { address }: Policy, index: number): CompiledStatement {
  const { sid, effect, principals, notPrincipals, actions, notActions, resources, notResources } = statement;
  const at = placeOf(address, sid, index);
  const actionPatterns = (actions ?? notActions ?? []).map((action) =>
    wildcards([{ literal: false, text: action }], 'i'),
  );
  const resourceTests = (resources ?? notResources ?? ['*']).map((resource) => resourceTest(resource, at));
  const conditions = statement.conditions.map((condition) => compiledCondition(condition, at));
  return {
    ref: { address, ...(sid !== undefined && { sid }), index },
    effect,
    namesPrincipals: principals !== undefined || notPrincipals !== undefined,
    appliesTo({ principal, action, resource, context }) {
      const isListed = actionPatterns.some((pattern) => pattern.test(action));
      if (isListed !== (actions !== undefined)) return undefined;
      checkKeys(conditions, context, at);
      const how = namedBy(statement, principal, at);
      if (!how) return undefined;
      const variables = variablesOf(context, at);
      if (matchesAny(resourceTests, resource, variables) !== (notResources === undefined)) return undefined;
      return allMet(conditions, context, variables) ? how : undefined;
    },
  };
}

/** A key that is not known is found whatever else the statement asks for. */
function checkKeys(conditions: readonly CompiledCondition[], context: RequestContext, at: string): void {
  const unknown = conditions.find(({ key }) => !context.knows(key));
  if (unknown) throw new NotSimulated(at, `the condition key ${unknown.key}`);
}

function namedBy(
  { principals, notPrincipals }: Statement,
  principal: Principal,
  at: string,
): Named | undefined {
  if (principals) return named(principals, principal);
  return notPrincipals && excepted(notPrincipals, principal, at) ? undefined : 'itself';
}

/** All of them are looked at, so that one that cannot be decided is found whatever the others say. */
const allMet = (conditions: readonly CompiledCondition[], context: RequestContext, variables: Variables) =>
  conditions.filter(({ isMet }) => !isMet(context, variables)).length === 0;

const matchesAny = (tests: readonly TextTest[], value: string, variables: Variables): boolean =>
  tests.some((test) => test(value, variables));

/** AWS says of a variable without a value only that the statement may be invalid. */
const variablesOf =
  (context: RequestContext, at: string): Variables =>
  (key) => {
    const [value, ...others] = context.valuesOf(key, at);
    if (value !== undefined && others.length === 0) return value;
    throw new NotSimulated(at, `the policy variable \${${key}} of a request without one value of it`);
  };
