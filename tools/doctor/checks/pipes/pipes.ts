import { DescribePipeCommand } from '@aws-sdk/client-pipes';
import { type Pipe, pipesOf } from '../../../rehearse/pipe/pipes';
import type { Check, Permission, Subject } from '../../check';
import type { Finding } from '../../finding';
import { pipeDifferences } from './pipe-differences';
import { logDifferences } from './pipe-logs';
import { queueWaits } from './pipe-queue';
import { stateTold } from './pipe-states';

/** Pipes: that they run, and take and deliver as they were synthesized. */
export const pipes: Check = {
  name: 'pipes',
  permissions: (plan) => pipesOf(plan).map(describing),
  examine: async (subject) => {
    const all = pipesOf(subject.plan);
    const findings = await Promise.all(all.map((pipe) => examinePipe(pipe, subject)));
    return { resources: all.length, findings: findings.flat() };
  },
};

const describing = ({ arn }: Pipe): Permission => ({ action: 'pipes:DescribePipe', resource: arn });

async function examinePipe(pipe: Pipe, { plan, affected, aws }: Subject): Promise<readonly Finding[]> {
  const { name } = pipe;
  const deployed = await aws.ask(describing(pipe), () =>
    aws.clients.pipes.send(new DescribePipeCommand({ Name: name })),
  );
  const waiting = queueWaits(pipe.sourceArn, affected);
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  const about = { at: pipe.address, subject: `pipe ${name}` };
  if (!deployed) {
    return [
      {
        ...about,
        code: 'pipe-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: waiting,
        cause: 'The stack was never deployed to the end, or someone has deleted the pipe',
        fix: deploy,
      },
    ];
  }
  const state = stateTold(deployed, {
    wanted: pipe.desiredState,
    waiting,
    start: `aws pipes start-pipe --name ${name} --region ${plan.region}`,
    deploy,
  });
  const differences = [
    ...pipeDifferences(pipe, deployed, { waiting, knownArns: new Set(plan.known.values()) }),
    ...logDifferences(plan, pipe.address, deployed),
  ];
  return [
    ...(state ? [{ ...about, code: 'pipe-state', ...state }] : []),
    ...differences.map((difference) => ({
      ...about,
      cause: 'It was changed in the console or by another tool',
      fix: `${deploy} restores it; what was meant belongs in environments/`,
      ...difference,
    })),
  ];
}
