/**
 * A statement of a policy in one form, whoever wrote it: without its id, each element's values as a sorted list of
 * texts, everyone as `{"AWS": ["*"]}`, an account by its id.
 */
export type Statement = Readonly<Record<string, unknown>>;

/** What a deployed policy lacks and has beyond the synthesized one. */
export interface PolicyDifference {
  /** Synthesized, and not deployed. */
  readonly missing: readonly Statement[];
  /** Deployed, and not synthesized. */
  readonly extra: readonly Statement[];
}

/**
 * Compares two policies by what they mean, statement by statement: AWS reorders lists, drops lists of one, and writes
 * accounts, booleans and numbers in its own way. A policy's version makes a difference only to policy variables, and
 * is left out.
 * @param deployed nothing where there is no policy at all
 */
export function policyDifference(synthesized: string, deployed: string | undefined): PolicyDifference {
  const wanted = byMeaning(synthesized);
  const there = deployed === undefined ? new Map<string, Statement>() : byMeaning(deployed);
  return {
    missing: [...wanted].filter(([meaning]) => !there.has(meaning)).map(([, statement]) => statement),
    extra: [...there].filter(([meaning]) => !wanted.has(meaning)).map(([, statement]) => statement),
  };
}

/** The statements of a policy's JSON, each in one form. */
export function statementsOf(json: string): readonly Statement[] {
  const { Statement: statements = [] } = JSON.parse(json) as { Statement?: Statement | Statement[] };
  return [statements].flat().map(inOneForm);
}

/** Whether two statements in one form mean the same. */
export const sameMeaning = (a: Statement, b: Statement): boolean => meaningOf(a) === meaningOf(b);

/** Whether a statement says no more than another: the same but for actions and resources that it leaves out. */
export function isWithin(narrow: Statement, wide: Statement): boolean {
  const within = (element: string) => {
    const all = new Set(((wide[element] ?? []) as readonly string[]).map(lowerCase));
    return ((narrow[element] ?? []) as readonly string[]).every((value) => all.has(lowerCase(value)));
  };
  const { Action, Resource } = wide;
  return within('Action') && within('Resource') && sameMeaning({ ...narrow, Action, Resource }, wide);
}

const byMeaning = (json: string): ReadonlyMap<string, Statement> =>
  new Map(statementsOf(json).map((statement) => [meaningOf(statement), statement]));

type Form = (value: unknown) => unknown;

const texts: Form = (value) => sorted([value].flat().map(String));

/** In the order in which a statement reads. */
const forms: Readonly<Record<string, Form>> = {
  Effect: (value) => value,
  Principal: principals,
  NotPrincipal: principals,
  Action: texts,
  NotAction: texts,
  Resource: texts,
  NotResource: texts,
  Condition: (value) => eachValue(value, (keys) => eachValue(keys, texts)),
};

const inOneForm = (statement: Statement): Statement =>
  Object.fromEntries(
    Object.entries(forms).flatMap(([element, form]) =>
      element in statement ? [[element, form(statement[element])]] : [],
    ),
  );

/**
 * An account's id and the ARN of its root are the same principal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
function principals(value: unknown): unknown {
  if (value === '*') return { AWS: ['*'] };
  return eachValue(value, (identifiers) =>
    sorted(
      [identifiers].flat().map((identifier) => {
        const account = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(String(identifier))?.[1];
        return account ?? String(identifier);
      }),
    ),
  );
}

const eachValue = (value: unknown, form: Form): unknown =>
  Object.fromEntries(
    Object.entries(value as object)
      .map(([key, inner]) => [key, form(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

/**
 * Actions and the names of condition keys are the same in any case, and the two ARN operators of a kind are one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function meaningOf({ Condition: condition = {}, ...statement }: Statement): string {
  const actions = Object.entries(statement).map(([element, value]) =>
    /Action$/.test(element) ? [element, sorted((value as string[]).map(lowerCase))] : [element, value],
  );
  const conditions = Object.entries(condition as Record<string, Record<string, readonly string[]>>).flatMap(
    ([operator, keys]) =>
      Object.entries(keys).map(([key, values]) =>
        JSON.stringify([
          operator.replace(/Arn(Not)?Like/, 'Arn$1Equals'),
          lowerCase(key),
          sorted(values.map((value) => comparable(operator, value))),
        ]),
      ),
  );
  return JSON.stringify([actions, sorted(conditions)]);
}

const lowerCase = (text: string) => text.toLowerCase();

/** An IPv4 address without a prefix length is that one address. */
const comparable = (operator: string, value: string): string =>
  /IpAddress/.test(operator) && /^[\d.]+$/.test(value) ? `${value}/32` : value;
