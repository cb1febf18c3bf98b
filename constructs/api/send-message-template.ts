import { literal } from '../../synthesis/literal';

/** Where the value of a field comes from when a request arrives. */
export type FieldSource =
  /** Fixed text. */
  | { readonly constant: string }
  /**
   * The body as it was sent; bytes that the integration has converted to text are base64, without which nothing is
   * sent: API Gateway makes `{}` of an empty body, which would be no base64.
   */
  | { readonly body: 'raw' | 'base64' }
  /** A top-level field of a JSON body. */
  | { readonly bodyField: string }
  /** A request header, whatever the case it was sent in. */
  | { readonly header: string }
  /** A variable of API Gateway's `$context`, such as `requestId` or `identity.sourceIp`. */
  | { readonly context: string };

/** SQS's message attribute types that can be sent from a template. */
export type AttributeType = 'String' | 'Number';

export interface MessageAttribute {
  /** 1 to 256 letters, digits, `_`, `-` and `.`. */
  readonly name: string;
  /** @default String */
  readonly type?: AttributeType;
  readonly source: FieldSource;
  /** With a header as source: left out when that is missing or blank, since SQS refuses an empty attribute. @default false */
  readonly optional?: boolean;
}

export interface SendMessageTemplateProps {
  readonly body: FieldSource;
  /** Of a FIFO queue, or of a fair standard queue. */
  readonly messageGroupId?: FieldSource | undefined;
  readonly messageDeduplicationId?: FieldSource | undefined;
  /** At most ten. */
  readonly attributes: readonly MessageAttribute[];
}

/**
 * SQS takes ten attributes a message.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export const maximumAttributes = 10;

/**
 * The mapping template that turns a request into SQS's SendMessage, in the query protocol's form encoding.
 *
 * Every value is encoded on its way in, so that no byte of a request can end its field, add a parameter or change the
 * queue or the action. The template is one line: a newline would become part of the last field.
 *
 * @returns Velocity text, escaped for Terraform
 * @throws Error on more than ten attributes, or two of one name
 */
export function sendMessageTemplate(props: SendMessageTemplateProps): string {
  checkAttributes(props.attributes);
  // Optional attributes come last: SQS counts from 1 without gaps, and only at their end may the count vary.
  const fixed = props.attributes.filter((attribute) => !isOptional(attribute));
  const optional = props.attributes.filter(isOptional);
  const headers = headerVariables(props);
  const value = (source: FieldSource) => encodedValue(source, headers);

  const fields = [
    // The lookup ends in `#end`, which must not meet a letter: Velocity would read on.
    `Action=SendMessage${headerLookup(headers)}`,
    `MessageBody=${value(props.body)}`,
    ...(props.messageGroupId ? [`MessageGroupId=${value(props.messageGroupId)}`] : []),
    ...(props.messageDeduplicationId
      ? [`MessageDeduplicationId=${value(props.messageDeduplicationId)}`]
      : []),
    ...fixed.map((attribute, index) => attributeFields(String(index + 1), attribute, value)),
  ];
  return literal(
    [
      fields.join('&'),
      optional.length > 0 ? `#set($n = ${fixed.length})` : '',
      ...optional.map(
        (attribute) =>
          `#if(${variable(attribute.source, headers)} != "")#set($n = $n + 1)&${attributeFields('${n}', attribute, value)}#end`,
      ),
    ].join(''),
  );
}

function checkAttributes(attributes: readonly MessageAttribute[]): void {
  if (attributes.length > maximumAttributes) {
    throw new Error(
      `${attributes.length} message attributes (${attributes.map((a) => a.name).join(', ')}): SQS takes ${maximumAttributes} a message, leave out ${attributes.length - maximumAttributes}`,
    );
  }
  const seen = new Set<string>();
  for (const { name } of attributes) {
    if (seen.has(name)) throw new Error(`two message attributes are named "${name}": give each its own name`);
    seen.add(name);
  }
}

const isOptional = (
  attribute: MessageAttribute,
): attribute is MessageAttribute & { readonly source: { readonly header: string } } =>
  attribute.optional === true && 'header' in attribute.source;

const attributeFields = (
  number: string,
  { name, type = 'String', source }: MessageAttribute,
  value: (source: FieldSource) => string,
) =>
  [
    `MessageAttribute.${number}.Name=${encodeURIComponent(name)}`,
    `MessageAttribute.${number}.Value.DataType=${type}`,
    `MessageAttribute.${number}.Value.StringValue=${value(source)}`,
  ].join('&');

function encodedValue(source: FieldSource, headers: HeaderVariables): string {
  if ('constant' in source) return encodeURIComponent(source.constant);
  const value = `$util.urlEncode(${variable(source, headers)})`;
  // SQS refuses a message without a body.
  return 'body' in source && source.body === 'base64' ? `#if($input.body != "{}")${value}#end` : value;
}

function variable(source: Exclude<FieldSource, { constant: string }>, headers: HeaderVariables): string {
  if ('body' in source) return '$input.body';
  if ('bodyField' in source) return `$input.path('$.${source.bodyField}')`;
  if ('header' in source) return `$${headers.get(source.header.toLowerCase())}`;
  return `$context.${source.context}`;
}

/** Lower-case header name → Velocity variable. */
type HeaderVariables = ReadonlyMap<string, string>;

function headerVariables(props: SendMessageTemplateProps): HeaderVariables {
  const sources = [
    props.body,
    ...(props.messageGroupId ? [props.messageGroupId] : []),
    ...(props.messageDeduplicationId ? [props.messageDeduplicationId] : []),
    ...props.attributes.map((a) => a.source),
  ];
  const names = new Set(
    sources.flatMap((source) => ('header' in source ? [source.header.toLowerCase()] : [])),
  );
  return new Map([...names].map((name, index) => [name, `header${index + 1}`]));
}

/**
 * Finds headers whatever their case: `$input.params('X-Signature')` would miss the `x-signature` that HTTP/2 and many
 * clients send.
 */
function headerLookup(headers: HeaderVariables): string {
  if (headers.size === 0) return '';
  const branches = [...headers].map(
    ([name, variableName], index) =>
      `${index === 0 ? '#if' : '#elseif'}($name.toLowerCase() == "${name}")#set($${variableName} = $input.params().header.get($name))`,
  );
  const empty = [...headers.values()].map((variableName) => `#set($${variableName} = "")`);
  return `${empty.join('')}#foreach($name in $input.params().header.keySet())${branches.join('')}#end#end`;
}
