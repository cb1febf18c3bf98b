import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from './support/checkout';

const readme = fs.readFileSync('README.md', 'utf8');
const pages = ['README.md', ...fs.readdirSync('docs').map((page) => `docs/${page}`)];

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'readme-'));
const project = path.join(scratch, 'project');
beforeAll(() => void checkout(project));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** What a command of package.json prints. */
function printed(script: string): string {
  const { scripts } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [, ...args] = scripts[script]?.split(' ') ?? [];
  // There is no terraform where there is no PATH.
  const env = { HOME: scratch, PATH: '' };
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8', env });
  return (stdout + stderr).trimEnd();
}

describe('the README', () => {
  it('has no place left where output should stand', () => {
    expect(pages.filter((page) => fs.readFileSync(page, 'utf8').includes('<!--'))).toEqual([]);
  });

  it('shows what npm start prints, whatever time it took', { timeout: 240_000 }, () => {
    const timeless = (text: string) => text.replaceAll(/ in \d+\.\d s\./g, ' in … s.');

    expect(timeless(readme)).toContain(`$ npm ci && npm start\n${timeless(printed('start'))}\n\`\`\``);
  });

  it('shows what npm run synth prints', () => {
    expect(readme).toContain(`$ npm run synth\n${printed('synth')}\n\`\`\``);
  });

  it('shows a policy as it is checked in', () => {
    const [, policy = ''] = /```hcl\n(.*?)\n```/s.exec(readme) ?? [];
    expect(policy).toContain('aws_iam_policy_document');
    printed('synth');
    expect(fs.readFileSync(path.join(project, 'synthesized/prod-callback-receiver.tf'), 'utf8')).toContain(
      policy,
    );
  });

  it('shows how a review begins', () => {
    const review = fs.readFileSync('__tests__/tools/review/golden/widen-an-allow-list.md', 'utf8');
    const begins = review.slice(review.indexOf('# Needs attention'), review.indexOf('## Rehearsal')).trim();
    expect(readme).toContain(`\`\`\`markdown\n${begins}\n\`\`\``);
  });

  it('shows the faults of a wrong environment', () => {
    const dev = path.join(project, 'environments/dev.ts');
    const wrong = fs
      .readFileSync(dev, 'utf8')
      .replace("'203.0.113.0/24'", "'203.0.113.7/24'")
      .replace("'/bizppurio/delivery-results'", "'bizppurio/delivery-results/'")
      .replace("'MSGID'", "'MESSAGEID'")
      .replace("'ap-northeast-2'", "'ap-northeast2'");
    fs.writeFileSync(dev, wrong);
    const faults = printed('synth');
    expect(faults).toMatch(/^4 faults in the environments:/);
    expect(readme).toContain(`$ npm run synth\n${faults}\n\`\`\``);
  });

  it.each([...pages, 'CHANGELOG.md'])('%s links to nothing that is not there', (page) => {
    const links = [...fs.readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)/g)];
    const broken = links.filter(([, link, heading]) => {
      const file = link ? path.resolve(path.dirname(page), link) : page;
      return !fs.existsSync(file) || (heading !== undefined && !headingsOf(file).includes(heading));
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it('and help name only commands that there are', () => {
    const { scripts } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...pages, 'help'].flatMap((page) =>
      [...fs.readFileSync(page, 'utf8').matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name),
    );
    expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
  });
});

/** As GitHub makes links of them. */
const headingsOf = (page: string): readonly string[] =>
  [...fs.readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
