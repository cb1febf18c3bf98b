import type { Random } from '../simulation/random';
import type { VirtualClock } from '../simulation/virtual-clock';
import type { Faults } from '../world/faults';
import type { Flow } from '../world/flows';
import type { System } from '../world/system';
import type { World } from '../world/world';
import type { SubscriberControl } from './subscribers';

type FlowOfKind<Kind extends Flow['kind']> = Extract<Flow, { readonly kind: Kind }>;

/** One thing that must hold of every flow of a kind. */
export interface Scenario<Kind extends Flow['kind'] = Flow['kind']> {
  /** Its kind and its file: `websocket/echo`. */
  readonly id: string;
  readonly kind: Kind;
  /** What must hold, as the report says it. */
  readonly title: string;
  /** The flow's plain work: what is left of it when a grant is taken away tells whether the grant is needed. */
  readonly essential?: true;
  /** Thousands of messages: of use only where the plain work of every flow holds. */
  readonly load?: true;
  /** What it is about, where not every flow of the kind has that. */
  readonly applies?: (flow: FlowOfKind<Kind>, system: System) => boolean;
  /** What goes wrong meanwhile. @default nothing */
  readonly faults?: (random: Random) => Faults;
  /** @returns what was sent and what came out, in a few words */
  readonly run: (stage: Stage<FlowOfKind<Kind>>) => Promise<string>;
}

/** Where a scenario plays. */
export interface Stage<F extends Flow = Flow> {
  readonly flow: F;
  readonly world: World;
  readonly clock: VirtualClock;
  readonly random: Random;
  /** How many messages make a load, of all flows of the kind together. */
  readonly messages: number;
  /** The other end of a pipe. */
  readonly subscriber: (pipeArn: string) => SubscriberControl;
  /** Lets time pass: that many milliseconds, or until there is nothing left to do. */
  readonly pass: (milliseconds?: number) => Promise<void>;
  /** Whether something held; `found` says what was there where it did not. */
  readonly check: (what: string, held: boolean, found?: string) => void;
}

/** Plain work is long done by then, in milliseconds: what is not done will not be. */
export const enough = 5 * 60_000;

/** Keeps the kind of a scenario's flow. */
export const scenario = <Kind extends Flow['kind']>(given: Scenario<Kind>): Scenario<Kind> => given;
