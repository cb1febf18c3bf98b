import { parsePolicy } from '../../../iam/policy';
import { statementsOf } from '../../../iam/policy-difference';
import type { Statement } from '../../../iam/statement';
import { statementText } from '../../../iam/statement-text';
import { NotSimulated } from '../../../not-simulated';
import type { Plan } from '../../../plan/plan';
import { PlanError } from '../../../plan/plan-error';
import { type Block, evaluated, listOf } from './evaluated';
import { unresolved } from './unresolved';

/** A statement, or the text of one whose meaning is not known here. */
export type ReadStatement = { readonly kind: 'read'; readonly statement: Statement } | UnreadStatement;

export interface UnreadStatement {
  readonly kind: 'unread';
  readonly text: string;
  /** The same in two versions only where it means the same. */
  readonly meaning: string;
}

/**
 * The statements of a policy, each by itself: one that cannot be read does not hide the others.
 * @param written as it stands in the configuration
 */
export function policyStatements(plan: Plan, written: unknown): readonly ReadStatement[] {
  if (written === undefined || written === null) return [];
  const json = evaluated(plan, written);
  if (typeof json === 'string') return statementsOfJson(plan, json);
  const name = /^\$\{data\.aws_iam_policy_document\.([\w-]+)\.json\}$/.exec(String(written))?.[1];
  const document = plan.configuration.data?.aws_iam_policy_document?.[name ?? ''] as Block | undefined;
  if (!document) return [unread(plan, written)];
  const { statement: blocks, version: _, ...others } = document;
  return [
    ...listOf(blocks).flatMap((block) => {
      const one = documentJson(plan, block);
      return one === undefined ? [unread(plan, block)] : statementsOfJson(plan, one);
    }),
    ...Object.entries(others)
      .filter(([attribute]) => attribute !== '//')
      .map(([attribute, value]) => unread(plan, { [attribute]: value })),
  ];
}

/** A policy of this one statement. */
function documentJson(plan: Plan, statement: unknown): string | undefined {
  const { configuration } = plan;
  const documents = { ...configuration.data?.aws_iam_policy_document, review: { statement: [statement] } };
  const data = { ...configuration.data, aws_iam_policy_document: documents };
  const json = evaluated(
    { ...plan, configuration: { ...configuration, data } },
    '${data.aws_iam_policy_document.review.json}',
  );
  return typeof json === 'string' ? json : undefined;
}

function statementsOfJson(plan: Plan, json: string): readonly ReadStatement[] {
  try {
    const { Version, Statement: statements = [] } = JSON.parse(json) as Block;
    return [statements].flat().map((written) => readStatement(plan, Version, written));
  } catch {
    return [unread(plan, json)];
  }
}

function readStatement(plan: Plan, Version: unknown, written: unknown): ReadStatement {
  const json = JSON.stringify({ Version, Statement: [written] });
  try {
    const [statement] = parsePolicy({ address: 'policy', json }).statements;
    return statement ? { kind: 'read', statement } : unread(plan, written);
  } catch (error) {
    if (!(error instanceof NotSimulated || error instanceof PlanError)) throw error;
    return unreadStatement(plan, json, written);
  }
}

/** In one form, where it has the elements of a statement at all. */
function unreadStatement(plan: Plan, json: string, written: unknown): ReadStatement {
  try {
    const [form] = statementsOf(json);
    if (form?.Effect === undefined) return unread(plan, written);
    return { kind: 'unread', text: statementText(form), meaning: JSON.stringify(form) };
  } catch {
    return unread(plan, written);
  }
}

export const unread = (plan: Plan, written: unknown): UnreadStatement => ({
  kind: 'unread',
  text: typeof written === 'string' ? written : JSON.stringify(written),
  meaning: unresolved(plan, written),
});

/** A statement as it is written in JSON. */
export const readFrom = (plan: Plan, written: Block): ReadStatement =>
  readStatement(plan, '2012-10-17', written);
