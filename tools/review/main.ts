import fs from 'node:fs';
import { projectRoot } from '../../synthesis/project-root';
import { progressLine } from '../progress-line';
import { CannotReview } from './cannot-review';
import { code, type Markdown, md } from './markdown/markdown';
import { reviewOptions, UsageError, usage } from './options';
import { brokenReport, commentLimit, type Report, reviewReport } from './report-of';
import type { Review } from './review-of';
import { reviewProject, type Unsynthesized } from './review-project';
import { exitCodes } from './verdict';

async function main(): Promise<void> {
  const options = reviewOptions(process.argv.slice(2));
  if (!options) return console.log(usage);
  const line = progressLine(process.stderr);
  const review = await reviewProject(projectRoot(), options, line.show).finally(line.clear);
  if (options.json) writeText(JSON.stringify(review, undefined, 2), options.out);
  else writeMarkdown(review, options.out);
  process.exitCode = exitCodes['why' in review ? 'broken' : review.verdict];
}

function writeMarkdown(review: Review | Unsynthesized, out: string | undefined): void {
  const wholeFile = out?.replace(/(\.md)?$/, '.whole.md');
  const { markdown, shortened } = report(review, commentLimit, wholeIn(wholeFile));
  writeText(markdown, out);
  if (wholeFile === undefined) return;
  if (shortened) fs.writeFileSync(wholeFile, report(review, Number.POSITIVE_INFINITY, md``).markdown);
  // That of an earlier review would be taken for this one's.
  else fs.rmSync(wholeFile, { force: true });
}

const report = (review: Review | Unsynthesized, limit: number, whole: Markdown): Report =>
  'why' in review ? brokenReport(review, review.why) : reviewReport(review, limit, whole);

const wholeIn = (file: string | undefined): Markdown =>
  file === undefined
    ? md`what ${code('--out review.md')} writes to ${code('review.whole.md')}`
    : md`in ${code(file)}`;

function writeText(text: string, out: string | undefined): void {
  if (out === undefined) console.log(text);
  else fs.writeFileSync(out, `${text}\n`);
}

/** What is no fault of the change. */
async function explained(run: Promise<void>): Promise<void> {
  try {
    await run;
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
    else if (error instanceof CannotReview) console.error(error.message);
    else throw error;
    process.exitCode = 2;
  }
}

void explained(main());
