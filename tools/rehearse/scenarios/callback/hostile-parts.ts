import { NotSimulated } from '../../../not-simulated';
import type { RestAnswer } from '../../api-gateway/rest-request';
import type { CallbackFlow } from '../../world/flows';
import { scenario } from '../scenario';
import { bodiesOf, contentTypesOf, post, requiredHeaders } from './callers';
import { isOfSignature } from './signing';

/** Each is a text that SQS takes as an id, and that would be more than one value if it were not encoded. */
const values = [
  'plain',
  'x&MessageBody=other',
  'x&MessageAttribute.1.Value.StringValue=victim',
  'a+b%26c=%zz#;$input.body${x}"\'\\',
];

export const hostileParts = scenario<'callback'>({
  id: 'callback/hostile-parts',
  kind: 'callback',
  title: 'headers and fields that become attributes or ids arrive as they were sent, whatever they hold',
  applies: (flow) => partsOf(flow).length > 0,
  async run(stage) {
    const { check, flow } = stage;
    const calls = await callsOf(flow);
    for (const { part, value, ...call } of calls) {
      const what = `${part} ${JSON.stringify(value)}`;
      const answer = await orNotSimulated(() => post(stage, call));
      if (answer instanceof NotSimulated) {
        check(`${what} arrives as it was sent`, false, answer.message);
        continue;
      }
      const arrived = valuesIn(answer);
      check(
        `${what} arrives as it was sent`,
        arrived.includes(value),
        `${answer.status} ${JSON.stringify(arrived)}, by ${flow.method.integration.address}`,
      );
      const body = answer.sqs?.sent?.message.body;
      check(`${what} leaves the body as it was`, body === call.body, body);
    }
    return `${partsOf(flow).map(nameOf).join(', ')}: ${calls.length} values, each as it was sent`;
  },
});

/** Of a request, as a template reads it. */
type Part =
  | { readonly kind: 'header'; readonly contentType: string; readonly name: string }
  | { readonly kind: 'field'; readonly contentType: string; readonly name: string };

const nameOf = ({ kind, name }: Part) => (kind === 'header' ? name : `$.${name}`);

const partsOf = (flow: CallbackFlow): readonly Part[] =>
  contentTypesOf(flow).flatMap((contentType) => {
    const template = flow.method.integration.templates.get(contentType) ?? '';
    return [
      ...namesIn(template, /(?:== "|\$input\.params\(')([\w-]+)["']/g)
        .filter((name) => !flow.signature || !isOfSignature(name))
        .map((name): Part => ({ kind: 'header', contentType, name })),
      ...namesIn(template, /\$input\.path\('\$\.(\w+)'\)/g).map(
        (name): Part => ({ kind: 'field', contentType, name }),
      ),
    ];
  });

const namesIn = (template: string, pattern: RegExp): readonly string[] => [
  ...new Set([...template.matchAll(pattern)].map(([, name = '']) => name)),
];

/** Every part with every value that the schema lets it have; no two bodies alike. */
async function callsOf(flow: CallbackFlow) {
  const parts = partsOf(flow);
  const bodies = await bodiesOf(flow, parts.length * values.length);
  return parts.flatMap((part, row) =>
    values.flatMap((text, column) => {
      const { contentType } = part;
      const body = bodies[row * values.length + column] ?? '';
      const what = nameOf(part);
      if (part.kind === 'field') {
        const changed = JSON.stringify({ ...JSON.parse(body), [part.name]: text });
        const model = flow.method.models.get(contentType);
        return model?.fault(changed) === undefined
          ? [{ part: what, value: text, body: changed, contentType }]
          : [];
      }
      if (part.name.toLowerCase() === 'content-type') {
        const value = `${contentType}; note=${text}`;
        return [{ part: what, value, body, contentType: value }];
      }
      const name = requiredHeaders(flow).find((header) => header.toLowerCase() === part.name) ?? part.name;
      return [{ part: what, value: text, body, contentType, headers: [[name, text] as const] }];
    }),
  );
}

/** What is not encoded may make a request that no client sends. */
async function orNotSimulated<T>(play: () => Promise<T>): Promise<T | NotSimulated> {
  try {
    return await play();
  } catch (error) {
    if (error instanceof NotSimulated) return error;
    throw error;
  }
}

function valuesIn({ sqs }: RestAnswer): readonly (string | undefined)[] {
  const message = sqs?.sent?.message;
  return [
    ...(message?.attributes.map(({ value }) => value) ?? []),
    message?.messageGroupId,
    message?.messageDeduplicationId,
  ];
}
