import type { WebSocketFlow } from '../../world/flows';
import { scenario } from '../scenario';
import { connect } from './clients';

export const ids = scenario<'websocket'>({
  id: 'websocket/ids',
  kind: 'websocket',
  title: 'what the model requires of a message is what it is grouped and told apart by',
  applies: (flow) => requiredOf(flow).length > 0,
  async run(stage) {
    const { check, flow, pass } = stage;
    const required = requiredOf(flow);
    const idOf = (field: string) => `id-in-${field}`;
    const body = JSON.stringify(Object.fromEntries(required.map((field) => [field, idOf(field)])));
    const { sqs, toClient } = connect(stage).send(body);
    const message = sqs?.sent?.message;
    check(`${body} is queued`, message !== undefined, toClient ?? sqs?.body);
    if (!message) return 'not queued';
    const { messageGroupId, messageDeduplicationId } = message;
    for (const field of required) {
      check(
        `${field}, which ${flow.route.address} requires, is an id of the message`,
        [messageGroupId, messageDeduplicationId].includes(idOf(field)),
        `MessageGroupId is ${messageGroupId} and MessageDeduplicationId ${messageDeduplicationId}, by ${flow.route.integration.address}`,
      );
    }
    await pass();
    return `${required.join(', ')} of the body`;
  },
});

/** Models of these routes ask for nothing but ids. */
const requiredOf = ({ route }: WebSocketFlow): readonly string[] => [
  ...new Set(
    [...route.models.values()].flatMap(({ schema }) => (schema.required ?? []) as readonly string[]),
  ),
];
