/** An HTTP request that something simulated makes. */
export interface NetworkRequest {
  readonly protocol: 'http' | 'https';
  readonly method: string;
  /** With its port where it is not the protocol's own. */
  readonly host: string;
  /** With its query string. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export interface NetworkResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Why no response came: Node's error codes. */
export type NetworkFault = 'ECONNREFUSED' | 'ECONNRESET' | 'ENOTFOUND' | 'ETIMEDOUT';

/**
 * Carries a request to whoever answers under its host. `answer` is called once, later, on the clock; never, when no
 * answer ever comes.
 * @returns gives the request up: the caller no longer waits for the answer
 */
export type Network = (
  request: NetworkRequest,
  answer: (response: NetworkResponse | NetworkFault) => void,
) => () => void;
