import { hostileTexts } from '../../../rehearse/samples/hostile-texts';
import { recorded } from '../models/payloads';
import { messageForm } from './message-form';
import { markedRequest, type TemplateNames } from './template-names';

/** What becomes of a body on its way to the queue. */
export type Arrival = { readonly kind: 'arrives'; readonly body: string } | { readonly kind: 'fails' };

/** Bodies with whatever has ever gone wrong on the way; JSON, unless `other` content is asked for. */
export const bodies = (other: boolean, fields: readonly string[]): readonly string[] => {
  const named = Object.fromEntries(fields.map((field) => [field.split('.')[0], 'x']));
  const json = [
    ...hostileTexts.map((text) => JSON.stringify({ ...named, text })),
    ...recorded.map((payload) => JSON.stringify(payload)),
    '{ "spaces" : 1 }',
  ];
  return (other ? [...hostileTexts, ...json] : json).toSorted((a, b) => a.length - b.length);
};

/** Undefined where it is not known. */
export function arrivalOf(
  template: string,
  body: string,
  names: TemplateNames,
  where: string,
): Arrival | undefined {
  const marked = markedRequest(names, 'mka').request();
  try {
    const { fields } = messageForm(template, { ...marked, body }, where);
    const arrived = fields.get('MessageBody');
    return arrived === undefined ? { kind: 'fails' } : { kind: 'arrives', body: arrived };
  } catch (error) {
    // A body that ends its field, or adds one that is there already.
    return /^SQS: /.test((error as Error).message) ? { kind: 'fails' } : undefined;
  }
}
