import { NotSimulated } from '../not-simulated';

const statementAttributes = ['sid', 'effect', 'actions', 'resources', 'principals', 'condition'];

/**
 * The JSON of a `data "aws_iam_policy_document"`, as the provider writes it.
 * @param document its attributes, references resolved
 * @throws NotSimulated for attributes other than plain statements
 */
export function policyJson(document: Readonly<Record<string, unknown>>, address: string): string {
  const unknown = Object.keys(document).find((key) => !['statement', 'version', '//'].includes(key));
  if (unknown) throw new NotSimulated(address, `its attribute "${unknown}"`);
  return JSON.stringify({
    Version: document.version ?? '2012-10-17',
    Statement: list(document.statement).map((block) => statement(block as StatementBlock, address)),
  });
}

interface StatementBlock {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: unknown;
  readonly condition?: unknown;
}

function statement(block: StatementBlock, address: string) {
  const unknown = Object.keys(block).find((key) => !statementAttributes.includes(key));
  if (unknown) {
    throw new NotSimulated(address, `"${unknown}" in the statement ${JSON.stringify(block.sid ?? '')}`);
  }
  return {
    ...(block.sid && { Sid: block.sid }),
    Effect: block.effect ?? 'Allow',
    ...(block.principals !== undefined && { Principal: principals(block.principals) }),
    Action: block.actions ?? [],
    ...(block.resources && { Resource: block.resources }),
    ...(block.condition !== undefined && { Condition: conditions(block.condition) }),
  };
}

function principals(blocks: unknown) {
  const principals = list(blocks) as readonly {
    readonly type: string;
    readonly identifiers: readonly string[];
  }[];
  if (principals.some(({ type }) => type === '*')) return '*';
  return Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers]));
}

function conditions(blocks: unknown) {
  const operators: Record<string, Record<string, readonly string[]>> = {};
  for (const { test, variable, values } of list(blocks) as readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[]) {
    operators[test] = { ...operators[test], [variable]: [...(operators[test]?.[variable] ?? []), ...values] };
  }
  return operators;
}

/** Terraform's JSON syntax writes one block as itself or as a list of one. */
const list = (blocks: unknown): readonly unknown[] =>
  blocks === undefined ? [] : Array.isArray(blocks) ? blocks : [blocks];
