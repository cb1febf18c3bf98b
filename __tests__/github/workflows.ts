import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly if?: string;
  readonly uses?: string;
  readonly secrets?: unknown;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
  readonly [keyword: string]: unknown;
}

export interface Workflow {
  readonly file: string;
  readonly text: string;
  readonly permissions: unknown;
  readonly on: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
  readonly concurrency?: unknown;
}

const folder = '.github/workflows';

export const workflows: readonly Workflow[] = fs.readdirSync(folder).map((file) => {
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  return { file, text, ...parse(text) };
});

export interface PlacedJob {
  readonly name: string;
  readonly job: Job;
}

/** Every job, as `pull-request.yml test`. */
export const jobs: readonly PlacedJob[] = workflows.flatMap(({ file, jobs: inFile }) =>
  Object.entries(inFile).map(([name, job]) => ({ name: `${file} ${name}`, job })),
);

/** Every step, with its job. */
export const steps: readonly (PlacedJob & { readonly step: Step })[] = jobs.flatMap(({ name, job }) =>
  (job.steps ?? []).map((step) => ({ name, job, step })),
);
