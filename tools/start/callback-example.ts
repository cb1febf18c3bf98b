import callbacks from '../../__tests__/fixtures/bizppurio-callbacks.json';
import type { CallbackSettings, Environment } from '../../environments/environment';
import { bizppurioDeliveryResult } from '../../environments/schemas/bizppurio-delivery-result';
import { type RestApi, type RestMethod, restApisOf } from '../rehearse/api-gateway/rest-api';
import { answerRequest, type RestAnswer } from '../rehearse/api-gateway/rest-request';
import type { Surroundings } from '../rehearse/api-gateway/surroundings';
import type { Plan } from '../rehearse/plan/plan';
import { listedAddress, otherAddress } from './addresses';
import { attempted, type Example, type Step } from './example';
import { bytesOf, messageDetails, shortened } from './wording';

/** When the first callback of the fixture was sent, in milliseconds since 1970. */
const timeEpoch = 1_603_773_837_000;

/** The callbacks on which an environment wants to receive delivery results of Bizppurio. */
export const deliveryResultsOf = ({ callbackReceiver }: Environment): readonly CallbackSettings[] =>
  (callbackReceiver?.callbacks ?? []).filter(({ schema }) => schema.title === bizppurioDeliveryResult.title);

/**
 * Posts delivery results of Bizppurio to a plan's REST API.
 * @param wanted what the environment says of the callbacks that take them: their paths, and who may call
 */
export const callbackExamples = (
  plan: Plan,
  wanted: readonly Pick<CallbackSettings, 'path' | 'allowList'>[],
  surroundings: () => Surroundings,
): readonly Example[] =>
  restApisOf(plan).flatMap((api) => wanted.map((callback) => example(plan, api, callback, surroundings())));

function example(
  plan: Plan,
  api: RestApi,
  { path, allowList }: Pick<CallbackSettings, 'path' | 'allowList'>,
  surroundings: Surroundings,
): Example {
  const method = api.methods.find((candidate) => candidate.httpMethod === 'POST' && candidate.path === path);
  const listed = listedAddress(allowList);
  const other = otherAddress(allowList);
  const post = (body: string, sourceIp: string) =>
    answerRequest(
      api,
      { method: 'POST', path, headers: headers(method), body, sourceIp, timeEpoch },
      surroundings,
    );
  const [first] = callbacks.accepted;
  return {
    stackId: plan.stackId,
    way: `POST /${api.stageName}${path} → ${method?.integration.path.split('/')[2] ?? 'nothing'}`,
    steps: [
      ...callbacks.accepted.map((callback) => {
        const title = `${callback.MEDIA}, result ${callback.RESULT}`;
        const body = JSON.stringify(callback);
        return attempted(title, () => accepted(title, body, listed, post(body, listed)));
      }),
      ...callbacks.refused.map((callback) => {
        const body = 'text' in callback ? callback.text : JSON.stringify(callback.body);
        return attempted(callback.why, () => refused(callback.why, 400, post(body, listed)));
      }),
      ...(other ? [fromOutside(other, () => post(JSON.stringify(first), other))] : []),
    ],
    notes: notesOf(plan, api, path, other),
  };
}

function fromOutside(address: string, post: () => RestAnswer): Step {
  const title = `from ${address}, not listed`;
  return attempted(title, () => refused(title, 403, post()));
}

function notesOf(plan: Plan, api: RestApi, shown: string, other: string | undefined): readonly string[] {
  const others = api.methods.map(({ path }) => path).filter((path) => path !== shown);
  return [
    ...(others.length > 0
      ? [`${plan.stackId}: ${others.join(', ')} take other bodies and are not shown`]
      : []),
    ...(other ? [] : [`${plan.stackId}: every address may call, so there is none to refuse`]),
  ];
}

/** What the route requires of every sender, and what Bizppurio sends. */
const headers = (method: RestMethod | undefined): ReadonlyMap<string, string> =>
  new Map([
    ...(method?.requiredParameters ?? []).flatMap((parameter): readonly [string, string][] => {
      const [, header] = /^method\.request\.header\.(.+)$/.exec(parameter) ?? [];
      return header && header.toLowerCase() !== 'content-type' ? [[header, 'example']] : [];
    }),
    // As Bizppurio writes it.
    ['Content-type', 'application/json'],
  ]);

function accepted(title: string, body: string, sourceIp: string, answer: RestAnswer): Step {
  const message = answer.sqs?.sent?.message;
  const expected = {
    requestId: answer.requestId,
    sourceIp,
    receivedAt: String(timeEpoch),
    contentType: 'application/json',
  };
  const told = Object.entries(expected).every(([name, value]) =>
    message?.attributes.some((attribute) => attribute.name === name && attribute.value === value),
  );
  const whole = message?.body === body;
  const caller = `caller gets ${answer.status} ${answer.body === '' ? 'without a body' : shortened(answer.body)}`;
  if (!message) return { held: false, title, outcome: `not queued; ${caller}`, details: [shortened(body)] };
  return {
    held: whole && told && answer.status >= 200 && answer.status < 300,
    title,
    outcome: `queued ${whole ? 'byte for byte' : 'with ANOTHER BODY'}, ${bytesOf(message.body)}; ${caller}`,
    details: [shortened(message.body), ...messageDetails(message)],
  };
}

const refused = (title: string, status: number, answer: RestAnswer): Step => ({
  held: answer.status === status && answer.sqs === undefined,
  title,
  outcome: `${answer.status} ${answer.sqs?.sent ? 'but QUEUED' : 'and nothing queued'}`,
  details: [shortened(answer.body)],
});
