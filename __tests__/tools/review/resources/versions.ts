import type { CallbackSettings, Environment } from '../../../../environments/environment';
import type { Change, ReviewedStack } from '../../../../tools/review/change';
import type { Fields } from '../../../../tools/review/resources/record';
import { dev as shippedDev } from '../../../fixtures/environments/dev';
import { prod as shippedProd } from '../../../fixtures/environments/prod';
import { versionOf } from '../change-of';

export const dev = shippedDev;
export const prod = shippedProd;

/** The callbacks of prod: delivery-results, payment-events, inbound-sms. */
export const callbacks: readonly CallbackSettings[] = prod.callbackReceiver?.callbacks ?? [];

export const withCallbacks = (of: readonly CallbackSettings[]): Environment => ({
  ...prod,
  callbackReceiver: { ...prod.callbackReceiver, callbacks: of },
});

const synthesized = new Map<Environment | undefined, readonly ReviewedStack[]>();

/** What a change of one environment is; each is synthesized once, and each version has its own objects. */
export function changeOf(base: Environment | undefined, head: Environment | undefined): Change {
  const stacksOf = (environment: Environment | undefined) => {
    const stacks = synthesized.get(environment) ?? versionOf('', environment ? [environment] : []).stacks;
    synthesized.set(environment, stacks);
    return structuredClone(stacks);
  };
  return {
    base: { name: 'main (1111111)', stacks: stacksOf(base) },
    head: { name: 'the working tree', stacks: stacksOf(head) },
    plans: new Map(),
  };
}

/** Prod without inbound-sms. */
export const aCallbackLess = withCallbacks(callbacks.slice(0, 2));

type Json = Record<string, unknown>;

/** A configuration that can be written into. */
export interface Editable {
  readonly terraform: Json & { backend?: unknown; required_providers: Record<string, Json> };
  readonly provider: Record<string, Json[]>;
  readonly resource: Record<string, Record<string, Json>>;
  readonly data: Record<string, Record<string, Json>>;
  output?: Record<string, Json>;
  variable?: Record<string, Json>;
  moved?: unknown;
}

/** What it is when the Terraform JSON of one stack is edited by hand. */
export function edited(
  environment: Environment,
  stackId: string,
  edit: (configuration: Editable) => void,
  more: Partial<ReviewedStack> = {},
): Change {
  const change = changeOf(environment, environment);
  const stacks = change.head.stacks.map((stack) => {
    if (stack.id !== stackId) return stack;
    const configuration = structuredClone(stack.configuration) as unknown as Editable;
    edit(configuration);
    return { ...stack, configuration: configuration as unknown as ReviewedStack['configuration'], ...more };
  });
  return { ...change, head: { ...change.head, stacks } };
}

/** A change of a single stack, of which the resources are given by their types and names. */
export function ofResources(base: Fields, head: Fields): Change {
  const stack = (resource: Fields): ReviewedStack => ({
    id: 'dev-sample',
    environment: 'dev',
    configuration: {
      provider: { aws: [{ region: 'ap-northeast-2', allowed_account_ids: ['111122223333'] }] },
      resource: resource as Record<string, Fields>,
    },
    hcl: '',
    lock: undefined,
  });
  return {
    base: { name: 'main (1111111)', stacks: [stack(base)] },
    head: { name: 'the working tree', stacks: [stack(head)] },
    plans: new Map(),
  };
}
