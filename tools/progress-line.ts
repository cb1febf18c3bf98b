/** Says what is being done, and how much of all of it is. */
export type Progress = (doing: string, done: number, all: number) => void;

/** One line of a terminal that says what is being done; nothing where there is no terminal. */
export function progressLine(stream: NodeJS.WriteStream): {
  readonly show: Progress;
  readonly clear: () => void;
} {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} };
  const write = (text: string) => stream.write(`\r\u001b[2K${text}`);
  return {
    show: (doing, done, all) =>
      write(`${Math.floor((100 * done) / all)} %  ${doing}`.slice(0, (stream.columns || 80) - 1)),
    clear: () => void write(''),
  };
}
