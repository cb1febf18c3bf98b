import { bizppurioDeliveryResult } from '../../../../environments/schemas/bizppurio-delivery-result';
import { compileModels } from '../../api-gateway/model';
import callbacks from '../../samples/bizppurio-callbacks.json';
import { scenario } from '../scenario';
import { bodiesOf, contentTypesOf, isDeliveryResult, post } from './callers';

export const badBodies = scenario<'callback'>({
  id: 'callback/bad-bodies',
  kind: 'callback',
  title: 'a body that the schema does not allow is refused with 400 and its reason, and not queued',
  applies: (flow) =>
    flow.method.models.has('application/json') && contentTypesOf(flow).includes('application/json'),
  async run(stage) {
    const { check, flow, world } = stage;
    const [good = '{}'] = await bodiesOf(flow, 1);
    const model = isDeliveryResult(flow) ? deliveryResult : flow.method.models.get('application/json');
    const bodies = [
      ...(isDeliveryResult(flow)
        ? callbacks.refused.map((refused) => ({
            why: refused.why,
            body: 'text' in refused ? (refused.text as string) : JSON.stringify(refused.body),
          }))
        : []),
      ...withoutRequired(good, model?.schema),
      { why: 'cut off in the middle', body: good.slice(0, -1) },
      { why: 'empty', body: '' },
    ].filter(({ body }) => model?.fault(body) !== undefined);
    for (const { why, body } of bodies) {
      const answer = await post(stage, { body, contentType: 'application/json' });
      check(`${why}: 400`, answer.status === 400, `${answer.status} ${answer.body}`);
      check(`${why}: the answer says so`, /"message":"[^"]/.test(answer.body), answer.body);
      check(`${why}: SQS is not asked`, answer.sqs === undefined, answer.sqs?.body);
    }
    check('bodies were found that the schema does not allow', bodies.length > 0);
    check('nothing is queued', world.account(flow.queueArn).accepted === 0);
    return `${bodies.length} bad bodies, 400 each, nothing queued`;
  },
});

/** As the environments have it: what the plan has made of it is what is looked at. */
const deliveryResult = compileModels(
  'environments',
  [{ name: 'DeliveryResult', schema: JSON.stringify(bizppurioDeliveryResult) }],
  'environments/schemas',
).get('DeliveryResult');

/** The same body without each of the fields that the schema requires. */
function withoutRequired(body: string, schema: Readonly<Record<string, unknown>> | undefined) {
  const required = Array.isArray(schema?.required) ? (schema.required as readonly string[]) : [];
  return required.map((field) => {
    const { [field]: _left, ...others } = JSON.parse(body) as Readonly<Record<string, unknown>>;
    return { why: `without ${field}`, body: JSON.stringify(others) };
  });
}
