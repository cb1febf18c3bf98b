import { NotSimulated } from '../not-simulated';
import { PlanError } from '../plan/plan-error';
import { policyPrincipals } from './principal-element';
import { type Condition, placeOf, type Statement } from './statement';

type Written = Readonly<Record<string, unknown>>;

const elements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** @throws PlanError for what AWS refuses, NotSimulated for what is not known here */
export function readStatement(written: Written, address: string, index: number): Statement {
  const sid = typeof written.Sid === 'string' && written.Sid !== '' ? written.Sid : undefined;
  const at = placeOf(address, sid, index);
  const unknown = Object.keys(written).find((element) => !elements.includes(element));
  if (unknown !== undefined) throw new NotSimulated(at, `the element ${JSON.stringify(unknown)}`);
  const { Effect: effect } = written;
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new NotSimulated(at, `the effect ${JSON.stringify(effect)}`);
  }
  const statement: Statement = {
    ...(sid !== undefined && { sid }),
    effect,
    ...('Principal' in written && { principals: policyPrincipals(written.Principal, at) }),
    ...('NotPrincipal' in written && { notPrincipals: policyPrincipals(written.NotPrincipal, at) }),
    ...('Action' in written && { actions: actionsOf(written.Action, at) }),
    ...('NotAction' in written && { notActions: actionsOf(written.NotAction, at) }),
    ...('Resource' in written && { resources: resourcesOf(written.Resource, at) }),
    ...('NotResource' in written && { notResources: resourcesOf(written.NotResource, at) }),
    conditions: conditionsOf(written.Condition ?? {}, at),
  };
  checkElements(written, statement, at);
  return statement;
}

function checkElements(written: Written, { actions, ...statement }: Statement, at: string): void {
  for (const element of ['Principal', 'Action', 'Resource']) {
    if (element in written && `Not${element}` in written) {
      throw new PlanError(`${at} has both ${element} and Not${element}; keep one`);
    }
  }
  if (!actions && !statement.notActions) throw new PlanError(`${at} has neither Action nor NotAction`);
  // A trust policy is about the role that it belongs to.
  const isTrust = hasPrincipals(statement) && actions?.every((action) => /^sts:/i.test(action));
  if (!isTrust && !statement.resources && !statement.notResources) {
    throw new PlanError(`${at} has neither Resource nor NotResource`);
  }
}

/** Those of resource-based policies do. */
export const hasPrincipals = ({
  principals,
  notPrincipals,
}: Pick<Statement, 'principals' | 'notPrincipals'>): boolean =>
  principals !== undefined || notPrincipals !== undefined;

function actionsOf(written: unknown, at: string): readonly string[] {
  const actions = texts(written, at, 'actions');
  const wrong = actions.find((action) => !/^(\*|[a-z0-9-]+:[a-z0-9*?]+)$/i.test(action));
  if (wrong !== undefined) {
    throw new PlanError(`${at}: its action ${JSON.stringify(wrong)} is none; write "<service>:<action>"`);
  }
  return actions;
}

function resourcesOf(written: unknown, at: string): readonly string[] {
  const resources = texts(written, at, 'resources');
  const wrong = resources.find((resource) => resource !== '*' && !resource.startsWith('arn:'));
  if (wrong !== undefined) {
    throw new PlanError(`${at}: its resource ${JSON.stringify(wrong)} is none; write an ARN or "*"`);
  }
  return resources;
}

const conditionsOf = (written: unknown, at: string): readonly Condition[] =>
  Object.entries(objectOf(written, at)).flatMap(([operator, keys]) =>
    Object.entries(objectOf(keys, at)).map(([key, values]) => ({
      operator,
      key,
      values: texts(values, at, `values of ${key}`, ['string', 'number', 'boolean']),
    })),
  );

function texts(written: unknown, at: string, what: string, kinds = ['string']): readonly string[] {
  const values: readonly unknown[] = [written].flat();
  if (values.length === 0 || values.some((value) => !kinds.includes(typeof value))) {
    throw new PlanError(
      `${at}: its ${what} are ${JSON.stringify(written)}; write one text or a list of texts`,
    );
  }
  return values.map(String);
}

/** @throws PlanError for anything but a map */
export function objectOf(value: unknown, at: string): Written {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Written;
  throw new PlanError(`${at}: ${JSON.stringify(value)} stands where a map is expected`);
}
