import { type InputTemplate, inputTemplate } from '../../../rehearse/pipe/input-template';
import { brief, briefPair, type Finding, notice, type Subject } from '../notice';
import type { Pipe } from '../read/pipes';
import type { SampleRecord } from './sample-records';

/** Without a template a target gets SQS's record. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html */
const wholeRecord = 'the SQS record as it is';

/** What a subscriber gets of the same message, before and from now on. */
export function inputTemplateFindings(
  subject: Subject,
  base: Pipe,
  head: Pipe,
  samples: readonly SampleRecord[],
): readonly Finding[] {
  if (base.inputTemplate === head.inputTemplate) return [];
  const rendered = samples.flatMap(({ record }) => {
    const before = rendering(base, record);
    const after = rendering(head, record);
    return before === undefined || after === undefined ? [] : [{ body: record.body, before, after }];
  });
  const differing = rendered
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => Number(isJson(b.body)) - Number(isJson(a.body)) || a.body.length - b.body.length);
  const [shortest] = differing;
  if (shortest) {
    const { body } = shortest;
    const [before, after] = briefPair(shortest.before, shortest.after, 400);
    return [
      notice('subscribers', subject, 'attention', 'deliveries have another body from now on', [
        {
          payload: brief(body, 400),
          note: 'a message',
          before,
          after,
        },
      ]),
    ];
  }
  if (rendered.length > 0) return [];
  const [was, is] = [base, head].map(({ inputTemplate: template }) => brief(template ?? wholeRecord, 400));
  const text = `the input template differs, and could not be rendered: ${is}, was ${was}`;
  return [notice('subscribers', subject, 'attention', text)];
}

const isJson = (body: string) => body.startsWith('{');

/** Undefined where it is not known what Pipes make of the message. */
function rendering(pipe: Pipe, record: SampleRecord['record']): string | undefined {
  if (pipe.inputTemplate === undefined) return wholeRecord;
  try {
    const render: InputTemplate = inputTemplate(pipe.inputTemplate, pipe, pipe.address);
    return render(record, 1_700_000_000_000).text;
  } catch {
    return undefined;
  }
}
