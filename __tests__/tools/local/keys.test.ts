import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { expect, test } from 'vitest';
import { controlC, onKeys } from '../../../tools/local/keys';

function terminal() {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (mode: boolean) => modes.push(mode),
  });
  return { input: input as unknown as ReadStream & PassThrough, modes };
}

test('each key does what it is for, and the terminal is given back', () => {
  const { input, modes } = terminal();
  const pressed: string[] = [];
  const end = onKeys(input, { d: () => pressed.push('d'), [controlC]: () => pressed.push('Ctrl-C') });
  input.emit('data', Buffer.from('dxd'));
  input.emit('data', Buffer.from('\u0003'));
  end();
  input.emit('data', Buffer.from('d'));
  expect(pressed).toEqual(['d', 'd', 'Ctrl-C']);
  expect(modes).toEqual([true, false]);
});

test('names that every object has are no keys', () => {
  const { input } = terminal();
  onKeys(input, {});
  expect(() => input.emit('data', Buffer.from('toString'))).not.toThrow();
});

test('what is no terminal is left alone', () => {
  const input = new PassThrough() as unknown as ReadStream;
  onKeys(input, { d: () => {} })();
  expect(input.listenerCount('data')).toBe(0);
});
