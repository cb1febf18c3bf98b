import type { ReviewedStack } from '../../../../tools/review/change';
import { rules } from '../../../../tools/review/rules/pack';
import { systemOf } from '../../../../tools/review/rules/reading/system';
import { type Held, held } from '../../../../tools/review/rules/violations';
import { environments } from '../../../fixtures/environments';
import { versionOf } from '../change-of';

type Block = Record<string, unknown>;
type Blocks = Record<string, Record<string, Block>>;

/** The stacks of the fixtures' dev and prod, really synthesized. */
export const intactStacks: readonly ReviewedStack[] = versionOf('intact', environments).stacks;

export const today = '2026-11-21';

/** @param only a rule's id, for that rule alone */
export const heldStacks = (stacks: readonly ReviewedStack[], only?: string): Held =>
  held(
    systemOf(stacks, today),
    rules.filter(({ id }) => only === undefined || id === only),
  );

/** A stack's configuration, to be broken. */
export class BrokenStack {
  readonly configuration: Block & { resource: Blocks; data: Blocks };

  constructor({ configuration }: ReviewedStack) {
    this.configuration = structuredClone(configuration) as typeof this.configuration;
  }

  /** Changes attributes of a resource, `<type>.<name>`; `undefined` takes one away. */
  set(address: string, attributes: Block): this {
    Object.assign(this.#block(address), attributes);
    return this;
  }

  /** Changes attributes of a block in a resource. */
  setIn(address: string, block: string, attributes: Block): this {
    Object.assign(this.#block(address)[block] as Block, attributes);
    return this;
  }

  add(address: string, attributes: Block): this {
    const [type = '', name = ''] = address.split('.');
    this.configuration.resource[type] = { ...this.configuration.resource[type], [name]: attributes };
    return this;
  }

  remove(...addresses: readonly string[]): this {
    for (const address of addresses) {
      const [type = '', name = ''] = address.split('.');
      delete this.configuration.resource[type]?.[name];
    }
    return this;
  }

  /** Changes a statement of a policy document, by its id. */
  statement(document: string, sid: string, attributes: Block): this {
    Object.assign(this.statements(document).find((found) => found.sid === sid) ?? {}, attributes);
    return this;
  }

  addStatement(document: string, statement: Block): this {
    this.statements(document).push(statement);
    return this;
  }

  removeStatement(document: string, sid: string): this {
    const statements = this.statements(document);
    statements.splice(
      statements.findIndex((found) => found.sid === sid),
      1,
    );
    return this;
  }

  statements(document: string): Block[] {
    return this.configuration.data.aws_iam_policy_document?.[document]?.statement as Block[];
  }

  #block(address: string): Block {
    const [type = '', name = ''] = address.split('.');
    const block = this.configuration.resource[type]?.[name];
    if (!block) throw new Error(`no ${address}`);
    return block;
  }
}

/** Every stack, one of them broken. */
export const withBroken = (id: string, breaks: (stack: BrokenStack) => unknown): readonly ReviewedStack[] =>
  intactStacks.map((stack) => {
    if (stack.id !== id) return stack;
    const broken = new BrokenStack(stack);
    breaks(broken);
    return { ...stack, configuration: JSON.parse(JSON.stringify(broken.configuration)) };
  });
