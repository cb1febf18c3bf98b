import { counted } from '../../counted';
import { modelDifference, type RefusedPayload } from '../models/model-difference';
import { type Audience, brief, type Example, type Finding, listed, notice, type Subject } from '../notice';
import type { ReadModel } from '../read/models';

/** Longer ones are described, not shown. */
const longestShown = 400;

/** What a change of a model refuses and takes. @param refusal what the sender gets: `400` */
export async function modelFindings(
  audience: Audience,
  subject: Subject,
  base: ReadModel | undefined,
  head: ReadModel | undefined,
  refusal: string,
): Promise<readonly Finding[]> {
  if (base && !head) {
    const text = 'bodies are no longer checked against a model: whatever is sent arrives on the queue';
    return [notice('consumers', subject, 'attention', text)];
  }
  const difference = await modelDifference(base, head);
  if (!difference) return [];
  const { refused, taken, recorded, keywords } = difference;
  const plain =
    keywords.length > 0 ? [{ payload: undefined, note: `in the schema ${listed(keywords, 6)}` }] : [];
  const of = (count: number) =>
    count > 0 ? `, ${count} of ${recorded.count} recorded Bizppurio callbacks among them` : '';
  if (refused.length === 0 && taken.length === 0) {
    if (keywords.length === 0) return [];
    const text = `the schema differs, and no body was found that only one version takes: ${listed(keywords, 6)}`;
    return [notice(audience, subject, 'attention', text)];
  }
  return [
    ...(refused.length > 0
      ? [
          notice(
            audience,
            subject,
            'attention',
            `bodies that were taken are refused from now on (${refusal})${of(recorded.refused)}`,
            [...plain, ...refused.map(example)],
          ),
        ]
      : []),
    ...(taken.length > 0
      ? [
          notice(
            audience,
            subject,
            undefined,
            `bodies that were refused are taken from now on${of(recorded.taken)}`,
            [...(refused.length > 0 ? [] : plain), ...taken.map(example)],
          ),
        ]
      : []),
  ];
}

const example = ({ words, payload }: RefusedPayload): Example =>
  payload.length <= longestShown
    ? { payload, note: words }
    : {
        payload: undefined,
        note: `${brief(words)} (the smallest has ${counted(payload.length, 'character')})`,
      };
