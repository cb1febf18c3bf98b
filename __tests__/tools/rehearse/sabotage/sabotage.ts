import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { proveGrants } from '../../../../tools/rehearse/proof/prove-grants';
import {
  allHeld,
  type Rehearsal,
  type RehearsalInput,
  type RehearsalOptions,
  rehearse,
} from '../../../../tools/rehearse/rehearsal';
import { rehearsalInputs } from '../../../../tools/rehearse/rehearse-all';
import type { Flow } from '../../../../tools/rehearse/world/flows';
import { systemOf } from '../../../../tools/rehearse/world/system';
import { synthesizeAll } from '../../../../tools/synth/synthesize';

/** An environment as it goes into the rehearsal: synthesized once a test file, and gone after its tests. */
export function synthesized(environment: Environment): RehearsalInput {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sabotage-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const [input] = rehearsalInputs(synthesizeAll(folder, [environment]), folder);
  if (!input) throw new Error(`${environment.name} has no stack`);
  return input;
}

/** The same environment with one stack changed by hand. */
export function sabotaged(
  input: RehearsalInput,
  stackId: string,
  change: (stack: StackDraft) => void,
): RehearsalInput {
  const stacks = structuredClone(input.stacks);
  const stack = stacks.find(({ id }) => id === stackId);
  if (!stack) throw new Error(`${input.environment} has no stack ${stackId}`);
  change(new StackDraft(stack.configuration));
  return { ...input, stacks };
}

type Block = Record<string, unknown>;

/** A copy of a stack's Terraform JSON that a test may change; what is to be changed must be there. */
export class StackDraft {
  constructor(private readonly configuration: Readonly<Record<string, unknown>>) {}

  /** A resource, as in `aws_sqs_queue.messages`, or a block within it. */
  block(resource: string, ...within: readonly string[]): Block {
    return [...`resource.${resource}`.split('.'), ...within].reduce(blockIn, this.configuration as Block);
  }

