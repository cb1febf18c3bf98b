import type { ArrowKind, PartKind } from './system';

/** The flow of an environment in both versions at once. */
export interface Picture {
  readonly environment: string;
  /** In the new version's order, those that are gone last. */
  readonly stacks: readonly PicturedStack[];
  readonly parts: readonly PicturedPart[];
  readonly arrows: readonly PicturedArrow[];
}

/** What happens to a part; nothing where nothing does. */
export type Mark = 'added' | 'changed' | 'replaced' | 'gone';

export interface PicturedStack {
  readonly id: string;
  readonly mark: Mark | undefined;
  /** In what, of that which is no part of the flow: `stage`, `gateway responses`. */
  readonly what: readonly string[];
}

export interface PicturedPart {
  readonly key: string;
  /** The stack that has it; nothing for what someone else owns. */
  readonly stackId: string | undefined;
  readonly kind: PartKind;
  readonly name: string;
  readonly details: readonly string[];
  readonly mark: Mark | undefined;
  /** In what it is changed: `settings`, `policy`. */
  readonly what: readonly string[];
}

export interface PicturedArrow {
  /** Keys of parts. */
  readonly from: string;
  readonly to: string;
  readonly kind: ArrowKind;
  readonly label: string | undefined;
  readonly mark: Mark | undefined;
}
