import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commentLimit, marker } from '../../tools/review/report-of';
import { type Comment, GitHubServer, type Pull } from './github-server';
import { type Ended, runScript } from './script';

const sha = '1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b';
const runUrl = 'https://github.com/example-org/message-gateway/actions/runs/42';
const bot = { login: 'github-actions[bot]', type: 'Bot' } as const;
const person = { login: 'mallory', type: 'User' } as const;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'review-comment-'));
let server: GitHubServer;
beforeAll(() => fs.mkdirSync(path.join(scratch, 'review')));
beforeEach(async () => {
  server = await new GitHubServer().start();
  server.pulls = [pull(7)];
});
afterEach(() => server.stop());
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const pull = (
  number: number,
  { owner = 'example-org', repository = 'message-gateway', state = 'open', head = sha } = {},
): Pull => ({
  number,
  state: state as 'open' | 'closed',
  changed_files: 1,
  head: {
    ref: 'more-callbacks',
    sha: head,
    user: { login: owner },
    repo: { full_name: `${owner}/${repository}` },
  },
});

interface Run {
  /** What the run left behind; nothing for none. */
  readonly review?: string | Uint8Array | undefined;
  readonly exitCode?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

function afterRun({ review, exitCode, environment = {} }: Run): Promise<Ended> {
  const folder = fs.mkdtempSync(path.join(scratch, 'review-'));
  if (review !== undefined) fs.writeFileSync(path.join(folder, 'review.md'), review);
  if (exitCode !== undefined) fs.writeFileSync(path.join(folder, 'exit-code'), exitCode);
  return runScript('review-comment.mjs', [], {
    environment: {
      ...server.environment,
      HEAD_SHA: sha,
      HEAD_REPOSITORY: 'example-org/message-gateway',
      HEAD_BRANCH: 'more-callbacks',
      RUN_TITLE: 'Pull request #7',
      RUN_URL: runUrl,
      REVIEW_FOLDER: folder,
      ...environment,
    },
  });
}

const written = (markdown: string) =>
  `${marker}\n\nOf 1a2b3c4, written by the pull request’s own code in [this run](${runUrl}), whose artifact \`review\` has all of it.\n\n${markdown}`;
const bodies = () => server.comments.map(({ body }) => body);
const fine = `${marker}\n# Fine\n\nNothing that is deployed changes.\n`;
const fineComment = written('# Fine\n\nNothing that is deployed changes.');

describe('the review of a pull request', () => {
  it('becomes its first comment', async () => {
    expect(await afterRun({ review: fine })).toEqual({
      code: 0,
      said: '#7: the comment is made\n',
    });
    expect(server.comments).toEqual([{ id: 1, user: bot, body: fineComment }]);
  });

  it('replaces the one before it, in place', async () => {
    server.comments = [
      { id: 3, user: person, body: 'Looks good' },
      { id: 4, user: bot, body: `${marker}\n\nOld` },
    ];
    await afterRun({ review: fine });
    expect(server.writes).toEqual(['PATCH 4']);
    expect(bodies()).toEqual(['Looks good', fineComment]);
  });

  it('is not written again where it is the same', async () => {
    server.comments = [{ id: 4, user: bot, body: fineComment }];
    await afterRun({ review: fine });
    expect(server.writes).toEqual([]);
  });

  it('stands there once: the oldest comment is kept, others are deleted', async () => {
    server.comments = [9, 5, 6].map((id) => ({ id, user: bot, body: `${marker}\n\n${id}` }));
    await afterRun({ review: fine });
    expect(server.writes).toEqual(['PATCH 5', 'DELETE 6', 'DELETE 9']);
    expect(bodies()).toEqual([fineComment]);
  });

  it('leaves alone what others have written, with the marker or as another bot', async () => {
    const others: Comment[] = [
      { id: 1, user: person, body: `${marker}\n\nNot the bot's` },
      { id: 2, user: { login: 'github-actions', type: 'User' }, body: `${marker}\n\nNearly` },
      { id: 3, user: { login: 'dependabot[bot]', type: 'Bot' }, body: `${marker}\n\nAnother bot` },
      { id: 4, user: bot, body: 'Of another workflow' },
      { id: 5, user: bot, body: `It quotes ${marker}` },
    ];
    server.comments = [...others];
    await afterRun({ review: fine });
    expect(server.comments).toEqual([...others, { id: 6, user: bot, body: fineComment }]);
  });

  it('is found among 300 comments, on whichever page', async () => {
    server.comments = Array.from({ length: 300 }, (_, index) => ({
      id: index + 1,
      user: index === 249 ? bot : person,
      body: index === 249 ? `${marker}\n\nOld` : 'Hm',
    }));
    await afterRun({ review: fine });
    expect(server.writes).toEqual(['PATCH 250']);
    expect(server.requests.filter((request) => /GET .*\/comments$/.test(request))).toHaveLength(3);
  });
});

describe('the pull request', () => {
  it('may come from a fork', async () => {
    server.pulls = [pull(8, { owner: 'someone' })];
    await afterRun({ review: fine, environment: { HEAD_REPOSITORY: 'someone/message-gateway' } });
    expect(bodies()).toEqual([fineComment]);
  });

  it.each([
    ['has another head by now', { pulls: [pull(7, { head: 'f'.repeat(40) })] }],
    ['is closed', { pulls: [pull(7, { state: 'closed' })] }],
    ['has the same branch and commit in another fork', { pulls: [pull(7, { owner: 'someone' })] }],
    ['is of a fork that is no more', { environment: { HEAD_REPOSITORY: '' } }],
    ['is of another branch', { environment: { HEAD_BRANCH: 'other' } }],
    ['is of another repository of the same owner', { pulls: [pull(7, { repository: 'another' })] }],
  ])('gets no comment where it %s', async (_, given: { pulls?: Pull[]; environment?: NodeJS.ProcessEnv }) => {
    server.pulls = given.pulls ?? server.pulls;
    const ended = await afterRun({ review: fine, environment: given.environment ?? {} });
    expect(ended).toEqual({
      code: 0,
      said: `no open pull request has ${sha} as its head: there is nothing to do\n`,
    });
    expect(server.comments).toEqual([]);
  });

  it('is not the one that the run names, where that has another head', async () => {
    server.pulls = [pull(7), pull(1, { head: 'f'.repeat(40) })];
    await afterRun({ review: fine, environment: { RUN_TITLE: 'Pull request #1' } });
    expect(server.requests.filter((request) => request.startsWith('POST'))).toEqual([
      'POST /repos/example-org/message-gateway/issues/7/comments',
    ]);
  });

  it('is, of two with the same head, the one that the run names', async () => {
    server.pulls = [pull(7), pull(9)];
    await afterRun({ review: fine, environment: { RUN_TITLE: 'Pull request #9' } });
    expect(server.requests.filter((request) => request.startsWith('POST'))).toEqual([
      'POST /repos/example-org/message-gateway/issues/9/comments',
    ]);
  });

  it('is none of two with the same head, where the run names neither', async () => {
    server.pulls = [pull(7), pull(9)];
    const ended = await afterRun({ review: fine, environment: { RUN_TITLE: 'Pull request #1' } });
    expect(ended).toEqual({
      code: 0,
      said: '::warning::#7 and #9 have the same head, and the run does not say which it is of: no comment\n',
    });
    expect(server.comments).toEqual([]);
  });
});

describe('what the run left behind', () => {
  it('may be as long as a review may be', async () => {
    const longest = `${marker}\n${'x'.repeat(commentLimit - marker.length - 1)}`;
    expect(longest).toHaveLength(commentLimit);
    await afterRun({ review: `${longest}\n` });
    expect(bodies()).toEqual([written(longest.slice(marker.length + 1))]);
  });

  const without = (reason: string) =>
    `${marker}\n\nThere is no review of 1a2b3c4: ${reason}. See [this run](${runUrl}).`;

  it.each([
    ['nothing', {}, 'the run left none behind'],
    [
      'an exit code alone',
      { exitCode: '2\n' },
      'the run left none behind, and `npm run review` ended with 2',
    ],
    ['an exit code that is none', { exitCode: '@everyone' }, 'the run left none behind'],
    [
      'more than a review may have',
      { review: `${marker}\n${'x'.repeat(60_000)}` },
      'what the run left behind is longer than 60000 characters',
    ],
    [
      'a file of megabytes',
      { review: Buffer.alloc(3_000_000, marker) },
      'what the run left behind is no file of at most 60000 characters',
    ],
    ['no marker', { review: '# Fine\n' }, 'what the run left behind does not begin as a review does'],
    [
      'something before the marker',
      { review: `Fine ${fine}` },
      'what the run left behind does not begin as a review does',
    ],
    ['no text', { review: Buffer.from([0xff, 0xfe, 0x00]) }, 'what the run left behind is not text'],
    [
      'a review that grows too long',
      { review: `${marker}\n${'@a'.repeat(29_000)}` },
      'made harmless, it is longer than the 65536 characters that a comment may have',
    ],
  ] as const)('is said to be no review: %s', async (_, left: Run, reason) => {
    server.comments = [{ id: 4, user: bot, body: fineComment }];
    expect((await afterRun(left)).code).toBe(0);
    expect(bodies()).toEqual([without(reason)]);
  });

  it('is not followed elsewhere', async () => {
    const folder = fs.mkdtempSync(path.join(scratch, 'link-'));
    fs.writeFileSync(path.join(scratch, 'elsewhere.md'), fine);
    fs.symlinkSync(path.join(scratch, 'elsewhere.md'), path.join(folder, 'review.md'));
    await afterRun({ environment: { REVIEW_FOLDER: folder } });
    expect(bodies()).toEqual([without('what the run left behind is no file of at most 60000 characters')]);
  });

  it('mentions nobody, shows no image and brings no HTML or marker of its own', async () => {
    await afterRun({
      review: [
        marker,
        '@example-org/security: approve <img src="https://evil.example/pixel"> ![x](https://evil.example/p)',
        `<details><summary>More</summary>${marker}<script>x</script><br></details>`,
        'a\u0000b\u202Ec\r\nd',
      ].join('\n'),
    });
    expect(bodies()).toEqual([
      written(
        [
          '@\u200Bexample-org/security: approve <\u200Bimg src="https://evil.example/pixel"> !\u200B[x](https://evil.example/p)',
          '<details><summary>More</summary><\u200B!-- apigw-sqs-cdktf review --><\u200Bscript>x<\u200B/script><br></details>',
          'abc',
          'd',
        ].join('\n'),
      ),
    ]);
  });
});

describe('above the review stands', () => {
  const warned = async (changed: number, ...files: readonly (readonly [string, string?])[]) => {
    server.pulls = [{ ...pull(7), changed_files: changed }];
    server.files = files.map(([filename, before]) => ({
      filename,
      ...(before !== undefined && { previous_filename: before }),
    }));
    await afterRun({ review: fine });
    return bodies()[0]?.split('\n\n')[1]?.split('\n');
  };
  const first = ['> [!IMPORTANT]', '> Look at the changes of this pull request first.'];

  it('that the pull request changes what writes the review', async () => {
    expect(await warned(3, ['environments/dev.ts'], ['tools/review/main.ts'], ['package-lock.json'])).toEqual(
      [
        ...first,
        '> - It changes the code that writes this review, which may therefore say anything: `tools/`, `package-lock.json`.',
      ],
    );
  });

  it('that it moves that away', async () => {
    expect(await warned(1, ['old/tools.ts', 'synthesis/run.mjs'])).toEqual([
      ...first,
      '> - It changes the code that writes this review, which may therefore say anything: `synthesis/`.',
    ]);
  });

  it('that it changes waivers and workflows', async () => {
    expect(await warned(2, ['waivers.json'], ['.github/workflows/deploy.yml'])).toEqual([
      ...first,
      '> - It changes `waivers.json`: rules that are not kept may be waived by this very change.',
      '> - It changes `.github/`: what is checked, and what deploys.',
    ]);
  });

  it('that it changes more files than GitHub lists', async () => {
    const many = Array.from({ length: 3_000 }, (_, index): [string] => [`docs/${index}.md`]);
    expect(await warned(3_001, ...many)).toEqual([
      ...first,
      '> - It changes 3001 files, of which GitHub lists only the first 3000: what else it changes is not known here.',
    ]);
    expect(server.requests.filter((request) => request.endsWith('/files'))).toHaveLength(30);
  });

  it('nothing of files that only sound like it', async () => {
    await warned(
      5,
      ['my-waivers.json'],
      ['docs/tools/x.md'],
      ['toolsmith.ts'],
      ['lambda-src/package.json'],
      ['main.ts.bak'],
    );
    expect(bodies()).toEqual([fineComment]);
  });
});

describe('GitHub', () => {
  const again = { 'retry-after': '0' };

  it.each([
    ['fails', { status: 502 }],
    ['has had too many requests', { status: 429, headers: again }],
    ['limits what is written', { status: 403, headers: again }],
    ['wants a pause', { status: 503, headers: again }],
  ])('is asked again when it %s', async (_, fault) => {
    server.faults = [{ request: /^GET .*\/files$/, ...fault }];
    expect((await afterRun({ review: fine })).code).toBe(0);
    expect(bodies()).toEqual([fineComment]);
  });

  it.each([
    ['was made', true],
    ['was not made', false],
  ])('that fails after a comment %s gets one comment', async (_, done) => {
    server.faults = [{ request: /^POST/, status: 502, done }];
    expect((await afterRun({ review: fine })).code).toBe(0);
    expect(bodies()).toEqual([fineComment]);
  });

  it('that has lost the comment meanwhile gets another', async () => {
    server.comments = [{ id: 4, user: bot, body: `${marker}\n\nOld` }];
    server.faults = [{ request: /^PATCH/, status: 404 }];
    expect((await afterRun({ review: fine })).code).toBe(0);
    expect(bodies()).toEqual([fineComment]);
  });

  it('that refuses a comment is not asked again', async () => {
    server.faults = [{ request: /^POST/, status: 422 }];
    expect(await afterRun({ review: fine })).toEqual({
      code: 1,
      said: '::error::POST /repos/example-org/message-gateway/issues/7/comments: HTTP 422: Something went wrong\n',
    });
    expect(server.writes).toEqual(['POST']);
  });

  it('that does not know the token is not asked again', async () => {
    const { code, said } = await afterRun({ review: fine, environment: { GITHUB_TOKEN: 'another' } });
    expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(/HTTP 401: Bad credentials\n$/) });
    expect(server.requests).toHaveLength(1);
  });

  it('that wants to be left alone for longer than a minute ends it', async () => {
    server.faults = [{ request: /^GET/, status: 429, headers: { 'retry-after': '3600' } }];
    expect((await afterRun({ review: fine })).code).toBe(1);
    expect(server.requests).toHaveLength(1);
  });

  it('gets the token, and no one whom a link names', async () => {
    server.faults = [
      {
        request: /^GET .*\/comments$/,
        status: 200,
        headers: { link: '<https://evil.example/?page=2>; rel="next"' },
      },
    ];
    const { code, said } = await afterRun({ review: fine });
    expect(code).toBe(1);
    expect(said).toContain(`the next page is said to be at https://evil.example, which is not ${server.url}`);
  });
});
