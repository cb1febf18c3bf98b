import { messageChanges } from '../messages/message-changes';
import { type Finding, notice, type Subject } from '../notice';
import { type Integration, isFifo } from '../read/integration';

/** What arrives otherwise on the queue; the same change for several content types is told once. */
export function templateFindings(
  subject: Subject,
  base: Integration,
  head: Integration,
  headers: { readonly base: readonly string[]; readonly head: readonly string[] },
): readonly Finding[] {
  const findings = [...head.templates].flatMap(([type, text]) => {
    const before = base.templates.get(type);
    if (before === undefined) return [];
    return messageChanges(
      { text: before, address: base.address, headers: headers.base },
      { text, address: head.address, headers: headers.head },
      type.includes('/') && !type.includes('json'),
    ).map(({ level, text: clause, examples }) => notice('consumers', subject, level, clause, examples));
  });
  // Queues of the standard kind have no use for them: that is told of the queue.
  const unused = base.queue && isFifo(base.queue) && head.queue && !isFifo(head.queue);
  const told = findings.filter(
    (finding) => !unused || !/^the (?:group|deduplication id) .* no longer set/.test(textOf(finding)),
  );
  const once = [...new Map(told.map((finding) => [textOf(finding), finding])).values()];
  return [...once, ...parameterFindings(subject, base, head)];
}

const textOf = (finding: Finding) => (finding.kind === 'notice' ? finding.text : finding.setting);

/** The headers that API Gateway sends to SQS. */
function parameterFindings(subject: Subject, base: Integration, head: Integration): readonly Finding[] {
  return [...new Set([...base.parameters.keys(), ...head.parameters.keys()])].flatMap((name) => {
    const [was, is] = [base.parameters.get(name), head.parameters.get(name)];
    if (was === is) return [];
    const text = `${name.replace('integration.request.', 'the ')} that SQS gets is ${is ?? 'not set'}, was ${was ?? 'not set'}`;
    // SQS reads a body of another type not as fields at all.
    return [notice('callers', subject, /content-type/i.test(name) ? 'attention' : undefined, text)];
  });
}
