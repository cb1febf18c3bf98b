import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reviewedStack } from '../../../../tools/review/reviewed-stack';
import { rules } from '../../../../tools/review/rules/pack';
import { rulesReview } from '../../../../tools/review/rules/rules-review';
import { readWaivers } from '../../../../tools/review/rules/waivers';
import { github, hcpTerraform, rolesWith, s3, whole } from '../../../stacks/example-deployment-roles';

const page = fs.readFileSync('docs/deployment-roles.md', 'utf8');
const [, block] = /```json\n(\[.*?\n\])\n```/s.exec(page) ?? [];
const waivers = readWaivers(
  block,
  rules.map(({ id }) => id),
);
const stacks = [
  { ...whole, ...hcpTerraform, name: 'hcp' },
  { ...whole, ...github, state: s3, encryption: 'customer-key' as const, name: 'gh' },
].map((environment) =>
  reviewedStack(`${environment.name}-deployment-roles`, rolesWith(environment), '', undefined),
);
const version = { name: 'a version', stacks };

describe('the waivers on the page about deployment roles', () => {
  it('are all that the stack needs, and all of them are needed', () => {
    const review = rulesReview(
      { base: version, head: version, plans: new Map() },
      { base: waivers, head: waivers },
      new Date('2026-11-21'),
    );
    expect(review.concerns).toEqual([]);
    expect(new Set(review.waived.map(({ rule }) => rule))).toEqual(
      new Set(['policy-resources', 'policy-no-pass-role']),
    );
  });
});
