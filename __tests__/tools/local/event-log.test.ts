import { expect, test } from 'vitest';
import { eventLog, shortened } from '../../../tools/local/event-log';
import { styleFor } from '../../../tools/terminal';

function written(line: string, { isTTY = false } = {}): string {
  let text = '';
  const noon = new Date(2026, 0, 1, 12, 34, 56);
  eventLog(
    (part) => {
      text += part;
    },
    styleFor({ isTTY }, {}),
    () => noon,
  )(line, 'bad');
  return text;
}

test('a line has the time of day', () => {
  expect(written('delivered')).toBe('12:34:56  delivered\n');
});

test('only a terminal gets colours', () => {
  expect(written('refused')).not.toContain('\u001b');
  expect(written('refused', { isTTY: true })).toContain('\u001b[31mrefused\u001b[39m');
});

test('what somebody sent stays on its line and moves no cursor', () => {
  expect(written('a\nb\r\u001b[2Kc\u0085d\u2028e')).toBe(
    '12:34:56  a\\nb\\u000d\\u001b[2Kc\\u0085d\\u2028e\n',
  );
});

test('long texts are cut, and say how long they are', () => {
  expect(shortened('x'.repeat(300))).toBe('x'.repeat(300));
  expect(shortened('x'.repeat(301))).toBe(`${'x'.repeat(300)}… (301 characters)`);
});
