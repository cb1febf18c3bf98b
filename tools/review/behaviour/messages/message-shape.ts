import { inSentence } from '../notice';
import { type MessageForm, messageForm } from './message-form';
import { markedRequest, type TemplateNames } from './template-names';

/** Where the parts of a message come from. */
export interface MessageShape {
  /** `MessageGroupId` → `the field orderId` */
  readonly fields: ReadonlyMap<string, string>;
  readonly attributes: ReadonlyMap<string, AttributeShape>;
}

export interface AttributeShape {
  readonly type: string;
  readonly source: string;
  /** Only on messages whose request had the header. */
  readonly optional: boolean;
}

/** Rendered with values that are known again. @throws NotSimulated for a template that cannot be rendered */
export function messageShape(template: string, names: TemplateNames, where: string): MessageShape {
  const [first, second] = [markedRequest(names, 'mka'), markedRequest(names, 'mkb')];
  const form = messageForm(template, first.request(), where);
  const again = messageForm(template, second.request(), where);
  const source = (value: string, other: string | undefined) => sourceOf(value, other, first.sources);
  const without = withoutHeaders(template, names, where);
  return {
    fields: new Map([...form.fields].map(([name, value]) => [name, source(value, again.fields.get(name))])),
    attributes: new Map(
      form.attributes.map(({ name, dataType, value }, index) => [
        name,
        {
          type: dataType,
          source: source(value, again.attributes[index]?.value),
          optional: without !== undefined && !without.attributes.some((other) => other.name === name),
        },
      ]),
    ),
  };
}

/** Undefined where the template needs them. */
function withoutHeaders(template: string, names: TemplateNames, where: string): MessageForm | undefined {
  try {
    return messageForm(template, markedRequest(names, 'mka', false).request(), where);
  } catch {
    return undefined;
  }
}

function sourceOf(value: string, again: string | undefined, sources: ReadonlyMap<string, string>): string {
  const known = sources.get(value);
  if (known !== undefined) return known;
  if (value === again) return value === '' ? 'nothing' : `always ${JSON.stringify(value)}`;
  const parts = [...sources].filter(([marked]) => value.includes(marked)).map(([, words]) => words);
  return parts.length > 0 ? `a text made of ${inSentence(parts)}` : 'something else of the request';
}
