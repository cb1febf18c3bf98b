// The stacks of an environment as they were synthesized to JSON, by `node synthesis/run.mjs main.ts`.
import fs from 'node:fs';
import path from 'node:path';

/** Something stands in the way of a deployment; the message says what, and the way out. */
export class Refusal extends Error {
  name = 'Refusal';
}

/**
 * The roles that deploy are made once, by an administrator (docs/deployment-roles.md): a role that could change itself
 * could do anything.
 */
const notDeployedHere = (environment) => `${environment}-deployment-roles`;

/**
 * The stacks of the environment, each after those it depends on.
 * @throws Refusal where there are none, or where one keeps its state elsewhere than in `stateKind`
 */
export function stacksOf(environment, stateKind, out = 'cdktf.out') {
  const { stacks: manifest } = json(path.join(out, 'manifest.json'));
  const all = Object.values(manifest).map(({ name, dependencies, workingDirectory }) => ({
    dependencies,
    ...stackIn(path.join(out, workingDirectory), name),
  }));
  const stacks = all.filter(
    (stack) => stack.environment === environment && stack.id !== notDeployedHere(environment),
  );
  if (stacks.length === 0) {
    const there = [...new Set(all.map((stack) => stack.environment))].join(', ');
    throw new Refusal(
      `there is no stack of an environment ${environment}; there are stacks of ${there || 'none'}`,
    );
  }
  for (const { state } of stacks) if (state !== stateKind) throw new Refusal(elsewhere(environment, state));
  return inOrder(stacks);
}

function stackIn(folder, id) {
  const file = path.join(folder, 'cdk.tf.json');
  if (!fs.existsSync(file))
    throw new Refusal(`${file} is missing: synthesize JSON, with node synthesis/run.mjs main.ts`);
  const { terraform, provider, variable = {} } = json(file);
  const [aws] = provider.aws;
  return {
    id,
    folder: path.resolve(folder),
    environment: aws.default_tags[0].tags.environment,
    region: aws.region,
    account: aws.allowed_account_ids[0],
    state: terraform.cloud ? 'hcp-terraform' : Object.keys(terraform.backend)[0],
    /** The variables that have to be given. */
    secrets: Object.keys(variable).filter((name) => variable[name].default === undefined),
  };
}

function elsewhere(environment, state) {
  const file = `environments/${environment}.ts`;
  switch (state) {
    case 'local':
      return `${environment} keeps its state in files of this machine, which are gone when the run ends, and what was deployed could not be changed any more: in ${file} set state to { kind: 's3', … } or { kind: 'hcp-terraform', … }`;
    case 'hcp-terraform':
      return `${environment} keeps its state in HCP Terraform: set the repository variable DEPLOY_WITH to hcp-terraform, or state in ${file} to { kind: 's3', … }`;
    default:
      return `${environment} keeps its state in ${state}: set the repository variable DEPLOY_WITH to github, or state in ${file} to { kind: 'hcp-terraform', … }`;
  }
}

function inOrder(stacks) {
  const ordered = new Set();
  const add = (stack) => {
    if (ordered.has(stack)) return;
    for (const id of stack.dependencies) {
      const dependency = stacks.find((candidate) => candidate.id === id);
      if (dependency) add(dependency);
    }
    ordered.add(stack);
  };
  for (const stack of stacks) add(stack);
  return [...ordered];
}

const json = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
