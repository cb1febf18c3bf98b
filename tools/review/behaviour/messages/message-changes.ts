import type { Concern } from '../../concern';
import { briefPair, type Example } from '../notice';
import { type Arrival, arrivalOf, bodies } from './body-arrival';
import { type AttributeShape, type MessageShape, messageShape } from './message-shape';
import { templateNames } from './template-names';

/** What makes a message of a request. */
export interface MessageTemplate {
  readonly text: string;
  /** The mapping's place, for messages. */
  readonly address: string;
  /** That the route names, as they are spelt there. */
  readonly headers: readonly string[];
}

/** What differs on the queue, as a clause. */
export interface MessageChange {
  readonly level: Concern['level'] | undefined;
  readonly text: string;
  readonly examples?: readonly Example[];
}

/**
 * What arrives otherwise on the queue, found by rendering both versions' templates.
 * @param other whether bodies need not be JSON
 */
export function messageChanges(
  base: MessageTemplate,
  head: MessageTemplate,
  other: boolean,
): readonly MessageChange[] {
  if (base.text === head.text) return [];
  const names = templateNames([base.text, head.text], [...base.headers, ...head.headers]);
  let shapes: readonly [MessageShape, MessageShape];
  try {
    shapes = [messageShape(base.text, names, base.address), messageShape(head.text, names, head.address)];
  } catch (error) {
    const reason = (error as Error).message;
    return [
      { level: 'attention', text: `the mapping template differs, and could not be rendered: ${reason}` },
    ];
  }
  const [before, after] = shapes;
  const body = bodyChange(
    bodies(other, names.bodyFields).map((sent) => ({
      sent,
      before: arrivalOf(base.text, sent, names, base.address),
      after: arrivalOf(head.text, sent, names, head.address),
    })),
  );
  return [
    ...(body ? [body] : fieldChange('MessageBody', before, after)),
    ...fieldChange('MessageGroupId', before, after),
    ...fieldChange('MessageDeduplicationId', before, after),
    ...otherFields(before, after),
    ...attributeChanges(before, after),
  ];
}

interface Passage {
  readonly sent: string;
  readonly before: Arrival | undefined;
  readonly after: Arrival | undefined;
}

const isWhole = (sent: string, arrival: Arrival | undefined) =>
  arrival?.kind === 'arrives' && arrival.body === sent;

function bodyChange(passages: readonly Passage[]): MessageChange | undefined {
  const known = passages.filter(({ before, after }) => before && after);
  const differing = known.filter(({ before, after }) => shownArrival(before) !== shownArrival(after));
  const broken = differing.find(({ sent, before }) => isWhole(sent, before));
  const [example] = broken ? [broken] : differing;
  if (!example) return undefined;
  const { sent } = example;
  const [before, after] = briefPair(shownArrival(example.before), shownArrival(example.after));
  const examples = [{ payload: sent, note: undefined, before, after }];
  if (broken) {
    return { level: 'attention', text: 'the body no longer arrives byte for byte on the queue', examples };
  }
  if (known.every(({ sent: one, after: arrival }) => isWhole(one, arrival))) {
    return { level: undefined, text: 'the body arrives byte for byte on the queue from now on', examples };
  }
  return { level: 'attention', text: 'another body arrives on the queue', examples };
}

const shownArrival = (arrival: Arrival | undefined): string =>
  arrival?.kind === 'arrives' ? arrival.body : 'the request to SQS is broken';

const consequences: Readonly<Record<string, string>> = {
  MessageGroupId: 'order holds within a group, and groups are worked on side by side',
  MessageDeduplicationId: 'a message with the id of another one of the last 5 minutes is dropped',
};

const inWords: Readonly<Record<string, string>> = {
  MessageBody: 'the body',
  MessageGroupId: 'the group of a message',
  MessageDeduplicationId: 'the deduplication id of a message',
};

function fieldChange(name: string, before: MessageShape, after: MessageShape): readonly MessageChange[] {
  const [was, is] = [before.fields.get(name), after.fields.get(name)];
  if (was === is) return [];
  const what = inWords[name] ?? `the field ${name} of SendMessage`;
  const consequence = consequences[name] ? `: ${consequences[name]}` : '';
  if (is === undefined) return [{ level: 'attention', text: `${what} is no longer set, was ${was}` }];
  const level = was === undefined ? undefined : 'attention';
  return [{ level, text: `${what} is now ${is}, was ${was ?? 'not set'}${consequence}` }];
}

const otherFields = (before: MessageShape, after: MessageShape): readonly MessageChange[] =>
  [...new Set([...before.fields.keys(), ...after.fields.keys()])]
    .filter((name) => !Object.hasOwn(inWords, name))
    .flatMap((name) => fieldChange(name, before, after));

function attributeChanges(before: MessageShape, after: MessageShape): readonly MessageChange[] {
  const names = [...new Set([...before.attributes.keys(), ...after.attributes.keys()])];
  return names.flatMap((name): readonly MessageChange[] => {
    const [was, is] = [before.attributes.get(name), after.attributes.get(name)];
    const what = `message attribute ${name}`;
    if (!was && is) return [{ level: undefined, text: `${what} (${attributeText(is)}) is new` }];
    if (!is) return [{ level: 'attention', text: `${what} is gone` }];
    if (!was || attributeText(was) === attributeText(is)) return [];
    return [{ level: 'attention', text: `${what} is now ${attributeText(is)}, was ${attributeText(was)}` }];
  });
}

const attributeText = ({ type, source, optional }: AttributeShape): string =>
  `${type === 'String' ? '' : `${type}, `}${source.replace(/^the /, '')}${optional ? ', where it is sent' : ''}`;
