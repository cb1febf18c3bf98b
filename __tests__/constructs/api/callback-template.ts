/** The part of a template that puts each of these headers, in lower case, into `$header1`, `$header2` … */
export const headerLookup = (...names: readonly string[]) =>
  [
    ...names.map((_, index) => `#set($header${index + 1} = "")`),
    '#foreach($name in $input.params().header.keySet())',
    ...names.map(
      (name, index) =>
        `${index === 0 ? '#if' : '#elseif'}($name.toLowerCase() == "${name}")#set($header${index + 1} = $input.params().header.get($name))`,
    ),
    '#end#end',
  ].join('');

/** The three fields of a message attribute whose value is encoded, each behind its `&`. */
export const encodedAttribute = (number: number | string, name: string, type: string, value: string) =>
  `&MessageAttribute.${number}.Name=${name}&MessageAttribute.${number}.Value.DataType=${type}&MessageAttribute.${number}.Value.StringValue=$util.urlEncode(${value})`;

/**
 * The template of a callback without header attributes.
 * @param headers what it looks up, in lower case and in this order; `content-type` among them
 * @param ids fields of the group and deduplication id
 */
export const callbackTemplate = (
  headers: readonly string[] = ['content-type'],
  ids: readonly string[] = [],
) =>
  [
    `Action=SendMessage${headerLookup(...headers)}&MessageBody=$util.urlEncode($input.body)`,
    ...ids.map((field) => `&${field}`),
    encodedAttribute(1, 'requestId', 'String', '$context.requestId'),
    encodedAttribute(2, 'sourceIp', 'String', '$context.identity.sourceIp'),
    encodedAttribute(3, 'receivedAt', 'Number', '$context.requestTimeEpoch'),
    encodedAttribute(4, 'contentType', 'String', `$header${headers.indexOf('content-type') + 1}`),
  ].join('');