  set(block: Block, attribute: string, value: unknown): void {
    if (isDeepStrictEqual(this.#existing(block, attribute), value)) {
      throw new Error(`"${attribute}" is ${JSON.stringify(value)} already`);
    }
    block[attribute] = value;
  }

  /** An attribute that is not there yet. */
  add(block: Block, attribute: string, value: unknown): void {
    if (attribute in block) throw new Error(`"${attribute}" is there already`);
    block[attribute] = value;
  }

  drop(block: Block, attribute: string): void {
    this.#existing(block, attribute);
    delete block[attribute];
  }

  /** Of a type that the stack has none of yet. */
  addResource(resource: string, block: Block): void {
    const [type = '', name = ''] = resource.split('.');
    this.add(blockIn(this.configuration as Block, 'resource'), type, { [name]: block });
  }

  dropResource(resource: string): void {
    const [type = '', name = ''] = resource.split('.');
    this.drop(this.block(type), name);
  }

  /** Changes a part of a text, wherever it stands in it. */
  replace(block: Block, attribute: string, part: string, replacement: string): void {
    const before = String(this.#existing(block, attribute));
    if (!before.includes(part)) throw new Error(`"${attribute}" has no ${part}: ${before}`);
    this.set(block, attribute, before.replaceAll(part, replacement));
  }

  /** Changes an attribute that is written as JSON. */
  json(block: Block, attribute: string, change: (value: Block) => void): void {
    const value = JSON.parse(String(this.#existing(block, attribute))) as Block;
    change(value);
    this.set(block, attribute, JSON.stringify(value));
  }

  /** Of a `data "aws_iam_policy_document"`. */
  statement(document: string, sid: string): Block {
    const statement = this.#statements(document).find((candidate) => candidate.sid === sid);
    if (!statement) throw new Error(`${document} has no statement ${sid}`);
    return statement;
  }

  dropStatement(document: string, sid: string): void {
    const statements = this.#statements(document);
    statements.splice(statements.indexOf(this.statement(document, sid)), 1);
  }

  addStatement(document: string, statement: Block): void {
    this.#statements(document).push(statement);
  }

  #statements(document: string): Block[] {
    const data = ['data', 'aws_iam_policy_document', document];
    return data.reduce(blockIn, this.configuration as Block).statement as Block[];
  }

  #existing(block: Block, attribute: string): unknown {
    if (!(attribute in block)) throw new Error(`there is no "${attribute}" among ${Object.keys(block)}`);
    return block[attribute];
  }
}

function blockIn(block: Block, name: string): Block {
  const inner = block[name];
  if (inner === null || typeof inner !== 'object') {
    throw new Error(`there is no block "${name}" among ${Object.keys(block)}`);
  }
  return inner as Block;
}

/** What a rehearsal says of a defect. */
export interface Finding {
  /** Found in it: words of AWS or of the plan. */
  readonly what: string;
  /** Found in the place that is given with it. */
  readonly at?: string;
}

/** The scenario's id is without its kind. Each of the findings must be there. */
export type Defect = readonly [
  title: string,
  scenario: string,
  change: (stack: StackDraft) => void,
  ...findings: readonly [Finding, ...Finding[]],
];

/** A test for each defect of a stack: the scenario finds it, and names it. */
export function testDefects(
  input: RehearsalInput,
  { stackId, kind }: { readonly stackId: string; readonly kind: Flow['kind'] },
  defects: readonly Defect[],
): void {
  for (const [title, scenario, change, ...findings] of defects) {
    test(title, () => expectFound(sabotaged(input, stackId, change), `${kind}/${scenario}`, ...findings));
  }
}

const options = { seed: 'sabotage', messages: 200 } satisfies RehearsalOptions;

/** @param scenario ids of scenarios begin so */
export async function expectHeld(input: RehearsalInput, scenario: string): Promise<void> {
  const rehearsal = await rehearse(input, { ...options, scenario });
  expect(findingsOf(rehearsal)).toEqual([]);
  expect(rehearsal.scenarios.length).toBeGreaterThan(0);
  expect(allHeld(rehearsal)).toBe(true);
}

/** The rehearsal finds a defect and names it, in each of these ways. */
export async function expectFound(
  input: RehearsalInput,
  scenario: string,
  ...expected: readonly Finding[]
): Promise<void> {
  expectNamed(await rehearse(input, { ...options, scenario }), expected);
}

/** Taking every grant of a stack away once shows these ones to be superfluous, and no others. */
export async function expectNotNeeded(
  input: RehearsalInput,
  stack: string,
  ...expected: readonly Finding[]
): Promise<void> {
  const grants = await proveGrants(systemOf(input.stacks, input.wanted), { ...options, stack }, () => {});
  const rehearsal: Rehearsal = { ...nothing, environment: input.environment, grants };
  expect(grants.length).toBeGreaterThan(0);
  expect(findingsOf(rehearsal)).toHaveLength(expected.length);
  if (expected.length > 0) expectNamed(rehearsal, expected);
}

function expectNamed(rehearsal: Rehearsal, expected: readonly Finding[]): void {
  const findings = findingsOf(rehearsal);
  for (const { what, at } of expected) {
    expect(findings).toContainEqual({
      what: expect.stringContaining(what),
      at: at === undefined ? expect.anything() : expect.stringContaining(at),
    });
  }
  expect(allHeld(rehearsal)).toBe(false);
}

const nothing: Omit<Rehearsal, 'environment' | 'grants'> = {
  problems: [],
  scenarios: [],
  notPlayed: [],
  mistakes: [],
  assumptions: [],
  wallMilliseconds: 0,
};

const findingsOf = ({ problems, scenarios, grants }: Rehearsal): readonly Finding[] => [
  ...problems.map((what) => ({ what, at: 'a problem' })),
  ...scenarios.flatMap(({ scenario, failures }) =>
    failures.map(({ what, place }) => ({ what, at: place ?? scenario })),
  ),
  ...grants
    .filter(({ verdict }) => verdict === 'not-needed')
    .map(({ actor, action, resource, places }) => ({
      what: `${actor}: ${action} on ${resource}`,
      at: places.join(', '),
    })),
];
