/** Marks text for a terminal. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
}

/** Colours where `stream` is a terminal and `NO_COLOR` is not set, else text as it is. https://no-color.org */
export function styleFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Style {
  const colours = stream.isTTY === true && !environment.NO_COLOR;
  const marked = (on: number, off: number) => (text: string) =>
    colours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: marked(1, 22), dim: marked(2, 22), green: marked(32, 39), red: marked(31, 39) };
}
