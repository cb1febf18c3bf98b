import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { environments } from '../../environments';
import { reportFaults } from '../../stacks/report-faults';
import { readPlan } from '../plan/plan';
import { type Progress, progressLine } from '../progress-line';
import { type SynthesizedStack, synthesizeAll } from '../synth/synthesize';
import { styleFor } from '../terminal';
import { Unanswered } from './aws/answer-of';
import { type Aws, connect } from './aws/aws';
import { deployedPlans, diagnose, WrongAccount } from './doctor';
import { type DoctorOptions, doctorOptions, UsageError, usage } from './options';
import { ownPolicy, readPermissions } from './own-policy';
import type { ProbedFlow } from './probe/course';
import { probePermissions } from './probe/permissions';
import { probe } from './probe/probe';
import { probeReportOf } from './probe-report';
import { reportOf } from './report';

async function main(): Promise<void> {
  const options = doctorOptions(process.argv.slice(2));
  if (!options) return console.log(usage);
  const { environment, stacks } = synthesized(options);
  if (options.policy) {
    const plans = stacks.map(({ id, configuration }) => readPlan(id, configuration));
    const permissions = [
      ...readPermissions(plans),
      ...(options.probe ? probePermissions(plans, environment) : []),
    ];
    return console.log(JSON.stringify(ownPolicy(permissions), undefined, 2));
  }
  // It is about versions to come, which the lock file does not let in.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { profile, stack: only, json } = options;
  const aws = connect({ region: environment.region, ...(profile && { profile }) });
  const line = progressLine(process.stderr);
  const diagnosis = await diagnose(stacks, aws, { only, progress: line.show }).finally(line.clear);
  const style = styleFor(process.stdout, process.env);
  if (!json) console.log(reportOf(diagnosis, style));
  const probed = options.probe
    ? await probeAll(stacks, aws, options, line.show).finally(line.clear)
    : undefined;
  if (json) {
    const { flows, ended } = probed ?? {};
    console.log(JSON.stringify({ ...diagnosis, probe: flows, probeEndedBy: ended?.message }, undefined, 2));
  } else if (probed) {
    console.log(`\n${probeReportOf(probed.flows, style)}`);
    if (probed.ended) console.error(`\nThe probe ended there: ${probed.ended.message}`);
  }
  const failed =
    diagnosis.stacks.some(({ findings }) => findings.length > 0) ||
    probed?.flows.some(({ steps }) => steps.some(({ outcome }) => outcome === 'failed'));
  if (diagnosis.unanswered.length > 0 || probed?.ended) process.exitCode = 2;
  else if (failed) process.exitCode = 1;
}

/** What was probed is told even where AWS no longer answers. */
async function probeAll(
  stacks: readonly SynthesizedStack[],
  aws: Aws,
  { stack: only, restEndpoint, webSocketEndpoint }: DoctorOptions,
  progress: Progress,
): Promise<{ readonly flows: readonly ProbedFlow[]; readonly ended?: Unanswered }> {
  const [first] = stacks;
  if (!first) return { flows: [] };
  const { environment } = first;
  const flows: ProbedFlow[] = [];
  const probed = (flow: ProbedFlow) => void flows.push(flow);
  try {
    const plans = await deployedPlans(stacks, aws, (unanswered) => {
      throw unanswered;
    });
    await probe({ plans, environment, aws, only, restEndpoint, webSocketEndpoint, progress, probed });
    return { flows };
  } catch (error) {
    if (error instanceof Unanswered) return { flows, ended: error };
    throw error;
  }
}

/** Synthesized into a folder that is gone afterwards: what a deploy has in `cdktf.out` is left alone. */
function synthesized({ environment: name, stack }: DoctorOptions) {
  const environment = environments.find((candidate) => candidate.name === name);
  if (!environment) {
    const names = environments.map((candidate) => candidate.name).join(', ');
    throw new UsageError(`there is no environment ${name}; there are ${names}`);
  }
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'doctor-'));
  try {
    const stacks = synthesizeAll(scratch, [environment]);
    const ids = stacks.map(({ id }) => id);
    if (stack === undefined || ids.includes(stack)) return { environment, stacks };
    throw new UsageError(`--stack ${stack}: ${name} has no such stack; it has ${ids.join(', ')}`);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** What is no fault of the environments but of how it was asked, or of who asks. */
async function explained(run: Promise<void>): Promise<void> {
  try {
    await run;
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
    else if (error instanceof WrongAccount || error instanceof Unanswered) console.error(error.message);
    else throw error;
    process.exitCode = 2;
  }
}

void reportFaults(() => explained(main()));
