// node .github/scripts/last-deployed.mjs <environment>
//
// The commit that was last deployed to an environment, as GitHub's deployments have it, as output `commit` of the step;
// HEAD where none was, or where this clone does not have it any more. Reads GITHUB_API_URL, GITHUB_REPOSITORY and
// GITHUB_TOKEN, which needs deployments: read.
import { spawnSync } from 'node:child_process';
import { gitHubApi } from './github-api.mjs';
import { setOutputs, step } from './step.mjs';

const [environment] = process.argv.slice(2);
const deployments = `/repos/${process.env.GITHUB_REPOSITORY}/deployments`;

async function main() {
  const commit = await lastDeployed(gitHubApi());
  if (commit === undefined)
    console.log(`nothing was deployed to ${environment} yet: the plans are all there is to review`);
  else if (!isHere(commit))
    console.log(
      `${commit} was deployed to ${environment}, and is not in this clone: it is compared with nothing`,
    );
  setOutputs({ commit: commit !== undefined && isHere(commit) ? commit : 'HEAD' });
}

async function lastDeployed(api) {
  const query = `?environment=${encodeURIComponent(environment)}&per_page=100`;
  // The newest first. One that a later one replaced is inactive, and was a success before.
  for await (const { id, sha } of api.list(deployments + query)) {
    for await (const { state } of api.list(`${deployments}/${id}/statuses?per_page=100`)) {
      if (state === 'success') return sha;
    }
  }
  return undefined;
}

const isHere = (commit) => spawnSync('git', ['cat-file', '-e', `${commit}^{commit}`]).status === 0;

await step(main);
