import type { StackBehaviour } from './behaviour-of';

/** Who takes messages from a queue, in any stack of a version: `function dev-reply`, `pipe dev-archive`. */
export const readersOf = (stacks: readonly StackBehaviour[], queue: string): readonly string[] => {
  const same = (arn: string) => placeOf(arn) === placeOf(queue);
  return stacks.flatMap(({ mappings, pipes }) => [
    ...mappings
      .filter(({ queueArn }) => same(queueArn))
      .map(({ functionName }) => `function ${functionName}`),
    ...pipes.filter(({ sourceArn }) => same(sourceArn)).map(({ name }) => `pipe ${name}`),
  ]);
};

/** `<account>/<queue>`, out of that or an ARN. */
const placeOf = (queue: string) => queue.split(/[/:]/).slice(-2).join('/');

/** Whether a version has this queue, by its name. */
export const hasQueue = (stacks: readonly StackBehaviour[], name: string): boolean =>
  stacks.some(({ queues }) => queues.some((queue) => queue.name === name));
