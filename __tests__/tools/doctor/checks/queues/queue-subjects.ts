import { affectedBy } from '../../../../../tools/doctor/affected';
import type { Check } from '../../../../../tools/doctor/check';
import type { Finding } from '../../../../../tools/doctor/finding';
import type { Plan } from '../../../../../tools/plan/plan';
import { dev } from '../../../../fixtures/environments/dev';
import { prod } from '../../../../fixtures/environments/prod';
import { type Answers, answering, recorded, withAnswer } from '../../recorded';
import { plansWith } from '../pipes/pipe-subjects';

/** The keys of prod as recorded, by stack. */
export const keyIds: Readonly<Record<string, string>> = {
  'prod-callback-receiver': 'f689b9fb-d80b-424b-bde5-63e1e4d1a6fb',
  'prod-websocket-reply': 'a8fa6ad6-8a5c-45f3-a332-39c23e5deaef',
};

export const keyArn = (id: string | undefined) => `arn:aws:kms:ap-northeast-2:444455556666:key/${id}`;

const apiIds: Readonly<Record<string, string>> = {
  'dev-websocket-reply': 'uuygmwjb',
  'prod-websocket-reply': 'wtsolmhy',
};

function known(stackId: string): ReadonlyMap<string, string> {
  const [key, api] = [keyIds[stackId], apiIds[stackId]];
  return new Map([
    ...(api ? [['aws_apigatewayv2_api.api.id', api] as const] : []),
    ...(key
      ? ([
          ['aws_kms_key.key.id', key],
          ['aws_kms_key.key.key_id', key],
          ['aws_kms_key.key.arn', keyArn(key)],
        ] as const)
      : []),
  ]);
}

/** Every stack's plan with the ids that AWS gave. */
export const plans: readonly Plan[] = [dev, prod]
  .flatMap((environment) => plansWith(environment, new Map()))
  .map((plan) => ({ ...plan, known: known(plan.stackId) }));

export function planOf(stackId: string): Plan {
  const plan = plans.find((candidate) => candidate.stackId === stackId);
  if (!plan) throw new Error(`no stack ${stackId}`);
  return plan;
}

/** What these checks were answered in an environment, one beside the other. */
export const answersOf = (environment: 'dev' | 'prod', ...checks: readonly string[]): Answers =>
  new Map(checks.flatMap((check) => [...recorded(`${check}-${environment}`)]));

/** What a check says of a stack when AWS answers so; `plan` for one that is not as it was synthesized. */
export const examined = (check: Check, stackId: string, answers: Answers, plan: Plan = planOf(stackId)) => {
  const environment = stackId.slice(0, stackId.indexOf('-'));
  const own = plans.filter((candidate) => candidate.stackId.startsWith(`${environment}-`));
  return check.examine({ plan, affected: affectedBy(own), aws: answering(answers) });
};

/** What a reader sees first of each finding. */
export const told = (findings: readonly Finding[]) =>
  findings.map(({ code, severity, subject, problem, seen }) => ({ code, severity, subject, problem, seen }));

/** Everything that was asked, `<action> <resource>`, beside the answer. */
export async function asked(check: Check, stackId: string, answers: Answers): Promise<readonly string[]> {
  const keys: string[] = [];
  const aws = answering(answers);
  await check.examine({
    plan: planOf(stackId),
    affected: affectedBy(plans),
    aws: {
      clients: aws.clients,
      ask: (permission, send) => {
        keys.push(`${permission.action} ${permission.resource}`);
        return aws.ask(permission, send);
      },
    },
  });
  return keys;
}

/** Whether IAM would let everything through that was asked, and every permission is for something that was. */
export function coverage(check: Check, stackId: string, keys: readonly string[]) {
  const permissions = check
    .permissions(planOf(stackId))
    .map(({ action, resource }) => `${action} ${resource}`);
  const allows = (permission: string, key: string) =>
    permission.endsWith('*') ? key.startsWith(permission.slice(0, -1)) : key === permission;
  return {
    refused: keys.filter((key) => !permissions.some((permission) => allows(permission, key))),
    unused: permissions.filter((permission) => !keys.some((key) => allows(permission, key))),
  };
}

interface Attributes {
  readonly Attributes: Readonly<Record<string, string>>;
}

/** The answers with a queue's attributes changed; `undefined` takes one away. */
export const withAttributes = (
  answers: Answers,
  queueArn: string,
  change: (attributes: Attributes['Attributes']) => Readonly<Record<string, string | undefined>>,
): Answers =>
  withAnswer<Attributes>(answers, `sqs:GetQueueAttributes ${queueArn}`, ({ Attributes }) => ({
    Attributes: Object.fromEntries(
      Object.entries({ ...Attributes, ...change(Attributes) }).filter(([, value]) => value !== undefined),
    ),
  }));

export interface WrittenStatement {
  Sid?: string;
  Effect: string;
  Principal?: unknown;
  Action?: unknown;
  Resource?: unknown;
  Condition?: unknown;
}

/** A policy's JSON with its statements changed. */
export function withStatements(
  json: string | undefined,
  change: (statements: readonly WrittenStatement[]) => readonly WrittenStatement[],
): string {
  const policy = JSON.parse(json ?? '{}') as { Statement: WrittenStatement[] };
  return JSON.stringify({ ...policy, Statement: change(policy.Statement) });
}

interface InlinePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

/** The answers with the statements of all of a role's inline policies changed. */
export const withGrants = (
  answers: Answers,
  roleArn: string,
  change: (statements: readonly WrittenStatement[]) => readonly WrittenStatement[],
): Answers =>
  withAnswer<InlinePolicy[]>(answers, `iam:GetRolePolicy ${roleArn}`, (policies) =>
    policies.map((policy) => ({
      ...policy,
      PolicyDocument: encodeURIComponent(withStatements(decodeURIComponent(policy.PolicyDocument), change)),
    })),
  );

/** Statements without an action; those that have none left drop out. */
export const without =
  (...actions: readonly string[]) =>
  (statements: readonly WrittenStatement[]): readonly WrittenStatement[] =>
    statements.flatMap((statement) => {
      const left = [statement.Action].flat().filter((action) => !actions.includes(String(action)));
      return left.length > 0 ? [{ ...statement, Action: left }] : [];
    });

/** The plan with a queue's block changed; `undefined` takes an attribute away. */
export function withQueue(plan: Plan, name: string, change: Readonly<Record<string, unknown>>): Plan {
  const { resource = {} } = plan.configuration;
  const block = Object.entries({ ...(resource.aws_sqs_queue?.[name] as object), ...change });
  const changed = Object.fromEntries(block.filter(([, value]) => value !== undefined));
  return {
    ...plan,
    configuration: {
      ...plan.configuration,
      resource: { ...resource, aws_sqs_queue: { ...resource.aws_sqs_queue, [name]: changed } },
    },
  };
}
