import type { CallbackFlow } from '../../world/flows';

type Parameter = 'MessageGroupId' | 'MessageDeduplicationId';

/** What the templates of a flow take an id of its messages from, whether or not they encode it. */
export type IdSource =
  /** Of the body. */
  | { readonly from: 'field'; readonly name: string }
  /** In lower case. */
  | { readonly from: 'header'; readonly name: string }
  | undefined;

export function idSourceOf({ method }: CallbackFlow, parameter: Parameter): IdSource {
  const template = [...method.integration.templates.values()].join('\n');
  const [, value = ''] = new RegExp(`&${parameter}=(?:\\$util\\.urlEncode\\()?([^&]*)`).exec(template) ?? [];
  const [, field] = /^\$input\.path\('\$\.(\w+)'\)/.exec(value) ?? [];
  if (field !== undefined) return { from: 'field', name: field };
  const [, variable] = /^\$(header\d+)/.exec(value) ?? [];
  const [, header] =
    /^\$input\.params\('([\w-]+)'\)/.exec(value) ??
    new RegExp(`== "([\\w-]+)"\\)#set\\(\\$${variable} =`).exec(template) ??
    [];
  return header === undefined ? undefined : { from: 'header', name: header.toLowerCase() };
}

/** The field of the body that the message group is taken from. */
export const groupFieldOf = (flow: CallbackFlow): string | undefined => fieldOf(flow, 'MessageGroupId');

const fieldOf = (flow: CallbackFlow, parameter: Parameter): string | undefined => {
  const source = idSourceOf(flow, parameter);
  return source?.from === 'field' ? source.name : undefined;
};

/** Whether bodies of one group can be different messages: one field may be both ids. */
export const mayShareGroup = (flow: CallbackFlow): boolean => {
  const field = groupFieldOf(flow);
  return field === undefined || field !== fieldOf(flow, 'MessageDeduplicationId');
};
