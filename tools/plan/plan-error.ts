/** Thrown for what is wrong in a plan itself: something it names is not there, or not what it should be. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}
