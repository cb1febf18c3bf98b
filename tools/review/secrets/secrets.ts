/**
 * Every secret that was found, with its number: the same secret has the same number wherever it was found.
 */
export class Secrets {
  private readonly numbers = new Map<string, number>();
  private readonly byName = new Map<string, Set<string>>();
  private readonly allTexts = new Set<string>();

  /** What stands in a secret's place; a secret that is no text is known by its JSON. */
  mask(secret: unknown): string {
    const known = typeof secret === 'string' ? secret : JSON.stringify(secret);
    const number = this.numbers.get(known) ?? this.numbers.size + 1;
    this.numbers.set(known, number);
    if (typeof secret !== 'object') this.allTexts.add(known);
    return `(sensitive ${number})`;
  }

  /** The same for a secret under a name, by which it is found where it is too short to be searched for. */
  maskNamed(secret: string | number, name: string): string {
    const values = this.byName.get(name) ?? new Set();
    this.byName.set(name, values.add(String(secret)));
    return this.mask(secret);
  }

  isNamed(name: string, value: string): boolean {
    return this.byName.get(name)?.has(value) ?? false;
  }

  /** Every secret that is a text, a number or a flag, as it stands in a text. */
  get texts(): readonly string[] {
    return [...this.allTexts];
  }

  /** Every secret that is under a name. */
  get named(): readonly string[] {
    return [...this.byName.values()].flatMap((values) => [...values]);
  }
}
