import type { Headers } from '../../world/callers';
import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';

export const signed = scenario<'callback'>({
  id: 'callback/signed',
  kind: 'callback',
  title: 'requests signed as a listed role are accepted; unsigned ones, and those of any other role, get 403',
  applies: ({ callerRoleArns, method }) => callerRoleArns !== undefined || method.authorization === 'AWS_IAM',
  async run(stage) {
    const { check, flow, world } = stage;
    const { accountId, partition } = world.system;
    const { callerRoleArns: listed = [] } = flow;
    const [body = '', ...bodies] = await bodiesOf(flow, listed.length + 1);
    const [role = ''] = listed;
    const others = [accountId, accountId === '999999999999' ? '888888888888' : '999999999999'].map(
      (account) => `arn:${partition}:iam::${account}:role/rehearsed-and-not-listed`,
    );
    const requests: readonly (readonly [who: string, signature: Headers])[] = [
      ['nobody', []],
      [
        'a session that has ended',
        world.callers
          .signed(role)
          .map(([name, value]) => [name, name === 'X-Amz-Security-Token' ? 'old' : value] as const),
      ],
      // With all that an administrator may do there.
      ...others.map((arn) => [arn, world.callers.signed(arn, true)] as const),
    ];
    for (const [who, signature] of requests) {
      const { status, body: said } = await post(stage, { body, asked: { signature } });
      check(
        `a request signed by ${who} gets 403`,
        status === 403,
        `${status} ${said}, by ${flow.method.address}`,
      );
    }
    check('nothing of it is queued', world.account(flow.queueArn).accepted === 0);
    for (const [index, arn] of listed.entries()) {
      const answer = await post(stage, {
        body: bodies[index] ?? body,
        asked: { signature: world.callers.signed(arn) },
      });
      check(`a request signed by ${arn} is accepted`, isAccepted(answer), `${answer.status} ${answer.body}`);
    }
    return `${requests.length} requests of others, 403 each; of ${listed.length} listed roles, accepted`;
  },
});
