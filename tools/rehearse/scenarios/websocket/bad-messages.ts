import { scenario } from '../scenario';
import { connect } from './clients';
import { groupingOf, messagesOf } from './messages';

const badMessagesWith = (field: string): readonly (readonly [string, string])[] => [
  ['no group id', '{"data":"x"}'],
  ['an empty group id', JSON.stringify({ [field]: '', data: 'x' })],
  ['a group id of 129 characters', JSON.stringify({ [field]: 'g'.repeat(129) })],
  ['a group id with a space', JSON.stringify({ [field]: 'a b' })],
  ['a group id with letters beyond ASCII', JSON.stringify({ [field]: '한글' })],
  ['a number as group id', JSON.stringify({ [field]: 7 })],
  ['null as group id', JSON.stringify({ [field]: null })],
  ['a list', JSON.stringify([{ [field]: 'a' }])],
  ['not JSON', 'hello'],
  ['JSON that is cut off', `{"${field}":"a"`],
];

export const badMessages = scenario<'websocket'>({
  id: 'websocket/bad-messages',
  kind: 'websocket',
  title: 'a message without a group id that SQS can take is answered with an error, and not queued',
  // Where the group is not taken from the body, any message will do.
  applies: ({ route }) => route.models.size > 0,
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const client = connect(stage);
    const models = [...flow.route.models.values()];
    const grouping = groupingOf(stage);
    const bad = badMessagesWith(grouping.by === 'body' ? grouping.field : 'MessageGroupId');
    const refused = bad.filter(([, body]) => models.every((model) => model.fault(body) !== undefined));
    check('messages were found that the model does not allow', refused.length > 0);
    for (const [what, body] of refused) {
      const { toClient, requestId } = client.send(body);
      const expected = JSON.stringify({
        message: 'Bad request body',
        connectionId: client.connectionId,
        requestId,
      });
      check(`${what}: the client is told`, toClient === expected, toClient ?? 'nothing');
    }
    let taken = 0;
    for (const [what, body] of bad.filter((each) => !refused.includes(each))) {
      const { acknowledgement, toClient, sqs } = client.send(body);
      if (sqs?.sent) taken++;
      const isTold = toClient !== undefined || acknowledgement !== undefined;
      const waitsInVain = sqs !== undefined && !sqs.sent && !isTold;
      check(`${what}: ${flow.route.address} lets it through, SQS takes it`, !waitsInVain, sqs?.body);
    }
    await pass();
    const { accepted } = world.account();
    check('nothing else is queued', accepted === taken, `${accepted} messages`);
    return `${refused.length} bad messages, an error each, nothing queued`;
  },
});

export const tooLargeMessages = scenario<'websocket'>({
  id: 'websocket/too-large',
  kind: 'websocket',
  title: 'a message above 128 KB ends its connection with 1009; the next connection works',
  async run(stage) {
    const { check, pass, world } = stage;
    const client = connect(stage);
    const message = messagesOf(stage);
    client.send(message('a', 'x'.repeat(128 * 1024)));
    check('the connection is closed with 1009', client.closeCode() === 1009, String(client.closeCode()));
    const next = connect(stage);
    next.send(message('a', 'y'));
    await pass();
    check('the next connection is answered', next.received.length === 1, `${next.received.length} replies`);
    check('one message was queued', world.account().accepted === 1, `${world.account().accepted}`);
    return '1009 for the large one, a reply for the next';
  },
});

export const unsignedClients = scenario<'websocket'>({
  id: 'websocket/unsigned-clients',
  kind: 'websocket',
  title: 'a client whose request is not signed is not let in',
  applies: ({ api }) => api.connectAuthorization === 'AWS_IAM',
  async run({ check, flow, world }) {
    const refusal = world.gateways.get(flow.api)?.connect({ receive: () => {}, closed: () => {} });
    const status = refusal && 'status' in refusal ? refusal.status : undefined;
    check('it gets 403', status === 403, String(status));
    return '403';
  },
});
