import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** CDK Terrain, its AWS bindings, and the newest constructs that both take. */
export const packages = {
  cdktn: '0.24.0',
  '@cdktn/provider-aws': '25.7.0',
  constructs: '10.7.0',
} as const;

/** What the HCL comes from, and what compares it. */
const sources = [
  ...['main.ts', 'cdktf.json', 'tsconfig.json', 'package.json', 'synthesized'],
  ...['environments', 'stacks', 'constructs', 'lambda-src', 'synthesis', 'tools/synth'],
];

/** A copy of the project that imports CDK Terrain instead of CDKTF. @throws Error where npm fails */
export function copyFor(project: string, copy: string): string {
  for (const source of sources) {
    fs.cpSync(path.join(project, source), path.join(copy, source), { recursive: true });
  }
  for (const file of sources.flatMap((source) => filesIn(path.join(copy, source)))) {
    if (/\.(ts|mjs)$/.test(file)) fs.writeFileSync(file, renamed(fs.readFileSync(file, 'utf8')));
  }
  addPackages(path.join(project, 'node_modules'), copy);
  return copy;
}

/** What is to be changed in a source to switch to CDK Terrain: the names of the packages, and nothing else. */
export const renamed = (source: string): string =>
  source.replace(/(['"])cdktf(?=['"/])/g, '$1cdktn').replace(/@cdktf(?=\\?\/provider-aws)/g, '@cdktn');

const filesIn = (file: string): readonly string[] =>
  fs.statSync(file).isDirectory()
    ? fs.readdirSync(file).flatMap((name) => filesIn(path.join(file, name)))
    : [file];

/** All others are the project's own. */
function addPackages(installed: string, copy: string): void {
  const wanted = {
    ...JSON.parse(fs.readFileSync(path.join(copy, 'package.json'), 'utf8')),
    dependencies: packages,
  };
  delete wanted.devDependencies;
  fs.writeFileSync(path.join(copy, 'package.json'), JSON.stringify(wanted));
  const { status } = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel', 'error'],
    { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error('npm could not install CDK Terrain');
  const own = path.join(copy, 'node_modules');
  for (const name of fs
    .readdirSync(installed)
    .filter((entry) => !entry.startsWith('.') && !/^@?cdktf/.test(entry))) {
    if (!fs.existsSync(path.join(own, name))) {
      fs.symlinkSync(path.join(installed, name), path.join(own, name), 'junction');
    }
  }
}
