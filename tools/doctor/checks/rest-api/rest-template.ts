import type { SqsError } from '../../../rehearse/sqs/errors';
import { invalidValue } from '../../../rehearse/sqs/errors';
import { accessDenied, missingParameter, unknownOperation } from './rest-answers';
import { attributeFaults } from './rest-template-attributes';
import type { Surroundings, TemplateFault } from './rest-template-fault';
import { formOf, isUnencoded, type TemplateForm } from './rest-template-form';
import { lineBreak, otherTemplate } from './rest-template-text';

/**
 * What a template does otherwise than the synthesized one: fault by fault where it is known what follows,
 * else the part that differs. Velocity is not run: the fields of the form are read as they are written.
 */
export function templateFaults(
  synthesized: string,
  deployed: string,
  surroundings: Surroundings,
): readonly TemplateFault[] {
  if (synthesized === deployed) return [];
  const [wanted, there] = [formOf(synthesized), formOf(deployed)];
  const told = [
    ...actionFaults(wanted, there),
    ...missingFields(wanted, there, surroundings),
    ...unencodedFields(wanted, there, surroundings),
    ...otherFields(wanted, there, surroundings),
    ...attributeFaults(wanted, there, surroundings),
    ...lineBreak(synthesized, deployed, surroundings),
  ];
  return told.length > 0 ? told : [otherTemplate(synthesized, deployed, surroundings)];
}

function actionFaults(
  { fields: wanted }: TemplateForm,
  { fields: there }: TemplateForm,
): readonly TemplateFault[] {
  const [action, deployed] = [wanted.get('Action'), there.get('Action')];
  if (action === undefined || action === deployed) return [];
  const told = {
    code: 'integration-template-action',
    severity: 'error' as const,
    synthesized: `Action=${action}`,
  };
  return [
    deployed === undefined
      ? {
          ...told,
          problem: 'its mapping template gives SQS no Action',
          deployed: 'no Action',
          sees: { error: unknownOperation },
        }
      : {
          ...told,
          problem: `its mapping template asks SQS for ${deployed}`,
          deployed: `Action=${deployed}`,
          sees: {
            error: accessDenied,
            why:
              '403 AccessDenied, since the role may do nothing but send, or 400 InvalidAction where ' +
              'there is no such action',
          },
        },
  ];
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
function missingFields(
  { fields: wanted }: TemplateForm,
  { fields: there }: TemplateForm,
  { fifo }: Surroundings,
): readonly TemplateFault[] {
  const noDeduplication = invalidValue(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId ' +
      'provided explicitly',
  );
  const needed: readonly (readonly [name: string, code: string, error: SqsError])[] = [
    ['MessageBody', 'body', missingParameter('MessageBody')],
    ...(fifo
      ? ([
          ['MessageGroupId', 'group-id', missingParameter('MessageGroupId')],
          ['MessageDeduplicationId', 'deduplication-id', noDeduplication],
        ] as const)
      : []),
  ];
  return needed
    .filter(([name]) => wanted.has(name) && !there.has(name))
    .map(([name, code, error]) => ({
      code: `integration-template-${code}`,
      severity: 'error',
      problem: `its mapping template gives SQS no ${name}`,
      synthesized: `${name}=${wanted.get(name)}`,
      deployed: `no ${name}`,
      sees: { error, why: `${error.status} ${error.code} "${error.message}"` },
    }));
}

/** Every value of a form, with the name that a person knows it by. */
const valuesOf = ({ fields, attributes }: TemplateForm): ReadonlyMap<string, string> =>
  new Map([
    ...fields,
    ...[...attributes].map(([name, { value = '' }]): [string, string] => [
      `message attribute ${name}`,
      value,
    ]),
  ]);

function unencodedFields(
  wanted: TemplateForm,
  there: TemplateForm,
  { callers, consumers }: Surroundings,
): readonly TemplateFault[] {
  const before = valuesOf(wanted);
  return [...valuesOf(there)]
    .filter(([name, value]) => isUnencoded(value) && !isUnencoded(before.get(name) ?? ''))
    .map(([name, value]) => ({
      code: 'integration-template-encoding',
      severity: 'error',
      problem: `its mapping template does not encode ${name}`,
      synthesized: `${name}=${before.get(name) ?? '(none)'}`,
      deployed: `${name}=${value}`,
      sees: {
        consequence:
          `what ${callers} post passes until it holds &, + or %: & ends the value and the rest is ` +
          'read as further ' +
          'fields, + becomes a space, % is decoded. Such a message is queued cut short or altered, and ' +
          `${consumers} cannot read it, or SQS refuses it with 400 MissingParameter or ` +
          'InvalidParameterValue; a ' +
          'caller can add fields of its own to the request',
      },
      cause: 'Without $util.urlEncode a value ends at its first &, and SQS reads on in it.',
    }));
}

/** Fields that are there on both sides, encoded, with other values; and others that change what SQS does. */
function otherFields(
  wanted: TemplateForm,
  there: TemplateForm,
  surroundings: Surroundings,
): readonly TemplateFault[] {
  const { consumers, callers, fifo } = surroundings;
  const consequences: Readonly<Record<string, readonly [code: string, consequence: string]>> = {
    MessageBody: [
      'body',
      `messages of ${callers} are queued with another body: ${consumers} get what they do not expect`,
    ],
    MessageGroupId: [
      'group-id',
      `messages are put in order by another value: of those that belong together, ${consumers} may ` +
        'meet the later ' +
        'first; where the value is empty or has a space, SQS answers 400 MissingParameter or ' +
        'InvalidParameterValue',
    ],
    MessageDeduplicationId: [
      'deduplication-id',
      'SQS tells repeated messages by another value: different ones that share it within five minutes are ' +
        'acknowledged and dropped, and repeated ones with different values are queued twice',
    ],
  };
  const names = [...new Set([...wanted.fields.keys(), ...there.fields.keys()])];
  return names
    .filter((name) => name !== 'Action' && !name.startsWith('MessageAttributes.'))
    .flatMap((name): readonly TemplateFault[] => {
      const [before, now] = [wanted.fields.get(name), there.fields.get(name)];
      const isMissing =
        now === undefined && (name === 'MessageBody' || (fifo && consequences[name] !== undefined));
      if (before === now || isMissing || isUnencoded(now ?? '')) return [];
      const [code, consequence] = consequences[name] ?? [
        'field',
        `SQS reads ${name} otherwise than synthesized: messages are queued with other properties, or ` +
          'refused with 400 InvalidParameterValue',
      ];
      return [
        {
          code: `integration-template-${code}`,
          severity: 'error',
          problem:
            now === undefined
              ? `its mapping template gives SQS no ${name}`
              : before === undefined
                ? `its mapping template also gives SQS ${name}`
                : `its mapping template makes ${name} of something else`,
          synthesized: before === undefined ? `no ${name}` : `${name}=${before}`,
          deployed: now === undefined ? `no ${name}` : `${name}=${now}`,
          sees: { consequence },
        },
      ];
    });
}
