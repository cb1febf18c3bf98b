import { hostileTexts } from '../../samples/hostile-texts';
import { scenario } from '../scenario';
import { answered, connect } from './clients';
import { groupingOf, messagesOf } from './messages';

const victim = 'VictimVictimVi0=';

/** Group ids that SQS may take, and that would be more than a group id if they were not encoded. */
const groups = [
  `x&MessageAttribute.1.Value.StringValue=${victim}`,
  `x&MessageAttribute.3.Name=connectionId&MessageAttribute.3.Value.StringValue=${victim}`,
  'a%26b',
  '${x}',
  '$input.body',
  "'+'",
  '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~',
  'g'.repeat(128),
];

export const hostileGroups = scenario<'websocket'>({
  id: 'websocket/hostile-groups',
  kind: 'websocket',
  title: 'hostile group ids and texts stay data: each reply goes to the connection that asked',
  async run(stage) {
    const { check, pass } = stage;
    const client = connect(stage);
    const message = messagesOf(stage);
    const fromBody = groupingOf(stage).by === 'body';
    const bodies = [
      ...hostileTexts.map((text, index) => message('texts', [index, text])),
      ...(fromBody ? groups : []).map((group, index) => message(group, index)),
    ];
    for (const body of bodies) {
      const { sqs, toClient } = client.send(body);
      const queued = sqs?.sent?.message;
      check(`${body} is queued as it is`, queued?.body === body, toClient ?? sqs?.body ?? queued?.body);
      const connection = queued?.attributes.filter(({ name }) => name === 'connectionId');
      check(
        `${body} keeps its connection`,
        connection?.length === 1 && connection[0]?.value === client.connectionId,
        JSON.stringify(connection),
      );
    }
    await pass();
    check(
      'each is answered',
      answered(client).length === bodies.length,
      `${answered(client).length} replies`,
    );
    return `${bodies.length} messages, each answered where it was asked`;
  },
});
