import { describe, expect, it } from 'vitest';
import type { BehaviourReview } from '../../../../tools/review/behaviour/behaviour-review';
import { behaviourSection } from '../../../../tools/review/behaviour/behaviour-section';
import type { Subject } from '../../../../tools/review/behaviour/notice';

const nothing: BehaviourReview = { notices: [], settings: [], unread: [], concerns: [] };
const route = (path: string): Subject => ({ kind: 'route', name: `POST /v1/${path}`, environment: 'dev' });

const section = (review: Partial<BehaviourReview>) => behaviourSection({ ...nothing, ...review });

const items = (review: Partial<BehaviourReview>) =>
  section(review)?.blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.map(({ markdown }) => markdown) : [],
  );

describe('the section', () => {
  it('is none where there is nothing to say', () => {
    expect(behaviourSection(nothing)).toBeUndefined();
  });

  it('begins with what needs a decision, then has settings, then the rest', () => {
    const notice = { audience: 'callers', subjects: [route('a')], text: 'x', examples: [] } as const;
    const blocks = section({
      notices: [
        { ...notice, level: 'broken' },
        { ...notice, level: undefined },
      ],
      settings: [
        {
          level: undefined,
          subjects: [route('a')],
          setting: 's',
          before: '1',
          after: '2',
          consequence: undefined,
        },
      ],
      unread: [{ stackId: 'dev-x', address: 'a.b', version: 'main', reason: 'why' }],
    })?.blocks;
    expect(blocks?.map((block) => ('noun' in block ? block.noun[1] : block.kind))).toEqual([
      'points to decide on',
      'changed settings',
      'other differences',
    ]);
    expect(blocks?.[0]).toMatchObject({
      items: [
        { markdown: '**BROKEN** `POST /v1/a of dev`, for callers: x' },
        { markdown: '`a.b` of `dev-x` could not be read in main: why' },
      ],
    });
  });

  it('groups subjects with their count', () => {
    const subjects = ['a', 'b', 'c', 'd', 'e'].map(route);
    expect(
      items({ notices: [{ audience: 'callers', level: undefined, subjects, text: 'x', examples: [] }] }),
    ).toEqual([
      '5 routes (`POST /v1/a of dev`, `POST /v1/b of dev`, `POST /v1/c of dev` and 2 more), for callers: x',
    ]);
  });

  it('shows payloads as code, some of many', () => {
    const examples = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({
      payload: `{"${name}":"<b>@you</b>"}`,
      note: `without ${name}`,
    }));
    const [item = ''] =
      items({
        notices: [{ audience: 'callers', level: 'attention', subjects: [route('a')], text: 'x', examples }],
      }) ?? [];
    expect(item).toContain(': without a, such as `{"a":"<b>@you</b>"}`; without b, such as `{"b"');
    expect(item).toMatch(/; and 2 more$/);
  });

  it('shows what becomes of a payload', () => {
    const examples = [{ payload: '{}', note: undefined, before: '1', after: '2' }];
    expect(
      items({
        notices: [
          { audience: 'subscribers', level: 'attention', subjects: [route('a')], text: 'x', examples },
        ],
      }),
    ).toEqual(['`POST /v1/a of dev`, for subscribers: x: `{}` becomes `2`, was `1`']);
  });
});
