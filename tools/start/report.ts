import { canonicalJson } from '../../synthesis/canonical-json';
import type { Style } from '../terminal';
import type { Example, Step } from './example';
import type { WorkedExample } from './worked-example';

const simulated = `Simulated, from the synthesized configuration: allow-lists, request validation, mapping templates, SQS's checks of a
message, integration and gateway responses. Ids are made up.`;
const leftOut = `Not part of this run: permissions and keys, throttling, what becomes of a message on its queue (Lambda, pipes,
subscribers). Only AWS can answer for TLS, real addresses, and the wording of its validation messages.`;

/** What the example showed, what was simulated for it, and whether all of it held. */
export function reportOf({ callbacks, messages, problems }: WorkedExample, style: Style): string {
  return [
    ...(callbacks.length > 0
      ? [examplesReport('Callback: HTTPS → API Gateway → SQS', callbacks, style)]
      : []),
    ...(messages.length > 0
      ? [examplesReport('WebSocket message: client → API Gateway → SQS', messages, style)]
      : []),
    ...(problems.length > 0 ? [problems.map((problem) => `${style.red('✗')} ${problem}`).join('\n')] : []),
    `${simulated}\n${leftOut}`,
    style.bold(verdict({ callbacks, messages, problems }, style)),
  ].join('\n\n');
}

const stepsOf = ({ callbacks, messages }: WorkedExample) =>
  [...callbacks, ...messages].flatMap(({ steps }) => steps);

/** An environment may have nothing that the example is about. */
export const allHeld = (example: WorkedExample): boolean =>
  example.problems.length === 0 && stepsOf(example).every(({ held }) => held);

function verdict(example: WorkedExample, style: Style): string {
  const steps = stepsOf(example);
  const held = steps.filter((step) => step.held).length;
  if (!allHeld(example)) return style.red(`Not all of it held: ${held} of ${steps.length}.`);
  if (steps.length === 0) return 'No environment receives the callbacks or the message of the example.';
  return style.green(`All of it held: ${held} of ${steps.length}.`);
}

/** Examples as a person reads them; stacks in which the same happened share their lines. */
function examplesReport(title: string, examples: readonly Example[], style: Style): string {
  const groups = new Map<string, Example[]>();
  for (const example of examples) {
    const key = canonicalJson(example.steps);
    groups.set(key, [...(groups.get(key) ?? []), example]);
  }
  const width = Math.max(...examples.map(({ stackId }) => stackId.length));
  return [...groups.values()]
    .map((group) =>
      [
        style.bold(title),
        ...group.map(({ stackId, way }) => `  ${stackId.padEnd(width)}  ${way}`),
        ...(group[0]?.steps ?? []).flatMap((step) => stepLines(step, style)),
        ...group.flatMap(({ notes }) => notes.map((note) => `  ${note}`)),
      ].join('\n'),
    )
    .join('\n\n');
}

const stepLines = ({ held, title, outcome, details }: Step, style: Style) => [
  `  ${held ? style.green('✓') : style.red('✗')} ${title}: ${outcome}`,
  ...details.map((detail) => `      ${style.dim(detail)}`),
];
