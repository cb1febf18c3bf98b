/** What messages pass through in an environment, of one version. */
export interface System {
  /** By their keys, in the order of the stacks and of their configurations. */
  readonly parts: ReadonlyMap<string, Part>;
  readonly arrows: readonly Arrow[];
}

export interface Part {
  /** The same in both versions: where it is configured, or its ARN. */
  readonly key: string;
  /** The stack that has it; nothing for what someone else owns. */
  readonly stackId: string | undefined;
  readonly kind: PartKind;
  /** As people know it: `POST /v1/bizppurio/delivery-results`, `dev-delivery-results`. */
  readonly name: string;
  /** What stands beside the kind: `KMS key`. */
  readonly details: readonly string[];
  /** Terraform's address within the stack. */
  readonly address: string | undefined;
  /** Addresses of the resources that make it what it is, its own left out. */
  readonly behind: readonly string[];
  /** The addresses that may call a route; `anyone` where none are listed. */
  readonly callers?: readonly string[];
}

export type PartKind =
  | 'callers'
  | 'clients'
  | 'route'
  | 'web-socket-api'
  | 'queue'
  | 'fifo-queue'
  | 'dead-letter-queue'
  | 'pipe'
  | 'destination'
  | 'function'
  | 'bucket'
  | 'other';

export interface Arrow {
  /** Keys of parts. */
  readonly from: string;
  readonly to: string;
  readonly kind: ArrowKind;
  readonly label: string | undefined;
}

/** `both`: messages go both ways. */
export type ArrowKind = 'messages' | 'dead-letters' | 'reply' | 'both';
