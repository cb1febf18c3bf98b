import {
  type PermissionsReview,
  permissionsReview,
} from '../../../../tools/review/permissions/permissions-review';
import { permissionsSection } from '../../../../tools/review/permissions/permissions-section';
import { reviewedStack } from '../../../../tools/review/reviewed-stack';

export const account = '111122223333';

/** Resources by type and name, as they stand in Terraform's JSON. */
export type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

export interface Blocks {
  readonly resource?: Resources;
  readonly data?: Resources;
  readonly [block: string]: unknown;
}

const provider = { aws: [{ region: 'eu-central-1', allowed_account_ids: [account] }] };

/** The review of one stack; `undefined` where a version does not have it. */
export function reviewOf(base: Blocks | undefined, head: Blocks | undefined): PermissionsReview {
  const version = (name: string, blocks: Blocks | undefined) => ({
    name,
    stacks: blocks ? [reviewedStack('dev-test', { provider, ...blocks }, '', undefined)] : [],
  });
  return permissionsReview({ base: version('main', base), head: version('head', head) });
}

export const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const queueArn = (name: string): string => `arn:aws:sqs:eu-central-1:${account}:${name}`;

/** A role with these statements. */
export const role = (name: string, ...statements: readonly object[]): Resources => ({
  aws_iam_role: { [name]: { name, assume_role_policy: policy(trust('lambda.amazonaws.com')) } },
  aws_iam_role_policy: {
    [name]: { name, role: `\${aws_iam_role.${name}.name}`, policy: policy(...statements) },
  },
});

export const trust = (Service: string, more: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service },
  Action: 'sts:AssumeRole',
  ...more,
});

export const allow = (Action: string | readonly string[], Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

/** A queue with these statements. */
export const queue = (name: string, ...statements: readonly object[]): Resources => ({
  aws_sqs_queue: { [name]: { name } },
  ...(statements.length > 0 && {
    aws_sqs_queue_policy: {
      [name]: { queue_url: `\${aws_sqs_queue.${name}.url}`, policy: policy(...statements) },
    },
  }),
});

export const together = (...all: readonly Resources[]): Blocks => {
  const resource: Record<string, Record<string, object>> = {};
  for (const resources of all) {
    for (const [type, named] of Object.entries(resources)) resource[type] = { ...resource[type], ...named };
  }
  return { resource };
};

/** What the section shows, as Markdown; each row and item on a line. */
export const shown = (review: PermissionsReview): readonly string[] =>
  (permissionsSection(review)?.blocks ?? []).flatMap((block) => {
    if (block.kind === 'paragraph') return [block.text.markdown];
    if (block.kind === 'list') return block.items.map(({ markdown }) => markdown);
    return block.kind === 'table'
      ? block.rows.map((row) => row.map(({ markdown }) => markdown).join(' | '))
      : [];
  });

export const concerns = ({ concerns: all }: PermissionsReview): readonly string[] =>
  all.map(({ text }) => text);
