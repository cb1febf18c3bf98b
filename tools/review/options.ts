import { parseArgs } from 'node:util';

export const usage = `Usage: npm run --silent review -- --base <git ref> [options]

Writes Markdown for a pull request: what the change since <git ref> does to resources, permissions, callers and
subscribers, what the rehearsal and the security rules say of it, a picture, and the difference of the HCL. What is
compared is the commit where HEAD left <git ref>, and the working tree as it is. Needs no AWS credentials.

Exit code 0 when the change is fine, 3 when it needs a person's attention (something is destroyed or replaced, may do
more than before, or a caller will notice), 1 when it is broken (it does not synthesize, the rehearsal fails, a security
rule is violated, a waiver has expired), 2 when it could not be reviewed.

  --base <git ref>          what the change is compared with, such as origin/main
  --env <name>              only this environment; several times for several [all]
  --plan [<stack>=]<file>   what Terraform plans for a stack: the output of terraform show -json <plan file>; without
                            <stack>= the file is named <stack>.json; several times for several
  --out <file>.md           writes the review there instead of to standard output; where it had to be shortened, the
                            whole goes beside it, as <file>.whole.md
  --messages <n>            messages of the rehearsal's loads [10000]
  --json                    prints all of it as JSON, not shortened
  --help                    prints this`;

export interface ReviewOptions {
  readonly base: string;
  /** Empty for all. */
  readonly environments: readonly string[];
  readonly plans: readonly PlanOption[];
  readonly out: string | undefined;
  readonly messages: string | undefined;
  readonly json: boolean;
}

export interface PlanOption {
  readonly stackId: string;
  readonly file: string;
}

/** Something was asked for that cannot be done; the message says what would do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Nothing where help was asked for. @throws UsageError */
export function reviewOptions(args: readonly string[]): ReviewOptions | undefined {
  const values = parsed(args);
  if (values.help) return undefined;
  const { base, env: environments, out, messages, json } = values;
  if (base === undefined || base === '') {
    throw new UsageError('compared with what? npm run --silent review -- --base <git ref>');
  }
  if (messages !== undefined && !/^[1-9]\d{0,6}$/.test(messages)) {
    throw new UsageError(`--messages ${messages}: it is a whole number from 1 to 9999999`);
  }
  return { base, environments, plans: values.plan.map(planOption), out, messages, json };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        base: { type: 'string' },
        env: { type: 'string', multiple: true, default: [] },
        plan: { type: 'string', multiple: true, default: [] },
        out: { type: 'string' },
        messages: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function planOption(given: string): PlanOption {
  const [, stackId, file] = /^([a-z][a-z0-9-]*)=(.+)$/s.exec(given) ?? [];
  if (stackId !== undefined && file !== undefined) return { stackId, file };
  const named = /(?:^|[/\\])([a-z][a-z0-9-]*)\.json$/.exec(given)?.[1];
  if (named !== undefined) return { stackId: named, file: given };
  throw new UsageError(`--plan ${given}: of which stack? Write --plan <stack>=${given}`);
}
