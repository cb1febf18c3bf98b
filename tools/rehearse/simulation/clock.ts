/** The time that everything simulated goes by. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Calls `action` once, that many milliseconds from now; of several for the same moment the first asked goes first.
   * @returns takes it back
   */
  after(milliseconds: number, action: () => void): () => void;
}
