import { Testing } from 'cdktf';
import { placement, setPlacement } from '../../constructs/iam/placement';
import { ReadableStack } from '../../synthesis/readable-stack';

/** A stack in AWS's example account, as constructs find it. */
export function exampleStack(region = 'ap-northeast-2', accountId = '111122223333'): ReadableStack {
  const stack = new ReadableStack(Testing.app(), 'example');
  setPlacement(stack, placement(region, accountId));
  return stack;
}

/** Terraform's JSON, `resource` and `data` as type → name → attributes. */
export interface Configuration {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly data: Record<string, Record<string, Record<string, unknown>>>;
  readonly output: Record<string, Record<string, unknown>>;
  readonly variable: Record<string, Record<string, unknown>>;
  readonly [block: string]: unknown;
}

/** What a stack synthesizes to, without CDKTF's comments. */
export function synthesized(stack: ReadableStack): Configuration {
  const configuration = JSON.parse(Testing.synth(stack), (key, value) => (key === '//' ? undefined : value));
  return { resource: {}, data: {}, output: {}, variable: {}, ...configuration };
}

/** The attributes of one resource; fails when there is none of that name. */
export function resource(configuration: Configuration, type: string, name: string): Record<string, unknown> {
  const found = configuration.resource[type]?.[name];
  if (!found) {
    throw new Error(
      `no ${type}.${name}; there are ${Object.keys(configuration.resource[type] ?? {}).join(', ') || 'none'}`,
    );
  }
  return found;
}

/** The statements of one policy document; fails when there is none of that name. */
export function statements(configuration: Configuration, name: string): unknown {
  const found = configuration.data.aws_iam_policy_document?.[name];
  if (!found) {
    throw new Error(
      `no policy document ${name}; there are ${Object.keys(configuration.data.aws_iam_policy_document ?? {}).join(', ') || 'none'}`,
    );
  }
  return found.statement;
}
