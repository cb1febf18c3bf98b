import {
  type FunctionConfiguration,
  GetFunctionConcurrencyCommand,
  type GetFunctionConcurrencyResponse,
  GetFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { Check, Permission, Subject } from '../../check';
import type { Finding } from '../../finding';
import { functionsOf, type SynthesizedFunction } from './function-plan';
import { settingDifferences, type Told } from './function-settings';
import { stateTold } from './function-state';
import { variableDifferences } from './function-variables';
import { type FunctionWork, workOf } from './function-work';

/** Functions: that they can run, and run this commit's code as it was synthesized. */
export const functions: Check = {
  name: 'functions',
  permissions: (plan) =>
    functionsOf(plan).flatMap((fn) => [
      configurationOf(fn),
      ...(fn.reservedConcurrency === undefined ? [] : [concurrencyOf(fn)]),
    ]),
  examine: async (subject) => {
    const all = functionsOf(subject.plan);
    const findings = await Promise.all(all.map((fn) => examineFunction(fn, subject)));
    return { resources: all.length, findings: findings.flat() };
  },
};

const configurationOf = ({ arn }: SynthesizedFunction): Permission => ({
  action: 'lambda:GetFunctionConfiguration',
  resource: arn,
});

const concurrencyOf = ({ arn }: SynthesizedFunction): Permission => ({
  action: 'lambda:GetFunctionConcurrency',
  resource: arn,
});

async function examineFunction(
  fn: SynthesizedFunction,
  { plan, affected, aws: { ask, clients } }: Subject,
): Promise<readonly Finding[]> {
  const [deployed, concurrency] = await Promise.all([
    ask(configurationOf(fn), () =>
      clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: fn.name })),
    ),
    fn.reservedConcurrency === undefined
      ? undefined
      : ask(concurrencyOf(fn), () =>
          clients.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: fn.name })),
        ),
  ]);
  const work = workOf(plan, fn, affected);
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  const about = { at: fn.address, subject: `function ${fn.name}` };
  if (!deployed) {
    return [
      {
        ...about,
        code: 'function-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: work.waiting,
        cause: 'The stack was never deployed to the end, or someone has deleted the function.',
        fix: deploy,
      },
    ];
  }
  return [
    ...stateTold(deployed, work),
    ...settingDifferences(fn, deployed, work),
    ...variablesTold(fn, deployed, work),
    ...concurrencyDifference(fn, concurrency, work),
  ].map((told) => ({
    ...about,
    cause: 'It was changed in the console or by another tool.',
    fix: `${deploy} restores it; what was meant belongs in environments/.`,
    ...told,
  }));
}

/** Variables that are encrypted with a key of the account are shown to those alone who may use it. */
function variablesTold(fn: SynthesizedFunction, { Environment }: FunctionConfiguration, work: FunctionWork) {
  if (!Environment?.Error) return variableDifferences(fn.variables, Environment?.Variables ?? {}, work);
  const { ErrorCode = 'an error', Message = '' } = Environment.Error;
  return [
    {
      code: 'function-variables-unread',
      severity: 'warning' as const,
      problem: `its environment variables cannot be read: ${ErrorCode}${Message && `: ${Message}`}`,
      seen: 'nothing, where it is only the doctor that may not; a key that nobody can use is told among the keys',
      cause:
        'They are encrypted with the stack’s key, and whoever runs the doctor may not do kms:Decrypt with it through Lambda.',
      fix: 'let whoever runs the doctor do kms:Decrypt where kms:ViaService is Lambda’s, as docs/doctor.md says',
    },
  ];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
function concurrencyDifference(
  { reservedConcurrency: wanted }: SynthesizedFunction,
  concurrency: GetFunctionConcurrencyResponse | undefined,
  { waiting, maximumConcurrency = 0 }: FunctionWork,
): readonly Told[] {
  const there = concurrency?.ReservedConcurrentExecutions;
  if (wanted === undefined || there === wanted) return [];
  const told = (severity: Finding['severity'], problem: string, seen: string) => [
    {
      code: 'function-concurrency',
      severity,
      problem,
      synthesized: `${wanted} reserved`,
      deployed: there === undefined ? 'none reserved' : `${there} reserved`,
      seen,
    },
  ];
  if (there === undefined) {
    return told(
      'warning',
      'no executions are reserved for it',
      'nothing until other functions of the account use up its limit: then its batches are throttled ' +
        'and wait',
    );
  }
  if (there === 0) {
    return told(
      'error',
      'it is throttled entirely: 0 executions are reserved for it',
      `every invocation ends in 429 TooManyRequestsException: ${waiting}`,
    );
  }
  return there < maximumConcurrency
    ? told(
        'error',
        `fewer executions are reserved for it than the ${maximumConcurrency} that its event source ` +
          'mapping starts',
        'under load batches are throttled with TooManyRequestsException and come back; messages that ' +
          `come back until maxReceiveCount go to the dead-letter queue unread, and ${waiting}`,
      )
    : told(
        'warning',
        'another number of executions is reserved for it',
        'another number of batches is worked on at once',
      );
}
