import type { Style } from '../terminal';
import type { Outcome, ProbedFlow } from './probe/course';

/** What became of the marked messages, for a person. */
export const probeReportOf = (flows: readonly ProbedFlow[], style: Style): string =>
  flows
    .map(({ flow, mark, steps, cleanedUp, stays }) =>
      [
        `${style.bold(`probe ${flow}`)}${mark === undefined ? '' : `  ${mark}`}`,
        ...steps.flatMap(({ what, outcome, detail }) => [
          `  ${marks[outcome](style)} ${what}`,
          `      ${style.dim(detail.replaceAll('\n', '\n      '))}`,
        ]),
        ...cleanedUp.map((what) => `  cleaned up: ${what}`),
        ...stays.map((what) => `  stays: ${what}`),
      ].join('\n'),
    )
    .join('\n\n');

const marks: Readonly<Record<Outcome, (style: Style) => string>> = {
  ok: ({ green }) => green('✓'),
  failed: ({ red }) => red('✗'),
  'not-seen': ({ dim }) => dim('·'),
};
