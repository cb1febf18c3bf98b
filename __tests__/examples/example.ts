import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A module of `examples/`, which is plain JavaScript. */
export const importExample = <T>(name: string): Promise<T> =>
  import(pathToFileURL(path.resolve('examples', name)).href);
