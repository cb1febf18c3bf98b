import { describe, expect, it } from 'vitest';
import { reviewOptions } from '../../../tools/review/options';

const refused = (...args: readonly string[]) => {
  try {
    reviewOptions(args);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was taken');
};

describe('the options of a review', () => {
  it('are all of it with a base alone', () => {
    expect(reviewOptions(['--base', 'origin/main'])).toEqual({
      base: 'origin/main',
      environments: [],
      plans: [],
      out: undefined,
      messages: undefined,
      json: false,
    });
  });

  it('take several environments and several plans, of the stack that is said or that the file is named after', () => {
    expect(
      reviewOptions([
        ...['--base', 'main', '--env', 'dev', '--env', 'prod', '--json', '--out', 'review.md'],
        ...['--plan', 'dev-callback-receiver=a=b.json', '--plan', 'plans/prod-websocket-reply.json'],
      ]),
    ).toMatchObject({
      environments: ['dev', 'prod'],
      json: true,
      out: 'review.md',
      plans: [
        { stackId: 'dev-callback-receiver', file: 'a=b.json' },
        { stackId: 'prod-websocket-reply', file: 'plans/prod-websocket-reply.json' },
      ],
    });
  });

  it('give way to help', () => {
    expect(reviewOptions(['--help'])).toBeUndefined();
    expect(reviewOptions(['-h'])).toBeUndefined();
  });

  it('are refused with what would do', () => {
    expect(refused()).toBe('compared with what? npm run --silent review -- --base <git ref>');
    expect(refused('--base', '')).toBe('compared with what? npm run --silent review -- --base <git ref>');
    expect(refused('--base', 'main', '--plan', 'Plan.txt')).toBe(
      '--plan Plan.txt: of which stack? Write --plan <stack>=Plan.txt',
    );
    expect(refused('--base', 'main', '--messages', '0')).toBe(
      '--messages 0: it is a whole number from 1 to 9999999',
    );
    expect(refused('--bse', 'main')).toContain("'--bse'");
  });
});
