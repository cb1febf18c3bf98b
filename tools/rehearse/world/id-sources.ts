import type { CallbackFlow } from './flows';

export type IdParameter = 'MessageGroupId' | 'MessageDeduplicationId';

/** What the templates of a flow take an id of its messages from, whether or not they encode it. */
export type IdSource =
  /** Of the body. */
  | { readonly from: 'field'; readonly name: string }
  /** In lower case. */
  | { readonly from: 'header'; readonly name: string }
  | undefined;

export function idSourceOf(flow: CallbackFlow, parameter: IdParameter): IdSource {
  const template = templatesOf(flow);
  const value = idValueOf(flow, parameter);
  const [, field] = /^\$input\.path\('\$\.(\w+)'\)/.exec(value) ?? [];
  if (field !== undefined) return { from: 'field', name: field };
  const [, variable] = /^\$(header\d+)/.exec(value) ?? [];
  const [, header] =
    /^\$input\.params\('([\w-]+)'\)/.exec(value) ??
    new RegExp(`== "([\\w-]+)"\\)#set\\(\\$${variable} =`).exec(template) ??
    [];
  return header === undefined ? undefined : { from: 'header', name: header.toLowerCase() };
}

/** As the templates write it. */
export const idValueOf = (flow: CallbackFlow, parameter: IdParameter): string =>
  new RegExp(`&${parameter}=(?:\\$util\\.urlEncode\\()?([^&]*)`).exec(templatesOf(flow))?.[1] ?? '';

const templatesOf = ({ method }: CallbackFlow) => [...method.integration.templates.values()].join('\n');

/** The field of the body that the message group is taken from. */
export const groupFieldOf = (flow: CallbackFlow): string | undefined => fieldOf(flow, 'MessageGroupId');

const fieldOf = (flow: CallbackFlow, parameter: IdParameter): string | undefined => {
  const source = idSourceOf(flow, parameter);
  return source?.from === 'field' ? source.name : undefined;
};

/** Whether bodies of one group can be different messages: one field may be both ids. */
export const mayShareGroup = (flow: CallbackFlow): boolean => {
  const field = groupFieldOf(flow);
  return field === undefined || field !== fieldOf(flow, 'MessageDeduplicationId');
};
