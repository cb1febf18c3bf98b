import type { WebSocketFlow } from '../../world/flows';
import type { Stage } from '../scenario';

/** What decides which messages wait for each other. */
export type Grouping =
  /** A field of the body. */
  | { readonly by: 'body'; readonly field: string }
  | { readonly by: 'connection' }
  /** All of them do. */
  | { readonly by: 'constant' }
  /** None does: the queue is no FIFO queue. */
  | { readonly by: 'nothing' };

const template = ({ route }: WebSocketFlow): string => [...route.integration.templates.values()].join();

/** What is not encoded, as it should be, is found all the more where it is used. */
const perhapsEncoded = '(?:\\$util\\.urlEncode\\()?';

/** The field of the body that a parameter of SendMessage is taken from. */
const fieldFor = (flow: WebSocketFlow, parameter: string): string | undefined =>
  new RegExp(`&${parameter}=${perhapsEncoded}\\$input\\.path\\('\\$\\.(\\w+)'\\)`).exec(template(flow))?.[1];

/** As the template of the route has it. */
export function groupingOf({ flow, world }: Pick<Stage<WebSocketFlow>, 'flow' | 'world'>): Grouping {
  if (!world.queue(flow.queueArn).settings.fifo) return { by: 'nothing' };
  const field = fieldFor(flow, 'MessageGroupId');
  if (field !== undefined) return { by: 'body', field };
  return {
    by: new RegExp(`&MessageGroupId=${perhapsEncoded}\\$context\\.connectionId`).test(template(flow))
      ? 'connection'
      : 'constant',
  };
}

/** Whether the messages of one group wait for each other. */
export const isOrdered = (stage: Pick<Stage<WebSocketFlow>, 'flow' | 'world'>): boolean =>
  groupingOf(stage).by !== 'nothing';

/** Makes messages as the route wants them: in a group where the body says so, and no two alike. */
export function messagesOf(
  stage: Pick<Stage<WebSocketFlow>, 'flow' | 'world'>,
): (group: string, data: unknown) => string {
  const grouping = groupingOf(stage);
  const id = fieldFor(stage.flow, 'MessageDeduplicationId');
  let number = 0;
  return (group, data) =>
    JSON.stringify({
      // As the AWS sample has it, also where nobody asks for it.
      [grouping.by === 'body' ? grouping.field : 'MessageGroupId']: group,
      // Within the 128 characters of an id.
      ...(id !== undefined && { [id]: `${group}-${number++}`.slice(-128) }),
      data,
    });
}
