import fs from 'node:fs';
import path from 'node:path';

/** What a clone holds that decides what is synthesized. */
const sources = [
  'main.ts',
  'cdktf.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'environments',
  'stacks',
  'constructs',
  'lambda-src',
  'synthesis',
  'tools',
  'synthesized',
];

/**
 * A copy of the project in `folder`, with file times of its own, packages that share no cache with this one, and the
 * environments as they were shipped.
 */
export function checkout(folder: string): string {
  fs.mkdirSync(folder, { recursive: true });
  for (const source of sources) fs.cpSync(source, path.join(folder, source), { recursive: true });
  const fixtures = path.join('__tests__', 'fixtures');
  fs.cpSync(fixtures, path.join(folder, fixtures), { recursive: true });
  for (const file of fs.readdirSync(path.join(fixtures, 'environments'))) {
    const shipped = fs.readFileSync(path.join(fixtures, 'environments', file), 'utf8');
    fs.writeFileSync(
      path.join(folder, 'environments', file),
      shipped.replaceAll('../../../environments/', './'),
    );
  }
  const packages = path.join(folder, 'node_modules');
  fs.mkdirSync(packages);
  for (const entry of fs.readdirSync('node_modules').filter((name) => name !== '.cache')) {
    fs.symlinkSync(path.resolve('node_modules', entry), path.join(packages, entry));
  }
  return folder;
}
