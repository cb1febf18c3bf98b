import type { Deployment } from '@aws-sdk/client-apigatewayv2';
import { webSocketApi } from '../../../../../tools/doctor/checks/web-socket-api/web-socket-api';
import type { Finding } from '../../../../../tools/doctor/finding';
import { resourcesOf } from '../../../../../tools/plan/plan';
import { type Answers, recorded, withAnswer } from '../../recorded';
import { apiIds, apiKey, examined, type Name, planOf } from './web-socket-subjects';

/** @param path below the environment's API */
export const key = (name: Name, path: string) => apiKey(`/${apiIds[name]}${path}`);

/** Of the deployment that Terraform makes of what is synthesized. */
export function descriptionOf(name: Name): string {
  const [deployment] = resourcesOf(planOf(name, 'websocket-reply'), 'aws_apigatewayv2_deployment', {
    reads: ['description'],
    ignores: 'the rest',
  });
  return String(deployment?.attributes.get('description'));
}

/** As recorded, with what is synthesized now deployed. */
const intactOf = (name: Name): Answers =>
  withAnswer<readonly Deployment[]>(recorded(`web-socket-api-${name}`), key(name, '/deployments'), (all) =>
    all.map((deployment) => ({
      ...deployment,
      ...(deployment.DeploymentId === `dep2${name}` && { Description: descriptionOf(name) }),
    })),
  );

export const intact: Readonly<Record<Name, Answers>> = { dev: intactOf('dev'), prod: intactOf('prod') };

/** The same with the stage on a deployment made in the console: what the API's settings show is what clients see. */
export function fromConsole(name: Name, answers: Answers): Answers {
  const deployed = withAnswer<readonly Deployment[]>(answers, key(name, '/deployments'), (all) => [
    ...all,
    { DeploymentId: 'dep3', CreatedDate: new Date('2026-11-21T13:00:00Z') },
  ]);
  return withAnswer<object>(deployed, key(name, '/stages/v1'), (stage) => ({
    ...stage,
    DeploymentId: 'dep3',
  }));
}

export const findingsOf = async (name: Name, answers: Answers): Promise<readonly Finding[]> =>
  (await examined(webSocketApi, name, planOf(name, 'websocket-reply'), answers)).findings;

/** What is found of an API that is served as it is, beside that it is. */
export const findingsServed = async (name: Name, answers: Answers): Promise<readonly Finding[]> =>
  (await findingsOf(name, fromConsole(name, answers))).filter(({ code }) => code !== 'stage-deployment');

/** One answer below the environment's API changed. */
export const changed = <T>(name: Name, path: string, change: (answer: T) => unknown) =>
  withAnswer<T>(intact[name], key(name, path), change);

/** One of a list, with other attributes. */
export const changedIn = <T extends object>(
  name: Name,
  path: string,
  is: (item: T) => boolean,
  change: (item: T) => Partial<T> | object,
) =>
  changed<readonly T[]>(name, path, (all) =>
    all.map((item) => (is(item) ? { ...item, ...change(item) } : item)),
  );
