/** The forms are found by their first characters, so none is shorter. */
export const SHORTEST_FOUND = 6;
const HASHES = 1 << 20;

interface Sought {
  readonly form: string;
  readonly replacement: string;
}

/**
 * Replaces many texts at once, in time that depends on the length of what is searched and hardly on their
 * number.
 */
export class Finder {
  private readonly hashes = new Uint8Array(HASHES);
  private readonly byBeginning = new Map<string, Sought[]>();

  /** @param replacements by what they replace, which is at least `SHORTEST_FOUND` long */
  constructor(replacements: ReadonlyMap<string, string>) {
    for (const [form, replacement] of replacements) {
      const beginning = form.slice(0, SHORTEST_FOUND);
      const others = this.byBeginning.get(beginning);
      if (others) others.push({ form, replacement });
      else this.byBeginning.set(beginning, [{ form, replacement }]);
      this.hashes[hashAt(form, 0)] = 1;
    }
    for (const all of this.byBeginning.values()) all.sort((a, b) => b.form.length - a.form.length);
  }

  /** The longest that begins at each place; what overlaps is replaced, too, one after the other. */
  replaced(text: string): string {
    let result = '';
    let done = 0;
    let last = '';
    const end = text.length - SHORTEST_FOUND;
    for (let at = 0; at <= end; at += 1) {
      if (this.hashes[hashAt(text, at)] === 0) continue;
      const found = this.foundAt(text, at);
      if (found === undefined || at + found.form.length <= done) continue;
      if (at >= done) result += text.slice(done, at) + found.replacement;
      else if (found.replacement !== last) result += found.replacement;
      last = found.replacement;
      done = at + found.form.length;
    }
    return done === 0 ? text : result + text.slice(done);
  }

  private foundAt(text: string, at: number): Sought | undefined {
    const sought = this.byBeginning.get(text.slice(at, at + SHORTEST_FOUND));
    return sought?.find(({ form }) => text.startsWith(form, at));
  }
}

const hashAt = (text: string, at: number): number =>
  (Math.imul(text.charCodeAt(at), 0x9e3779b1) +
    Math.imul(text.charCodeAt(at + 1), 0x85ebca6b) +
    Math.imul(text.charCodeAt(at + 2), 0xc2b2ae35) +
    Math.imul(text.charCodeAt(at + 3), 0x27d4eb2f) +
    Math.imul(text.charCodeAt(at + 4), 0x165667b1)) >>>
  12;
