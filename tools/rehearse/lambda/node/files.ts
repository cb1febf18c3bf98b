import path from 'node:path';
import type { NotSimulated } from '../../../not-simulated';

/** Folders in which there is nothing but what the archive holds. */
const known = ['/var/task', '/opt', '/tmp', '/home/sbx_user1051'];

type Encoding = string | { readonly encoding?: string | null } | null;

/**
 * Reading of files: those of the archive are in `/var/task`, and nothing else is in the folders that a
 * function may look into. Whatever else a file system does is not here.
 *
 * @param archive bytes by path
 */
export function filesOf(archive: ReadonlyMap<string, Uint8Array>, unknown: (what: string) => NotSimulated) {
  const find = (file: unknown): Uint8Array | undefined => {
    if (typeof file !== 'string') throw unknown('a file that is not named by its path');
    const absolute = path.posix.resolve('/var/task', file);
    const folder = known.find((candidate) => absolute.startsWith(`${candidate}/`));
    if (folder === undefined) throw unknown(`the file ${absolute}`);
    return folder === '/var/task' ? archive.get(absolute.slice('/var/task/'.length)) : undefined;
  };
  const read = (file: unknown, encoding?: Encoding): string | Buffer => {
    const bytes = find(file);
    if (!bytes) {
      throw Object.assign(new Error(`ENOENT: no such file or directory, open '${file}'`), {
        errno: -2,
        code: 'ENOENT',
        syscall: 'open',
        path: file,
      });
    }
    const name = typeof encoding === 'string' ? encoding : encoding?.encoding;
    return name ? Buffer.from(bytes).toString(name as BufferEncoding) : Buffer.from(bytes);
  };
  const readFile = (file: unknown, ...rest: unknown[]) => {
    const done = rest.pop() as (error: unknown, content?: string | Buffer) => void;
    void Promise.resolve()
      .then(() => read(file, rest[0] as Encoding))
      .then(
        (content) => done(null, content),
        (error) => done(error),
      );
  };
  return {
    callbacks: {
      existsSync: (file: unknown) => find(file) !== undefined,
      readFileSync: read,
      readFile,
    },
    promises: { readFile: async (file: unknown, encoding?: Encoding) => read(file, encoding) },
  };
}
