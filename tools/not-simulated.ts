/** Thrown for whatever the rehearsal does not know how AWS would treat: it is named, never passed over. */
export class NotSimulated extends Error {
  override readonly name = 'NotSimulated';

  /**
   * @param where the place in the plan or the request
   * @param what what stands there
   */
  constructor(where: string, what: string) {
    super(`${where}: ${what} is not simulated`);
  }
}
