import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { environments } from '../../../../environments';
import type { Environment } from '../../../../environments/environment';
import { rules } from '../../../../tools/review/rules/pack';
import { rulesReview } from '../../../../tools/review/rules/rules-review';
import { noWaivers, readWaivers, type Waivers } from '../../../../tools/review/rules/waivers';
import { environments as shipped } from '../../../fixtures/environments';
import { versionOf } from '../change-of';

/** A day of its own: whether a waiver has ended is for a review to say. */
const today = new Date('2026-11-21T00:00:00Z');

const reviewed = (of: readonly Environment[], waivers: Waivers) => {
  const version = versionOf('a version', of);
  return rulesReview(
    { base: version, head: version, plans: new Map() },
    { base: waivers, head: waivers },
    today,
  );
};

describe('the security rules', () => {
  test('hold in every environment, but for what waivers.json has with a reason', () => {
    const waivers = readWaivers(
      fs.readFileSync('waivers.json', 'utf8'),
      rules.map(({ id }) => id),
    );
    expect(reviewed(environments, waivers)).toMatchObject({ violations: [], faults: [], unread: [] });
  });

  test('that need a waiver as shipped are fewer than a well-made stack was left with, nine', () => {
    const { violations } = reviewed(shipped, noWaivers);
    expect([...new Set(violations.map(({ rule }) => rule))].sort()).toEqual([
      'function-code-signing',
      'function-vpc',
      'rest-method-authorization',
      'rest-stage-web-acl',
      'route-authorization',
    ]);
  });
});
