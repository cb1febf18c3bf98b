/** Thrown for what a rule would have to know and the configuration does not say: it is told, never passed over. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';

  /**
   * @param where the place in the configuration
   * @param what what stands there
   */
  constructor(where: string, what: string) {
    super(`${where}: ${what}`);
  }
}
