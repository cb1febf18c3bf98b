import type { ReadStream } from 'node:tty';

/** Calls an action for each of its keys, where there is a terminal to press them at. @returns ends it */
export function onKeys(input: ReadStream, actions: Readonly<Record<string, () => void>>): () => void {
  if (!input.isTTY) return () => {};
  const pressed = (keys: Buffer) => {
    for (const key of String(keys)) actions[key]?.();
  };
  input.setRawMode(true);
  input.on('data', pressed);
  return () => {
    input.off('data', pressed);
    input.setRawMode(false);
    input.pause();
  };
}

/** What Ctrl-C is where keys come one by one. */
export const controlC = '\u0003';
