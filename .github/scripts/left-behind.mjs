// The review that a pull request's run has left behind: files of which nothing is known but who wrote them.
import fs from 'node:fs';
import path from 'node:path';
import { harmless } from './untrusted-markdown.mjs';

/** What every review, and every comment that holds one, begins with. */
export const marker = '<!-- apigw-sqs-cdktf review -->';

/** What `npm run review` keeps to, without the newline at its end. */
const longestReview = 60_000;

/** @returns what the pull request's code wrote, or why there is none */
export function leftBehind(folder) {
  const file = path.join(folder, 'review.md');
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return { missing: `the run left none behind${exitCode(folder)}` };
  // UTF-8 takes up to three bytes for what is one character here, or four for two.
  if (!stat.isFile() || stat.size > 3 * longestReview) {
    return { missing: `what the run left behind is no file of at most ${longestReview} characters` };
  }
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(fs.readFileSync(file));
  } catch {
    return { missing: 'what the run left behind is not text' };
  }
  if (text.trimEnd().length > longestReview) {
    return { missing: `what the run left behind is longer than ${longestReview} characters` };
  }
  if (!text.startsWith(`${marker}\n`))
    return { missing: 'what the run left behind does not begin as a review does' };
  return { markdown: harmless(text.slice(marker.length)).trim() };
}

function exitCode(folder) {
  const file = path.join(folder, 'exit-code');
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  const code = stat?.isFile() && stat.size < 10 ? fs.readFileSync(file, 'utf8').trim() : '';
  return /^\d{1,3}$/.test(code) ? `, and \`npm run review\` ended with ${code}` : '';
}
