import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type Plan, readPlan } from '../plan/plan';
import type { Progress } from '../progress-line';
import type { SynthesizedStack } from '../synth/synthesize';
import { affectedBy } from './affected';
import { Unanswered } from './aws/answer-of';
import type { Aws } from './aws/aws';
import { checks } from './checks';
import { deployedIds } from './deployed-ids';
import type { Finding } from './finding';

/** What the doctor has to say of an environment. */
export interface Diagnosis {
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  readonly stacks: readonly StackDiagnosis[];
  /** What could not be looked at: whoever asked may not, or AWS did not say. */
  readonly unanswered: readonly Unanswered[];
}

export interface StackDiagnosis {
  readonly id: string;
  /** What was looked at, by the name of its check. */
  readonly examined: readonly { readonly check: string; readonly resources: number }[];
  readonly findings: readonly Finding[];
}

/** The credentials are of an account that the environment is not in. */
export class WrongAccount extends Error {
  constructor(environment: string, wanted: string, actual: string, arn: string) {
    super(
      `${environment} is in account ${wanted}, and these credentials are of ${actual} (${arn}): choose others, such as with --profile or AWS_PROFILE`,
    );
    this.name = 'WrongAccount';
  }
}

/** The plans of an environment's stacks, with the ids that AWS has given. @throws WrongAccount, NotReachable */
export async function deployedPlans(
  stacks: readonly SynthesizedStack[],
  aws: Aws,
  note: (unanswered: Unanswered) => void,
): Promise<readonly Plan[]> {
  const plans = stacks.map(({ id, configuration }) => readPlan(id, configuration));
  const [first] = stacks;
  if (first) await checkAccount(first, aws);
  return Promise.all(
    plans.map(async (plan) => {
      const known = await deployedIds(plan, aws).catch((error: unknown) => {
        if (!(error instanceof Unanswered)) throw error;
        note(error);
        return new Map<string, string>();
      });
      return { ...plan, known };
    }),
  );
}

/** Everyone may ask who they are. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
async function checkAccount({ environment }: SynthesizedStack, aws: Aws): Promise<void> {
  const identity = await aws.ask({ action: 'sts:GetCallerIdentity', resource: '*' }, () =>
    aws.clients.sts.send(new GetCallerIdentityCommand({})),
  );
  const { Account: account = 'none', Arn: arn = 'nobody' } = identity ?? {};
  if (account !== environment.accountId) {
    throw new WrongAccount(environment.name, environment.accountId, account, arn);
  }
}

export interface DiagnoseOptions {
  /** Only this stack is compared. @default all of the environment */
  readonly only?: string | undefined;
  readonly progress?: Progress;
}

/**
 * Compares what is deployed with what was synthesized. It only reads.
 * @param stacks all of one environment: who is hit by a defect may be in another stack
 * @throws WrongAccount where the credentials are of another account, NotReachable where AWS does not answer
 */
export async function diagnose(
  stacks: readonly SynthesizedStack[],
  aws: Aws,
  { only, progress = () => {} }: DiagnoseOptions = {},
): Promise<Diagnosis> {
  const [first] = stacks;
  if (!first) throw new Error('an environment has at least one stack');
  const unanswered = new Map<string, Unanswered>();
  const note = (error: Unanswered) =>
    void unanswered.set(`${error.permission.action} ${error.permission.resource}`, error);
  const allPlans = await deployedPlans(stacks, aws, note);
  const affected = affectedBy(allPlans);
  const plans = allPlans.filter(({ stackId }) => only === undefined || stackId === only);
  // A check ends with its first question that is not answered; whatever it asked beside that is told too.
  const asking: Aws = {
    clients: aws.clients,
    ask: (permission, send) =>
      aws.ask(permission, send).catch((error: unknown) => {
        if (error instanceof Unanswered) note(error);
        throw error;
      }),
  };
  let done = 0;
  const diagnosed = plans.map(async (plan): Promise<StackDiagnosis> => {
    const results = await Promise.all(
      checks.map(async (check) => {
        const examined = await check
          .examine({ plan, affected, aws: asking })
          .catch((error: unknown) => ifUnanswered(error));
        progress(`${plan.stackId}: ${check.name}`, ++done, plans.length * checks.length);
        return { check: check.name, ...examined };
      }),
    );
    return {
      id: plan.stackId,
      examined: results
        .filter(({ resources }) => resources > 0)
        .map(({ check, resources }) => ({ check, resources })),
      findings: results.flatMap(({ findings }) => findings),
    };
  });
  const { environment } = first;
  return {
    environment: environment.name,
    accountId: environment.accountId,
    region: environment.region,
    stacks: await Promise.all(diagnosed),
    unanswered: [...unanswered.values()],
  };
}

function ifUnanswered(error: unknown) {
  if (error instanceof Unanswered) return { resources: 0, findings: [] };
  throw error;
}
