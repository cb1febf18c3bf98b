import { scenario } from '../scenario';
import { connect, repliesOf } from './clients';
import { messagesOf } from './messages';

export const twoClients = scenario<'websocket'>({
  id: 'websocket/two-clients',
  kind: 'websocket',
  title: "clients never see each other's replies, in one group and with one request after the other",
  async run(stage) {
    const { check, pass } = stage;
    const message = messagesOf(stage);
    const clients = [connect(stage), connect(stage), connect(stage)];
    const each = 20;
    for (let number = 0; number < each; number++) {
      for (const [index, client] of clients.entries()) client.send(message('shared', `${index}/${number}`));
    }
    await pass();
    for (const [index, client] of clients.entries()) {
      const replies = repliesOf(client);
      check(`client ${index} gets its replies`, replies.length === each, `${replies.length} of ${each}`);
      check(
        `client ${index} gets no other's`,
        replies.every(
          (reply) => reply.connectionId === client.connectionId && reply.message.includes(`"${index}/`),
        ),
      );
    }
    return `3 clients, ${each} messages each, every reply on its own connection`;
  },
});
