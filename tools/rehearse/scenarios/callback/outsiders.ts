import { otherAddress } from '../../samples/addresses';
import { scenario } from '../scenario';
import { bodiesOf, post } from './callers';

/** Of both families, and some that look like inside ones. */
const candidates = [
  '192.0.2.77',
  '198.51.100.201',
  '203.0.113.77',
  '10.0.0.1',
  '127.0.0.1',
  '2001:db8:ffff::1',
  '::1',
];

export const outsiders = scenario<'callback'>({
  id: 'callback/outsiders',
  kind: 'callback',
  title: 'a caller from outside the allow-list gets 403, whatever it claims to be, and nothing is queued',
  applies: ({ allowList }) => otherAddress(allowList) !== undefined,
  async run(stage) {
    const { check, flow, world } = stage;
    const [body = ''] = await bodiesOf(flow, 1);
    const addresses = candidates.filter((address) => otherAddress(flow.allowList, [address]) !== undefined);
    for (const sourceIp of addresses) {
      const [listed = ''] = flow.allowList.map((block) => block.split('/')[0] ?? '');
      const answer = await post(stage, { body, sourceIp, headers: [['X-Forwarded-For', listed]] });
      check(
        `${sourceIp} gets 403`,
        answer.status === 403,
        `${answer.status} ${answer.body}, by ${flow.api.resourcePolicy?.address ?? `${flow.api.address}, which has no resource policy`}`,
      );
    }
    check('nothing is queued', world.account(flow.queueArn).accepted === 0);
    return `${addresses.length} addresses, 403 each, nothing queued`;
  },
});
