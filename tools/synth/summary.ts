import type { SynthesizedStack, TerraformConfiguration } from './synthesize';

const columns = ['stack', 'resources', 'data sources', 'IAM statements', 'lines'] as const;

/** A table of what each stack holds, one line a stack, without a newline at the end. */
export function summaryTable(stacks: readonly SynthesizedStack[]): string {
  const rows = stacks.map(({ id, hcl, configuration }) => [
    id,
    countBlocks(configuration.resource),
    countBlocks(configuration.data),
    countStatements(configuration),
    hcl.split('\n').length - 1,
  ]);
  const totals = columns.map((_, column) =>
    column === 0 ? 'total' : rows.reduce((sum, row) => sum + Number(row[column]), 0),
  );
  const table = [columns, ...rows, totals].map((row) => row.map(String));
  const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

const countBlocks = (blocks: TerraformConfiguration['resource']) =>
  Object.values(blocks ?? {}).reduce((sum, named) => sum + Object.keys(named).length, 0);

function countStatements({ data }: TerraformConfiguration): number {
  const documents = Object.values(data?.aws_iam_policy_document ?? {}) as readonly {
    readonly statement?: readonly unknown[];
  }[];
  return documents.reduce((sum, { statement }) => sum + (statement?.length ?? 0), 0);
}
