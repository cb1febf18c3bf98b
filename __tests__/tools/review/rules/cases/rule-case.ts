import type { BrokenStack } from '../broken-stacks';

/** A stack that breaks a rule in one place. */
export interface RuleCase {
  readonly rule: string;
  readonly stack: string;
  readonly breaks: (stack: BrokenStack) => unknown;
  /** Of the violations that this makes, all of them: `<type>.<name>`, and the problem. */
  readonly problems: readonly (readonly [resource: string, problem: string])[];
}

export const callbacks = 'dev-callback-receiver';
export const websocket = 'dev-websocket-reply';
export const pipes = 'prod-subscriber-pipe';
export const prodCallbacks = 'prod-callback-receiver';
export const prodWebsocket = 'prod-websocket-reply';

export const everyone = [{ type: '*', identifiers: ['*'] }];
