import type { CallbackSettings, Environment } from '../../../../environments/environment';
import { type BehaviourReview, behaviourReview } from '../../../../tools/review/behaviour/behaviour-review';
import { subjectsText } from '../../../../tools/review/behaviour/grouped';
import type { ReviewedStack, Version } from '../../../../tools/review/change';
import { dev } from '../../../fixtures/environments/dev';
import { prod } from '../../../fixtures/environments/prod';
import { versionOf } from '../change-of';

export { dev, prod };

/** Fewer stacks are synthesized sooner. */
export function only<K extends 'callbackReceiver' | 'websocketReply' | 'subscriberPipe'>(
  environment: Environment,
  ...stacks: readonly K[]
): Environment {
  const { callbackReceiver: _, websocketReply: __, subscriberPipe: ___, ...rest } = environment;
  return { ...rest, ...Object.fromEntries(stacks.map((stack) => [stack, environment[stack]])) };
}

const synthesized = new Map<string, readonly ReviewedStack[]>();

/** Versions are synthesized once for all tests of a file. */
function stacksOf(environments: readonly Environment[]): readonly ReviewedStack[] {
  return environments.flatMap((environment) => {
    const key = JSON.stringify(environment);
    const known = synthesized.get(key) ?? versionOf('any', [environment]).stacks;
    synthesized.set(key, known);
    return known;
  });
}

export const version = (
  name: 'main' | 'the working tree',
  environments: readonly Environment[],
): Version => ({
  name,
  stacks: stacksOf(environments),
});

export const reviewOf = (base: readonly Environment[], head: readonly Environment[]) =>
  reviewOfVersions(version('main', base), version('the working tree', head));

export const reviewOfVersions = (base: Version, head: Version): Promise<BehaviourReview> =>
  behaviourReview({ base, head, plans: new Map() });

/** An environment with one callback changed. */
export function withCallback(
  environment: Environment,
  name: string,
  change: Partial<CallbackSettings>,
): Environment {
  const { callbackReceiver } = environment;
  if (!callbackReceiver?.callbacks.some((callback) => callback.name === name)) throw new Error(`no ${name}`);
  return {
    ...environment,
    callbackReceiver: {
      ...callbackReceiver,
      callbacks: callbackReceiver.callbacks.map((callback) =>
        callback.name === name ? { ...callback, ...change } : callback,
      ),
    },
  };
}

/** A version with one resource written otherwise; one that `edit` gives nothing for is taken away. */
export function withResource(
  { name, stacks }: Version,
  stackId: string,
  address: string,
  edit: (block: Readonly<Record<string, unknown>>) => unknown,
): Version {
  const [type = '', id = ''] = address.split('.');
  return {
    name,
    stacks: stacks.map((stack) => {
      if (stack.id !== stackId) return stack;
      const configuration = structuredClone(stack.configuration) as {
        resource: Record<string, Record<string, unknown>>;
      };
      const block = configuration.resource[type]?.[id];
      if (block === undefined) throw new Error(`${stackId} has no ${address}`);
      const edited = edit(block as Readonly<Record<string, unknown>>);
      if (edited === undefined) delete configuration.resource[type]?.[id];
      else (configuration.resource[type] as Record<string, unknown>)[id] = edited;
      return { ...stack, configuration } as ReviewedStack;
    }),
  };
}

/** The stack of dev or prod with one resource edited, against itself as it is. */
export const reviewOfEdit = (
  environment: Environment,
  stack: string,
  address: string,
  edit: (block: Readonly<Record<string, unknown>>) => unknown,
) =>
  reviewOfVersions(
    version('main', [environment]),
    withResource(version('the working tree', [environment]), `${environment.name}-${stack}`, address, edit),
  );

/** What a review says, one line each. */
export const told = ({ notices, settings }: BehaviourReview): readonly string[] => [
  ...notices.map(
    ({ level, audience, subjects, text }) =>
      `${level ?? 'info'}, ${audience}, ${subjectsText(subjects)}: ${text}`,
  ),
  ...settings.map(
    ({ level, subjects, setting, before, after, consequence }) =>
      `${level ?? 'info'}, ${subjectsText(subjects)}: ${setting} ${before} -> ${after}${consequence ? ` (${consequence})` : ''}`,
  ),
];
