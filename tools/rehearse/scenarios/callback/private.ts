import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';

export const privateApi = scenario<'callback'>({
  id: 'callback/private',
  kind: 'callback',
  title:
    'a private API is reached through its VPC endpoint; through another, or from the internet, it is 403',
  applies: ({ vpcEndpointId, api }) => vpcEndpointId !== undefined || api.vpcEndpointIds !== undefined,
  async run(stage) {
    const { check, flow, world } = stage;
    const [body = ''] = await bodiesOf(flow, 1);
    for (const [where, sourceVpce] of [
      ['the internet', undefined],
      ['another VPC endpoint', 'vpce-00000000000000000'],
    ] as const) {
      const { status, body: said } = await post(stage, { body, asked: { sourceVpce } });
      check(
        `a listed address from ${where} gets 403`,
        status === 403,
        `${status} ${said}, by ${flow.api.address}`,
      );
    }
    check('nothing of it is queued', world.account(flow.queueArn).accepted === 0);
    const answer = await post(stage, { body });
    check(
      `through ${flow.vpcEndpointId} it is accepted`,
      isAccepted(answer),
      `${answer.status} ${answer.body}`,
    );
    return `403 from elsewhere, ${answer.status} through ${flow.vpcEndpointId}`;
  },
});
