// Puts the review that a pull request's run has left behind into one comment of that pull request, and keeps it there.
//
// The run's folder was written by the pull request's own code. Nothing in it is believed: it does not say which pull
// request it is of, its Markdown is made harmless, and lines above it say where it comes from. Reads GITHUB_API_URL,
// GITHUB_REPOSITORY, GITHUB_TOKEN, and of the run HEAD_SHA, HEAD_REPOSITORY, HEAD_BRANCH, RUN_TITLE, RUN_URL and
// REVIEW_FOLDER. Exit code 0 also when there is nothing to do.
import { GitHubError, gitHubApi } from './github-api.mjs';
import { leftBehind, marker } from './left-behind.mjs';
import { step } from './step.mjs';

/** The login that GITHUB_TOKEN writes as; a person's login has no brackets. */
const author = 'github-actions[bot]';

/** https://docs.github.com/rest/issues/comments refuses a body that is longer. */
const longestComment = 65_536;

/** GitHub lists no more of a pull request's files. https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
const mostFiles = 3_000;

/** What decides what the review says, beside what it is about: a change of it has to be read first. */
const reviewers = [
  'tools/',
  'synthesis/',
  'stacks/',
  'constructs/',
  'main.ts',
  'package.json',
  'package-lock.json',
  '.npmrc',
  '.gitattributes',
];

const api = gitHubApi();
const { GITHUB_REPOSITORY: repository, HEAD_SHA: sha, RUN_URL: runUrl } = process.env;

async function main() {
  const candidates = await pullRequests(process.env);
  const [number, other] = ofRun(candidates, process.env.RUN_TITLE);
  if (number === undefined) {
    console.log(`no open pull request has ${sha} as its head: there is nothing to do`);
    return;
  }
  if (other !== undefined) {
    console.log(
      `::warning::${candidates.map((candidate) => `#${candidate}`).join(' and ')} have the same head, and the run does not say which it is of: no comment`,
    );
    return;
  }
  await put(number, comment(await warnings(number), leftBehind(process.env.REVIEW_FOLDER)));
}

/** The open pull requests that have the run's commit as their head now, whatever the run says of itself. */
async function pullRequests({ HEAD_REPOSITORY: headRepository, HEAD_BRANCH: branch }) {
  const [owner] = headRepository.split('/');
  const head = encodeURIComponent(`${owner}:${branch}`);
  const found = [];
  for await (const pull of api.list(`/repos/${repository}/pulls?state=open&head=${head}&per_page=100`)) {
    const { repo, sha: headSha } = pull.head;
    // Neither has a repository where a fork is no more.
    if (repo?.full_name === headRepository && headSha === sha) found.push(pull.number);
  }
  return found;
}

/** One head may be asked into two branches: among these, and no others, the run's title decides. */
function ofRun(candidates, title) {
  const said = candidates.filter((candidate) => title === `Pull request #${candidate}`);
  return said.length === 1 ? said : candidates;
}

/** What a reader must know of the pull request before believing its review. */
async function warnings(number) {
  const { changed_files: changed } = await api.get(`/repos/${repository}/pulls/${number}`);
  const names = new Set();
  for await (const { filename, previous_filename: before } of api.list(
    `/repos/${repository}/pulls/${number}/files?per_page=100`,
  )) {
    names.add(filename);
    if (before !== undefined) names.add(before);
  }
  const touched = (places) =>
    places
      .filter((place) =>
        [...names].some((name) => name === place || (place.endsWith('/') && name.startsWith(place))),
      )
      .map((place) => `\`${place}\``)
      .join(', ');
  const [writers, waivers, workflows] = [
    touched(reviewers),
    touched(['waivers.json']),
    touched(['.github/']),
  ];
  return [
    writers && `It changes the code that writes this review, which may therefore say anything: ${writers}.`,
    waivers && 'It changes `waivers.json`: rules that are not kept may be waived by this very change.',
    workflows && 'It changes `.github/`: what is checked, and what deploys.',
    changed > mostFiles &&
      `It changes ${changed} files, of which GitHub lists only the first ${mostFiles}: what else it changes is not known here.`,
  ].filter(Boolean);
}

function comment(warned, { markdown, missing }) {
  const from = `[this run](${runUrl})`;
  const above = [
    marker,
    ...(warned.length > 0
      ? [
          [
            '> [!IMPORTANT]',
            '> Look at the changes of this pull request first.',
            ...warned.map((line) => `> - ${line}`),
          ].join('\n'),
        ]
      : []),
  ];
  const without = (reason) =>
    [...above, `There is no review of ${sha.slice(0, 7)}: ${reason}. See ${from}.`].join('\n\n');
  if (missing !== undefined) return without(missing);
  const whole = [
    ...above,
    `Of ${sha.slice(0, 7)}, written by the pull request’s own code in ${from}, whose artifact \`review\` has all of it.`,
    markdown,
  ].join('\n\n');
  return whole.length <= longestComment
    ? whole
    : without(`made harmless, it is longer than the ${longestComment} characters that a comment may have`);
}

/** Has the pull request bear this comment once: the first of ours is updated, others are deleted. */
async function put(number, body) {
  for (let attempt = 1; ; attempt++) {
    try {
      const [first, ...others] = await ours(number);
      if (!first) await api.post(`/repos/${repository}/issues/${number}/comments`, { body });
      else if (first.body !== body) await api.patch(commentPath(first), { body });
      for (const duplicate of others) await api.delete(commentPath(duplicate));
      console.log(`#${number}: the comment ${first ? `${first.id} is up to date` : 'is made'}`);
      return;
    } catch (error) {
      // A server's error may come after the comment was made, and someone may delete one meanwhile: look again.
      const again = error instanceof GitHubError && (error.passing || error.status === 404);
      if (!again || attempt === 3) throw error;
      console.log(`${error.message}; looking again`);
    }
  }
}

const commentPath = ({ id }) => `/repos/${repository}/issues/comments/${id}`;

/** Whoever can comment can write the marker: only the bot's own comments count. */
async function ours(number) {
  const found = [];
  for await (const { id, user, body } of api.list(
    `/repos/${repository}/issues/${number}/comments?per_page=100`,
  )) {
    if (user?.login === author && user.type === 'Bot' && body?.startsWith(marker)) found.push({ id, body });
  }
  return found.sort((a, b) => a.id - b.id);
}

await step(main);
