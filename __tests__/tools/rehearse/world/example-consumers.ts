import type { LambdaFunction } from '../../../../tools/rehearse/lambda/functions';
import type { Invoke } from '../../../../tools/rehearse/lambda/invocation';
import { exampleFunction, handler } from '../lambda/example-function';
import {
  allow,
  at,
  consuming,
  policyText,
  queue,
  queueArn,
  type Resources,
  role,
  roleArn,
  together,
  type WrittenStatement,
} from './example-stacks';
import { systemWith, worldOf } from './example-world';

export const functionArn = `arn:aws:lambda:${at.region}:${at.accountId}:function:worker`;
export const pipeArn = `arn:aws:pipes:${at.region}:${at.accountId}:pipe/relay`;

/** Writes down what it gets. */
const writes = handler('for (const { body } of event.Records ?? event) console.log(body);');

export const worker = ({
  code = writes,
  ...settings
}: Partial<LambdaFunction> & { readonly code?: string } = {}) =>
  exampleFunction(code, {
    arn: functionArn,
    functionName: 'worker',
    roleArn: roleArn('worker'),
    ...settings,
  });

export const mapping = together(
  queue('orders'),
  role('worker', 'lambda.amazonaws.com', [consuming('orders')]),
  {
    aws_lambda_event_source_mapping: {
      m: { event_source_arn: queueArn('orders'), function_name: 'worker' },
    },
  },
);

export const toFunction = allow('lambda:InvokeFunction', functionArn);

export const pipe = together(
  queue('orders'),
  role('relay', 'pipes.amazonaws.com', [consuming('orders'), toFunction], {
    StringEquals: { 'aws:SourceAccount': at.accountId },
    ArnEquals: { 'aws:SourceArn': pipeArn },
  }),
  {
    aws_pipes_pipe: {
      relay: {
        name: 'relay',
        role_arn: '${aws_iam_role.relay.arn}',
        source: queueArn('orders'),
        target: functionArn,
        target_parameters: { lambda_function_parameters: { invocation_type: 'REQUEST_RESPONSE' } },
      },
    },
  },
);

export const grants = (name: string, ...statements: readonly WrittenStatement[]) => ({
  aws_iam_role_policy: { [name]: { policy: policyText(...statements) } },
});

/** A world with these functions, and what they write. */
export function consumersOf(
  resources: Resources,
  functions: readonly LambdaFunction[],
  options: Parameters<typeof worldOf>[1] = {},
) {
  const lines: string[] = [];
  const { world, pass } = worldOf(
    { ...systemWith(resources), functions },
    { functionLog: (name, line) => lines.push(`${name} ${line}`), ...options },
  );
  const queued = () => world.queue(queueArn('orders')).messages();
  /** What the function said of itself, without what Lambda writes. */
  const said = () =>
    lines.flatMap((line) => /^(?:\S+) \S+\t\S+\tINFO\t(.*)$/.exec(line.trimEnd())?.[1] ?? []);
  const put = (body: string) => world.putOn(queueArn('orders'), body);
  return { world, pass, lines, said, queued, put };
}

/** A function that someone else owns: it takes everything, and writes it down. */
export function outside() {
  const taken: unknown[] = [];
  const invoke: Invoke = async (payload) => {
    taken.push(payload);
    return { kind: 'returned', payload: null };
  };
  return { taken, functions: new Map([[functionArn, invoke]]) };
}
