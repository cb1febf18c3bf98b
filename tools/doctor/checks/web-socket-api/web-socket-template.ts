/** What is wrong with a mapping template, and what SQS says to what it makes. */
export interface TemplateFault {
  readonly problem: string;
  readonly synthesized: string;
  readonly deployed: string;
  readonly sees: /** SQS refuses the request with this. */
    | { readonly refusal: string }
    /** SQS takes it, and this follows. */
    | { readonly consequence: string };
  readonly cause?: string;
}

interface Surroundings {
  readonly fifo: boolean;
  readonly clients: string;
  readonly consumers: string;
}

/**
 * What a template for SendMessage does otherwise than the synthesized one: fault by fault where it is
 * known what follows, else the fields that differ.
 */
export function templateFaults(
  synthesized: string,
  deployed: string,
  surroundings: Surroundings,
): readonly TemplateFault[] {
  if (synthesized === deployed) return [];
  const [wanted, there] = [fieldsOf(synthesized), fieldsOf(deployed)];
  const told = [
    ...missingFields(wanted, there, surroundings),
    ...missingAttributes(wanted, there, surroundings),
    ...unencodedFields(wanted, there, surroundings),
    ...lineBreak(synthesized, deployed, surroundings),
  ];
  if (told.length > 0) return told;
  const differ = (from: Fields, to: Fields) =>
    [...from]
      .filter(([name, value]) => to.get(name) !== value)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n') || 'nothing more';
  return [
    {
      problem: 'its mapping template is another one',
      synthesized: differ(wanted, there),
      deployed: differ(there, wanted),
      sees: {
        consequence:
          `messages of ${surroundings.clients} are queued with other content, or SQS refuses them; ` +
          `${surroundings.consumers} may not be able to answer`,
      },
    },
  ];
}

/** Fields of the form that a template makes, as they are written. */
type Fields = ReadonlyMap<string, string>;

const fieldsOf = (template: string): Fields =>
  new Map(
    template
      .trim()
      .split('&')
      .map((field) => {
        const equals = field.indexOf('=');
        return equals < 0 ? [field, ''] : [field.slice(0, equals).trim(), field.slice(equals + 1)];
      }),
  );

const missingParameter = (name: string) =>
  `400 MissingParameter "The request must contain the parameter ${name}."`;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
function missingFields(wanted: Fields, there: Fields, { fifo }: Surroundings): readonly TemplateFault[] {
  const rules: readonly (readonly [string, string])[] = [
    ['Action', '404 UnknownOperationException'],
    ['MessageBody', missingParameter('MessageBody')],
    ...(fifo
      ? ([
          ['MessageGroupId', missingParameter('MessageGroupId')],
          [
            'MessageDeduplicationId',
            '400 InvalidParameterValue "The queue should either have ContentBasedDeduplication enabled or ' +
              'MessageDeduplicationId provided explicitly"',
          ],
        ] as const)
      : []),
  ];
  return rules
    .filter(([name]) => wanted.has(name) && !there.has(name))
    .map(([name, refusal]) => ({
      problem: `its mapping template gives SQS no ${name}`,
      synthesized: `${name}=${wanted.get(name)}`,
      deployed: `no ${name}`,
      sees: { refusal },
    }));
}

/** SQS counts attributes from 1 and stops at the first gap; fields of another name it ignores. */
function attributesOf(fields: Fields): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (let number = 1; ; number += 1) {
    const name = fields.get(`MessageAttribute.${number}.Name`);
    if (name === undefined) return attributes;
    attributes.set(name, fields.get(`MessageAttribute.${number}.Value.StringValue`) ?? '');
  }
}

function missingAttributes(
  wanted: Fields,
  there: Fields,
  { clients, consumers }: Surroundings,
): readonly TemplateFault[] {
  const deployed = attributesOf(there);
  const plural = [...there.keys()].find((name) => name.startsWith('MessageAttributes.'));
  return [...attributesOf(wanted)]
    .filter(([name]) => !deployed.has(name))
    .map(([name, value]) => ({
      problem: `its mapping template does not set the message attribute ${name}`,
      synthesized: `${name}: ${value}`,
      deployed: `attributes: ${[...deployed.keys()].join(', ') || 'none'}`,
      sees: {
        consequence:
          `messages are queued, and ${consumers} cannot answer them without ${name}: ${clients} get ` +
          'silence, and the messages end in the dead-letter queue',
      },
      ...(plural !== undefined && {
        cause: `SQS reads MessageAttribute.N and ignores the field ${plural} without a word.`,
      }),
    }));
}

function unencodedFields(wanted: Fields, there: Fields, { clients }: Surroundings): readonly TemplateFault[] {
  return [...there]
    .filter(([name, value]) => isUnencoded(value) && !isUnencoded(wanted.get(name) ?? ''))
    .map(([name, value]) => ({
      problem: `its mapping template does not encode ${name}`,
      synthesized: `${name}=${wanted.get(name) ?? '(no such field)'}`,
      deployed: `${name}=${value}`,
      sees: {
        consequence:
          `messages of ${clients} pass until one holds &, + or %: then it is queued cut short or ` +
          'altered, or SQS refuses it with MissingParameter or InvalidParameterValue, and a client can ' +
          'add parameters of its own, such as another connectionId to which the reply goes',
      },
      cause: 'Without $util.urlEncode a value ends at its first & and SQS reads on in it.',
    }));
}

/** A reference that stands outside of `$util.urlEncode(…)`. */
function isUnencoded(value: string): boolean {
  let rest = value;
  for (let call = encoding.exec(rest); call; call = encoding.exec(rest)) {
    rest = rest.slice(0, call.index) + afterParenthesis(rest.slice(call.index + call[0].length));
  }
  return /\$!?\{?[a-z]/i.test(rest);
}

const encoding = /\$!?\{?util\.urlEncode\(/;

/** What follows the parenthesis that closes the one before `text`. */
function afterParenthesis(text: string): string {
  let open = 1;
  for (const [index, character] of [...text].entries()) {
    if (character === '(') open += 1;
    if (character === ')') open -= 1;
    if (open === 0)
      return [...text]
        .slice(index + 1)
        .join('')
        .replace(/^\}/, '');
  }
  return '';
}

function lineBreak(
  synthesized: string,
  deployed: string,
  { consumers }: Surroundings,
): readonly TemplateFault[] {
  const at = deployed.search(/[\r\n]/);
  if (at < 0 || /[\r\n]/.test(synthesized)) return [];
  return [
    {
      problem: 'its mapping template has a line break',
      synthesized: 'one line',
      deployed: `a line break after …${deployed.slice(Math.max(0, at - 40), at)}`,
      sees: {
        consequence:
          `the line break becomes part of the value before it: what ${consumers} reads there is ` +
          'another value, and SQS refuses it with InvalidParameterValue in an id',
      },
      cause: "The console's editor adds one at the end.",
    },
  ];
}
