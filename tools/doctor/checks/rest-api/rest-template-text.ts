import type { Surroundings, TemplateFault } from './rest-template-fault';

/** A template must be one line: what is after it would be part of the last field. */
export function lineBreak(
  synthesized: string,
  deployed: string,
  { consumers }: Surroundings,
): readonly TemplateFault[] {
  if (/[\r\n]/.test(synthesized) || !/[\r\n]/.test(deployed)) return [];
  const before = /^([^\r\n]*)\r?\n/.exec(deployed.trimStart())?.[1] ?? '';
  return [
    {
      code: 'integration-template-line-break',
      severity: 'error',
      problem: 'its mapping template has a line break',
      synthesized: 'one line',
      deployed: `a line break after …${before.slice(-40)}`,
      sees: {
        consequence:
          'the line break becomes part of the value before it, or of the name of the field after it: ' +
          `${consumers} read another value, and SQS refuses a line break in an id with 400 ` +
          'InvalidParameterValue',
      },
      cause: "The console's editor adds one at the end.",
    },
  ];
}

const shown = 60;

/** Only the logic differs, such as the header that an attribute is made of. */
export function otherTemplate(
  synthesized: string,
  deployed: string,
  { callers, consumers }: Surroundings,
): TemplateFault {
  let start = 0;
  while (start < synthesized.length && synthesized[start] === deployed[start]) start += 1;
  let end = 0;
  const most = Math.min(synthesized.length, deployed.length) - start;
  while (end < most && synthesized.at(-1 - end) === deployed.at(-1 - end)) end += 1;
  const part = (text: string) => {
    const from = Math.max(0, start - shown);
    const to = Math.min(text.length, text.length - end + shown);
    return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
  };
  return {
    code: 'integration-template',
    severity: 'error',
    problem: 'its mapping template is another one',
    synthesized: part(synthesized),
    deployed: part(deployed),
    sees: {
      consequence:
        `messages of ${callers} are queued with other content, or SQS refuses them; ${consumers} may ` +
        'not be able to read them',
    },
  };
}
