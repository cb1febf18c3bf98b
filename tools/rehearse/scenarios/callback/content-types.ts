import { scenario } from '../scenario';
import { binaryContentTypesOf, bodiesOf, contentTypesOf, isAccepted, post } from './callers';

export const contentTypes = scenario<'callback'>({
  id: 'callback/content-types',
  kind: 'callback',
  title: 'each content type of the route is taken, with its parameters too; every other one gets 415',
  async run(stage) {
    const { check, flow, world } = stage;
    const taken = contentTypesOf(flow);
    const [json = '{}'] = await bodiesOf(flow, 1);
    const refused = [
      'application/json',
      'application/x-www-form-urlencoded',
      'text/plain',
      'text/xml',
      'application/octet-stream',
    ].filter((type) => !taken.includes(type) && !binaryContentTypesOf(flow).includes(type));
    let queued = 0;
    for (const type of taken) {
      const body = type === 'application/json' ? json : 'a=1&b=%20c';
      for (const contentType of [type, `${type}; charset=utf-8`, type.toUpperCase()]) {
        const answer = await post(stage, { body, contentType });
        check(`${contentType} is taken`, isAccepted(answer), `${answer.status} ${answer.body}`);
        check(`${contentType} leaves the body as it is`, answer.sqs?.sent?.message.body === body);
        if (answer.sqs?.sent && answer.sqs.sent.duplicateOf === undefined) queued++;
      }
    }
    for (const contentType of refused) {
      const answer = await post(stage, { body: json, contentType });
      check(`${contentType} gets 415`, answer.status === 415, `${answer.status} ${answer.body}`);
    }
    check('nothing else is queued', world.account(flow.queueArn).accepted === queued);
    return `${taken.length} types taken, ${refused.length} others refused with 415`;
  },
});
