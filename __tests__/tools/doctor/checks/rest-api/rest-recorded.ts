import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {
  Deployment,
  GatewayResponse,
  Integration,
  Method,
  RestApi,
  Stage,
} from '@aws-sdk/client-api-gateway';
import type { Environment } from '../../../../../environments/environment';
import { affectedBy } from '../../../../../tools/doctor/affected';
import { restApi } from '../../../../../tools/doctor/checks/rest-api/rest-api';
import type { Finding } from '../../../../../tools/doctor/finding';
import { type Configuration, type Plan, readPlan, resourcesOf } from '../../../../../tools/plan/plan';
import { synthesizeAll } from '../../../../../tools/synth/synthesize';
import { dev } from '../../../../fixtures/environments/dev';
import { prod } from '../../../../fixtures/environments/prod';
import { type Answers, answering, recorded, withAnswer } from '../../recorded';

export type Name = 'dev' | 'prod';

export const environments: readonly Name[] = ['dev', 'prod'];

/** The ids that AWS gave the REST APIs, as recorded. */
export const apiIds: Readonly<Record<Name, string>> = { dev: 'oaorye46zr', prod: 'hxqpqdwtke' };

/** The ids of the resources whose POST is a route. */
export const resourceIds = {
  dev: { '/bizppurio/delivery-results': 'bkkkcm5yhb' },
  prod: {
    '/bizppurio/delivery-results': resourceIdOf('/bizppurio/delivery-results'),
    '/payments/events': resourceIdOf('/payments/events'),
    '/carrier/inbound-sms': resourceIdOf('/carrier/inbound-sms'),
  },
};

function resourceIdOf(resourcePath: string): string {
  const resources = recorded('rest-api-prod').get(restKey('/hxqpqdwtke/resources')) as readonly {
    readonly id: string;
    readonly path: string;
  }[];
  return resources.find((resource) => resource.path === resourcePath)?.id ?? '';
}

/** @param below `/restapis` */
export function restKey(below: string): string {
  return `apigateway:GET arn:aws:apigateway:ap-northeast-2::/restapis${below}`;
}

/** @param below the environment's API */
export const key = (name: Name, below: string) => restKey(`/${apiIds[name]}${below}`);

