import { describe, expect, it } from 'vitest';
import type { Rehearsal } from '../../../../tools/rehearse/rehearsal';
import type { ScenarioResult } from '../../../../tools/rehearse/scenarios/result';
import { rehearsalReview } from '../../../../tools/review/rehearsal/rehearsal-review';
import { rehearsalSection } from '../../../../tools/review/rehearsal/rehearsal-section';
import type { VersionRehearsal } from '../../../../tools/review/rehearsal/run-rehearsal';

const scenario = (id: string, outcome: string, given: Partial<ScenarioResult> = {}): ScenarioResult => ({
  stackId: 'dev-callback-receiver',
  way: 'POST /v1/orders → dev-orders',
  scenario: id,
  title: 'a title',
  outcome,
  failures: [],
  denials: [],
  account: { accepted: 3, delivered: 3, dropped: 0, waiting: 0, deadLettered: 0, lost: [] },
  virtualMilliseconds: 0,
  ...given,
});
const rehearsed = (...parts: readonly Partial<Rehearsal>[]): VersionRehearsal => ({
  kind: 'rehearsed',
  rehearsals: parts.map((part) => ({
    environment: 'dev',
    problems: [],
    scenarios: [],
    notPlayed: [],
    grants: [],
    mistakes: [],
    assumptions: [],
    wallMilliseconds: 1,
    ...part,
  })),
});
const of = (head: VersionRehearsal, base?: VersionRehearsal) => rehearsalReview(head, base, ['dev']);

describe('the rehearsal in a review', () => {
  it('is counted by environment, and only those that are reviewed', () => {
    const review = of(
      rehearsed(
        {
          scenarios: [scenario('callback/arrives', 'x'), scenario('callback/load', 'y')],
          grants: [
            { actor: 'a', action: 's:A', resource: 'r', places: [], verdict: 'needed' },
            { actor: 'a', action: 's:B', resource: 'r', places: [], verdict: 'kept', reason: 'logs' },
          ],
        },
        { environment: 'prod', scenarios: [scenario('callback/arrives', 'x')] },
      ),
    );
    expect(review.environments).toEqual([
      { environment: 'dev', held: true, scenarios: 2, messages: 6, lost: 0, neededGrants: 1 },
    ]);
    expect(review.concerns).toEqual([]);
    expect(rehearsalSection(review)?.blocks).toEqual([
      {
        kind: 'list',
        noun: ['environment', 'environments'],
        items: [
          {
            markdown: '`dev` held: 2 scenarios, 6 messages, 0 lost; 1 permission without which a flow breaks',
          },
        ],
      },
    ]);
  });

  it('is broken by whatever did not hold, and says where to look', () => {
    const review = of(
      rehearsed({
        problems: ['dev-x: no queue'],
        scenarios: [
          scenario('callback/arrives', 'x', {
            failures: [{ what: 'a body was refused', place: 'aws_api_gateway_model.orders' }],
          }),
        ],
        grants: [
          { actor: 'role/r', action: 's:A', resource: 'arn', places: ['p, G'], verdict: 'not-needed' },
        ],
        mistakes: [
          {
            stackId: 'dev-callback-receiver',
            way: 'POST /v1/orders → dev-orders',
            mistake: 'the body is not encoded',
            effect: 'e',
            told: false,
          },
        ],
      }),
    );
    expect(review.environments).toMatchObject([{ held: false }]);
    expect(review.failures.map(({ what, place }) => [what, place])).toEqual([
      ['dev-x: no queue', undefined],
      ['a body was refused', 'aws_api_gateway_model.orders'],
      ['role/r may s:A on arn, which no flow needs', 'p, G'],
      ['the rehearsal does not notice that the body is not encoded', undefined],
    ]);
    expect(review.concerns).toEqual([
      { level: 'broken', text: 'fails the rehearsal: dev: dev-x: no queue, and 3 more' },
    ]);
  });

  it('is broken where there is none', () => {
    const review = of({ kind: 'not-rehearsed', why: 'SyntaxError: x' });
    expect(review.concerns).toEqual([{ level: 'broken', text: 'could not be rehearsed' }]);
    expect(rehearsalSection(review)?.blocks).toContainEqual({
      kind: 'fence',
      language: '',
      text: 'SyntaxError: x',
    });
  });

  it('says which scenarios went differently, and tells a flow that is new or gone once', () => {
    const gone = { way: 'POST /v1/gone → dev-gone' };
    const added = { way: 'POST /v1/new → dev-new' };
    const review = of(
      rehearsed({
        scenarios: [
          scenario('callback/arrives', '3 bodies'),
          scenario('callback/outsiders', '6 addresses'),
          scenario('callback/new-one', 'new outcome'),
          scenario('callback/arrives', 'x', added),
          scenario('callback/outsiders', 'x', added),
        ],
      }),
      rehearsed({
        scenarios: [
          scenario('callback/arrives', '3 bodies'),
          scenario('callback/outsiders', '5 addresses', { failures: [{ what: 'w' }] }),
          scenario('callback/old-one', 'old outcome'),
          scenario('callback/arrives', 'x', gone),
        ],
      }),
    );
    expect(
      review.differences.map(({ way, scenario: id, before, after }) => [way, id, before, after]),
    ).toEqual([
      ['POST /v1/orders → dev-orders', 'callback/outsiders', 'failed', '6 addresses'],
      ['POST /v1/orders → dev-orders', 'callback/new-one', undefined, 'new outcome'],
      ['POST /v1/orders → dev-orders', 'callback/old-one', 'old outcome', undefined],
      ['POST /v1/new → dev-new', undefined, undefined, '2 scenarios'],
      ['POST /v1/gone → dev-gone', undefined, '1 scenario', undefined],
    ]);
  });

  it('tells once what failed several times, each with an id of its own', () => {
    const failures = ['2a541408-73ea-41d9-a4c5-9a152179772f', '10aa9348-4ae7-4ed9-a3ce-db65fa129290'].map(
      (id) => ({ what: `refused as ${id}` }),
    );
    const section = rehearsalSection(
      of(rehearsed({ scenarios: [scenario('callback/load', 'x', { failures })] })),
    );
    expect(section?.blocks[0]).toMatchObject({
      items: [
        {
          markdown:
            '**failed**, 2 times: `dev-callback-receiver`, `POST /v1/orders → dev-orders`, `callback/load`, refused as `2a541408-73ea-41d9-a4c5-9a152179772f`',
        },
      ],
    });
  });

  it('says that it has nothing to compare with', () => {
    const review = of(rehearsed({}), { kind: 'not-rehearsed', why: 'no such script' });
    expect(review.notCompared).toBe('no such script');
    expect(review.concerns).toEqual([]);
  });
});
