import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Environment } from '../../../../../environments/environment';
import { affectedBy } from '../../../../../tools/doctor/affected';
import type { Check } from '../../../../../tools/doctor/check';
import type { Finding } from '../../../../../tools/doctor/finding';
import { type Configuration, type Plan, readPlan } from '../../../../../tools/plan/plan';
import { synthesizeAll } from '../../../../../tools/synth/synthesize';
import { dev } from '../../../../fixtures/environments/dev';
import { prod } from '../../../../fixtures/environments/prod';
import { type Answers, answering, recorded } from '../../recorded';

export type Name = 'dev' | 'prod';

export const environments: readonly Name[] = ['dev', 'prod'];

export const accounts = { dev: '111122223333', prod: '444455556666' };

interface RecordedApi {
  readonly Name: string;
  readonly ApiId: string;
}

/** The ids that AWS gave the WebSocket APIs, as recorded. */
export const apiIds: Readonly<Record<Name, string>> = { dev: apiIdOf('dev'), prod: apiIdOf('prod') };

function apiIdOf(name: Name): string {
  const apis = recorded(`web-socket-api-${name}`).get(apiKey('')) as readonly RecordedApi[];
  return apis.find((api) => api.Name === `${name}-websocket-reply`)?.ApiId ?? '';
}

/** @param path below `/apis` */
export function apiKey(path: string): string {
  return `apigateway:GET arn:aws:apigateway:ap-northeast-2::/apis${path}`;
}

/** The plans of an environment's stacks, with the id of its WebSocket API. */
export function plansOf(environment: Environment, known: ReadonlyMap<string, string>): readonly Plan[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'doctor-'));
  try {
    return synthesizeAll(folder, [environment]).map(({ id, configuration }) =>
      readPlan(id, configuration as Configuration, id.endsWith('-websocket-reply') ? known : new Map()),
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const knownOf = (name: Name) => new Map([['aws_apigatewayv2_api.api.id', apiIds[name]]]);

export const plans: Readonly<Record<Name, readonly Plan[]>> = {
  dev: plansOf(dev, knownOf('dev')),
  prod: plansOf(prod, knownOf('prod')),
};

export function planOf(name: Name, stack: string, given = plans[name]): Plan {
  const plan = given.find(({ stackId }) => stackId === `${name}-${stack}`);
  if (!plan) throw new Error(`${name} has no stack ${stack}`);
  return plan;
}

/** The plan with another resource in the place of one. */
export function withResource(plan: Plan, type: string, name: string, change: object): Plan {
  const { resource = {} } = plan.configuration;
  const block = resource[type]?.[name] as object | undefined;
  if (!block) throw new Error(`${plan.stackId} has no ${type}.${name}`);
  return {
    ...plan,
    configuration: {
      ...plan.configuration,
      resource: { ...resource, [type]: { ...resource[type], [name]: { ...block, ...change } } },
    },
  };
}

/** What a check says of one stack when AWS answers so. */
export const examined = (check: Check, name: Name, plan: Plan, answers: Answers) =>
  check.examine({ plan, affected: affectedBy(plans[name]), aws: answering(answers) });

/** What is the same for most findings. */
export const changedByHand = (stack: string): Pick<Finding, 'cause' | 'fix'> => ({
  cause: 'It was changed in the console or by another tool.',
  fix: `npx cdktf deploy ${stack} restores it; what was meant belongs in environments/.`,
});

/** Whether a declared permission, with `*` for what only AWS knows, covers what was asked. */
export function covers(declared: string, asked: string): boolean {
  const pattern = declared.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^/]+')}$`).test(asked) || declared === asked;
}