function plansOf(environment: Environment, name: Name): readonly Plan[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'doctor-'));
  const known = new Map([['aws_api_gateway_rest_api.api.id', apiIds[name]]]);
  try {
    return synthesizeAll(folder, [environment]).map(({ id, configuration }) =>
      readPlan(id, configuration as Configuration, id.endsWith('-callback-receiver') ? known : new Map()),
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

export const plans: Readonly<Record<Name, readonly Plan[]>> = {
  dev: plansOf(dev, 'dev'),
  prod: plansOf(prod, 'prod'),
};

export function planOf(name: Name, stack = 'callback-receiver'): Plan {
  const plan = plans[name].find(({ stackId }) => stackId === `${name}-${stack}`);
  if (!plan) throw new Error(`${name} has no stack ${stack}`);
  return plan;
}

/** Of the deployment that Terraform makes of what is synthesized. */
export function descriptionOf(name: Name): string {
  const [deployment] = resourcesOf(planOf(name), 'aws_api_gateway_deployment', {
    reads: ['description'],
    ignores: 'the rest',
  });
  return String(deployment?.attributes.get('description'));
}

/** As recorded for the stage. */
export const deploymentIds: Readonly<Record<Name, string>> = { dev: 'hh82624rov', prod: 'mrnmuts6p6' };

/** As recorded, with what is synthesized now deployed. */
function intactOf(name: Name): Answers {
  const id = deploymentIds[name];
  const described = { description: descriptionOf(name) };
  const listed = withAnswer<readonly Deployment[]>(
    recorded(`rest-api-${name}`),
    key(name, '/deployments'),
    (all) => all.map((deployment) => ({ ...deployment, ...(deployment.id === id && described) })),
  );
  return withAnswer<Deployment>(listed, key(name, `/deployments/${id}`), (deployment) => ({
    ...deployment,
    ...described,
  }));
}

export const intact: Readonly<Record<Name, Answers>> = { dev: intactOf('dev'), prod: intactOf('prod') };

export const examined = (name: Name, answers: Answers, plan = planOf(name)) =>
  restApi.examine({ plan, affected: affectedBy(plans[name]), aws: answering(answers) });

export const findingsOf = async (name: Name, answers: Answers): Promise<readonly Finding[]> =>
  (await examined(name, answers)).findings;

/**
 * The same answers with the stage on a deployment made in the console: callers get what the API's settings
 * show.
 */
export function fromConsole(name: Name, answers: Answers): Answers {
  const made = { id: 'dep3', createdDate: new Date('2026-11-21T13:00:00Z') };
  const { apiSummary } = answers.get(key(name, `/deployments/${deploymentIds[name]}`)) as Deployment;
  const listed = withAnswer<readonly Deployment[]>(answers, key(name, '/deployments'), (all) => [
    ...all,
    made,
  ]);
  const known = new Map([...listed, [key(name, '/deployments/dep3'), { ...made, apiSummary }]]);
  return withStage(name, { deploymentId: 'dep3' }, known);
}

/** What is found of an API that is served as it is, beside that it is. */
export const findingsServed = async (name: Name, answers: Answers): Promise<readonly Finding[]> =>
  (await findingsOf(name, fromConsole(name, answers))).filter(({ code }) => code !== 'stage-deployment');

/** One answer below the environment's API changed. */
export const changed = <T>(name: Name, below: string, change: (answer: T) => unknown, given = intact[name]) =>
  withAnswer<T>(given, key(name, below), change);

/** One of a list, with other attributes. */
export const changedIn = <T extends object>(
  name: Name,
  below: string,
  is: (item: T) => boolean,
  change: (item: T) => Partial<T> | object,
) =>
  changed<readonly T[]>(name, below, (all) => {
    if (!all.some(is)) throw new Error(`nothing of ${below} is so`);
    return all.map((item) => (is(item) ? { ...item, ...change(item) } : item));
  });

export const withApi = (name: Name, change: Partial<RestApi>) =>
  changed<RestApi>(name, '', (api) => ({ ...api, ...change }));

export const withStage = (name: Name, change: Partial<Stage>, given = intact[name]) =>
  changed<readonly Stage[]>(
    name,
    '/stages',
    (stages) => stages.map((stage) => ({ ...stage, ...change })),
    given,
  );

export type Route = keyof (typeof resourceIds)['prod'];

export const methodKey = (route: Route, name: Name = 'prod') =>
  `/resources/${(resourceIds[name] as Record<Route, string>)[route]}/methods/POST`;

/** One route of prod, or of dev where there is only one. */
export const withMethod = (
  route: Route,
  change: (method: Method) => Partial<Method>,
  name: Name = 'prod',
): Answers => changed<Method>(name, methodKey(route, name), (method) => ({ ...method, ...change(method) }));

export const withIntegration = (
  route: Route,
  change: (integration: Integration) => Partial<Integration>,
  name: Name = 'prod',
): Answers =>
  withMethod(
    route,
    ({ methodIntegration = {} }) => ({
      methodIntegration: { ...methodIntegration, ...change(methodIntegration) },
    }),
    name,
  );

export const withGatewayResponse = (type: string, change: Partial<GatewayResponse>): Answers =>
  changedIn<GatewayResponse>(
    'prod',
    '/gatewayresponses',
    ({ responseType }) => responseType === type,
    () => change,
  );

/** What is the same for most findings. */
export const changedByHand = (name: Name): Pick<Finding, 'cause' | 'fix'> => ({
  cause: 'It was changed in the console or by another tool.',
  fix: `npx cdktf deploy ${name}-callback-receiver restores it; what was meant belongs in environments/.`,
});

/** Whether a declared permission, with `*` for what only AWS knows, covers what was asked. */
export function covers(declared: string, asked: string): boolean {
  const pattern = declared.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^/]+')}$`).test(asked);
}
