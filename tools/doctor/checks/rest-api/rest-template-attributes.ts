import type { Surroundings, TemplateFault } from './rest-template-fault';
import type { Attribute, TemplateForm } from './rest-template-form';
import { isUnencoded } from './rest-template-form';

/** Message attributes that a template does not set, sets otherwise, or sets beside. */
export function attributeFaults(
  wanted: TemplateForm,
  there: TemplateForm,
  { consumers }: Surroundings,
): readonly TemplateFault[] {
  const plural = [...there.fields.keys()].find((name) => name.startsWith('MessageAttributes.'));
  const ignored =
    plural !== undefined
      ? `SQS reads MessageAttribute.N and ignores the field ${plural} without a word.`
      : there.unread.length > 0
        ? `SQS counts attributes from 1 and stops at the first gap: it ignores ${there.unread.join(', ')}.`
        : undefined;
  return [...new Set([...wanted.attributes.keys(), ...there.attributes.keys()])].flatMap(
    (name): readonly TemplateFault[] => {
      const [before, now] = [wanted.attributes.get(name), there.attributes.get(name)];
      if (inWords(before) === inWords(now) || isUnencoded(now?.value ?? '')) return [];
      const told = {
        code: 'integration-template-attribute',
        synthesized: `${name}: ${inWords(before)}`,
        deployed: `${name}: ${inWords(now)}`,
      };
      if (before === undefined) {
        return [
          {
            ...told,
            severity: 'warning',
            problem: `its mapping template also sets the message attribute ${name}`,
            sees: { consequence: `messages carry an attribute more; ${consumers} need not mind` },
          },
        ];
      }
      return [
        {
          ...told,
          severity: 'error',
          problem:
            now === undefined
              ? `its mapping template does not set the message attribute ${name}`
              : `its mapping template makes the message attribute ${name} of something else`,
          sees: {
            consequence:
              `messages are queued ${now === undefined ? 'without' : 'with another'} ${name}: ` +
              `${consumers} act on messages without it, or fail on them until they end in the ` +
              'dead-letter queue. An empty value, or a type that it is none of, SQS refuses with 400 ' +
              'InvalidParameterValue',
          },
          ...(now === undefined && ignored !== undefined && { cause: ignored }),
        },
      ];
    },
  );
}

const inWords = (attribute: Attribute | undefined): string =>
  attribute === undefined ? 'not set' : `${attribute.type ?? '(no type)'} ${attribute.value ?? '(no value)'}`;
