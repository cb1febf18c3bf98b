/** The form that a mapping template makes, read as text: nothing is rendered. */
export interface TemplateForm {
  /** Fields by name, but for those of message attributes. */
  readonly fields: ReadonlyMap<string, string>;
  /** By name, in the template's order. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Names of fields for attributes that SQS does not read, since a number before theirs is missing. */
  readonly unread: readonly string[];
}

export interface Attribute {
  readonly type: string | undefined;
  readonly value: string | undefined;
}

export function formOf(template: string): TemplateForm {
  const pairs = withoutDirectives(template)
    .trim()
    .split('&')
    .filter((field) => field.trim() !== '')
    .map((field): readonly [string, string] => {
      const equals = field.indexOf('=');
      return equals < 0
        ? [field.trim(), '']
        : [field.slice(0, equals).trim(), field.slice(equals + 1).trim()];
    });
  const fields = pairs.filter(([name]) => !attributeField.test(name));
  return { fields: new Map(fields), ...attributesOf(pairs) };
}

const attributeField = /^MessageAttribute\.([^.]+)\.(Name|Value\.DataType|Value\.StringValue)$/;

/**
 * SQS counts attributes from 1 and stops at the first gap. A number that the template counts itself is taken
 * to be right.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
function attributesOf(
  pairs: readonly (readonly [string, string])[],
): Pick<TemplateForm, 'attributes' | 'unread'> {
  const found: { readonly number: string; readonly parts: Map<string, string> }[] = [];
  for (const [name, value] of pairs) {
    const [, number, part = ''] = attributeField.exec(name) ?? [];
    if (number === undefined) continue;
    const last = found.at(-1);
    if (last?.number === number && !last.parts.has(part)) last.parts.set(part, value);
    else found.push({ number, parts: new Map([[part, value]]) });
  }
  const numbers = new Set(found.map(({ number }) => number));
  const isRead = (number: string) => {
    if (!/^\d+$/.test(number)) return true;
    return Array.from({ length: Number(number) }, (_, index) => String(index + 1)).every((one) =>
      numbers.has(one),
    );
  };
  const named = found.flatMap(({ number, parts }) => {
    const name = parts.get('Name');
    return name === undefined ? [] : [{ number, name, parts }];
  });
  return {
    attributes: new Map(
      named
        .filter(({ number }) => isRead(number))
        .map(({ name, parts }) => [
          name,
          { type: parts.get('Value.DataType'), value: parts.get('Value.StringValue') },
        ]),
    ),
    unread: named
      .filter(({ number }) => !isRead(number))
      .map(({ number, name }) => `MessageAttribute.${number}.Name=${name}`),
  };
}

/** Velocity's directives print nothing: they leave the text of all their branches. */
function withoutDirectives(template: string): string {
  let text = '';
  let rest = template;
  for (let found = directive.exec(rest); found; found = directive.exec(rest)) {
    text += rest.slice(0, found.index);
    rest = rest.slice(found.index + found[0].length);
    if (found[0].endsWith('(')) rest = rest.slice(argumentsLength(rest));
  }
  return text + rest;
}

const directive = /##[^\n]*\n?|#(?:set|if|elseif|foreach)\s*\(|#\{?(?:else|end)\}?/;

/** How much of `text` belongs to the parentheses that were opened before it, the closing one included. */
function argumentsLength(text: string): number {
  let open = 1;
  let quote: string | undefined;
  for (const [index, character] of [...text].entries()) {
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '(') open += 1;
    else if (character === ')') open -= 1;
    if (open === 0) return [...text].slice(0, index + 1).join('').length;
  }
  return text.length;
}

/** Whether a value has a reference that stands outside of `$util.urlEncode(…)`. */
export function isUnencoded(value: string): boolean {
  let rest = value;
  for (let call = encoding.exec(rest); call; call = encoding.exec(rest)) {
    const after = call.index + call[0].length;
    rest = rest.slice(0, call.index) + rest.slice(after + argumentsLength(rest.slice(after)));
  }
  return /\$!?\{?[a-z]/i.test(rest);
}

const encoding = /\$!?\{?util\.urlEncode\(/;
