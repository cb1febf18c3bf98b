import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of this project: the nearest one, from the working directory upwards, that holds `cdktf.json`. Where
 * the running code lies does not help, since it is a bundle in memory (`run.mjs`) or in a test runner's cache.
 *
 * @throws when the working directory is outside of the project.
 */
export function projectRoot(): string {
  const start = process.cwd();
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'cdktf.json'))) return folder;
    if (folder === path.dirname(folder)) break;
  }
  throw new Error(
    `There is no cdktf.json in ${start} or above it: run this from within the project's folder.`,
  );
}
