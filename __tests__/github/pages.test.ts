import fs from 'node:fs';
import { expect, it } from 'vitest';

const pages = ['SECURITY.md', 'CONTRIBUTING.md', '.github/pull_request_template.md'];

it.each(pages)('%s names only files and commands that there are', (page) => {
  const text = fs.readFileSync(page, 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
  const folders = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/|constructs\/[\w/.-]+)`/g)].map(
    ([, it = '']) => it,
  );
  expect([...links, ...folders].filter((file) => !fs.existsSync(file))).toEqual([]);
  const { scripts } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
  const commands = [...text.matchAll(/npm run (?:--silent )?([a-z:]+)/g)].map(([, name = '']) => name);
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});
