import { renderMappingTemplate, type TemplateRequest } from '../../../rehearse/api-gateway/mapping-template';
import { formFields } from '../../../rehearse/sqs/form';
import { type MessageAttribute, messageAttributes } from '../../../rehearse/sqs/message-attributes';

/** What a mapping template asks of SQS for one request. */
export interface MessageForm {
  /** Decoded, without those of message attributes. */
  readonly fields: ReadonlyMap<string, string>;
  readonly attributes: readonly MessageAttribute[];
}

/** @throws NotSimulated for templates, and for form encoding, of which it is not known what becomes of them */
export function messageForm(template: string, request: TemplateRequest, where: string): MessageForm {
  const all = formFields(renderMappingTemplate(template, request, where));
  return {
    fields: new Map([...all].filter(([name]) => !/^MessageAttributes?\./.test(name))),
    attributes: messageAttributes(all),
  };
}
