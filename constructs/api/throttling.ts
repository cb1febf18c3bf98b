/** How many requests a stage lets through; more are answered with 429. */
export interface Throttling {
  /** Requests a second, on average. */
  readonly rateLimit: number;
  /** Requests at once above that. */
  readonly burstLimit: number;
}
