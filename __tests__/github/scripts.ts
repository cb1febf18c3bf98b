import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A module of `.github/scripts/`, which is plain JavaScript. */
export const importScript = <T>(name: string): Promise<T> =>
  import(pathToFileURL(path.resolve('.github/scripts', name)).href);
