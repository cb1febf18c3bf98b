import type { Rehearsal } from '../../rehearse/rehearsal';
import { run } from '../versions/run';

/** What `npm run rehearse -- --json` says of a version, or why it says nothing. */
export type VersionRehearsal =
  | { readonly kind: 'rehearsed'; readonly rehearsals: readonly Rehearsal[] }
  | { readonly kind: 'not-rehearsed'; readonly why: string };

/** The same faults in both versions: what goes differently does so because of the change. */
const seed = 'review';

/** Rehearses the project in a folder by its own code. */
export async function runRehearsal(folder: string, messages: string | undefined): Promise<VersionRehearsal> {
  const { code, stdout, stderr } = await run(
    'npm',
    [
      ...['run', '--silent', 'rehearse', '--', '--json', '--seed', seed],
      ...(messages === undefined ? [] : ['--messages', messages]),
    ],
    { cwd: folder, shell: process.platform === 'win32' },
  );
  // 1 is a rehearsal in which something did not hold.
  if (code === 0 || code === 1) {
    try {
      return {
        kind: 'rehearsed',
        rehearsals: (JSON.parse(stdout) as { rehearsals: readonly Rehearsal[] }).rehearsals,
      };
    } catch {
      // It has not come so far.
    }
  }
  return { kind: 'not-rehearsed', why: stderr.trim() || `npm run rehearse ended with ${code}` };
}
