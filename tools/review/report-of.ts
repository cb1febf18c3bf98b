import { behaviourSection } from './behaviour/behaviour-section';
import { hclSection } from './hcl-difference/hcl-difference';
import { heading } from './heading';
import type { Markdown } from './markdown/markdown';
import { md } from './markdown/markdown';
import { permissionsSection } from './permissions/permissions-section';
import { pictureSection } from './picture/picture-section';
import { rehearsalSection } from './rehearsal/rehearsal-section';
import { reviewMarkdown } from './report/review-markdown';
import { resourcesSection } from './resources/resources-section';
import type { Review } from './review-of';
import { rulesSection } from './rules/rules-section';
import type { Section } from './section';

/** By which the comment on a pull request is found again; its first line. */
export const marker = '<!-- apigw-sqs-cdktf review -->';

/** In characters; GitHub refuses comments of more than 65,536, and whoever posts it may add a word. */
export const commentLimit = 60_000;

export interface Report {
  readonly markdown: string;
  readonly shortened: boolean;
}

/** @param whole where all of it is, if it has to be shortened; goes on from "the whole is" */
export function reviewReport(review: Review, limit: number, whole: Markdown): Report {
  const sections = [
    resourcesSection(review.resources),
    permissionsSection(review.permissions),
    behaviourSection(review.behaviour),
    rehearsalSection(review.rehearsal),
    rulesSection(review.rules),
    pictureSection(review.picture),
    hclSection(review.hcl),
  ].filter((section): section is Section => section !== undefined);
  return reviewMarkdown({ marker, heading: heading(review), sections, limit, whole });
}

/** Of a change that does not synthesize. @param why what it printed */
export function brokenReport(names: { readonly base: string; readonly head: string }, why: string): Report {
  return reviewMarkdown({
    marker,
    heading: heading({
      ...names,
      changed: true,
      concerns: [{ level: 'broken', text: 'does not synthesize, so that nothing more can be said of it' }],
    }),
    sections: [{ title: 'Faults', blocks: [{ kind: 'fence', language: '', text: why }] }],
    limit: commentLimit,
    whole: md`what npm run synth prints`,
  });
}
