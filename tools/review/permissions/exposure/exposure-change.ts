/** What can be reached by others than the system's own roles, and how that changes. Plain text. */
export interface ExposureChange {
  readonly stackId: string;
  /** `POST /payments/events of API prod-callback-receiver`; several for which the same changes. */
  readonly what: readonly string[];
  /** To whom, or how: what is open that was not. */
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  /** It is new, and open from the start. */
  readonly isNew: boolean;
}

/** One for all that is said of the same, and one for all of which the same is said. */
export const grouped = (changes: readonly ExposureChange[]): readonly ExposureChange[] =>
  merged(
    merged(
      changes,
      ({ stackId, what, isNew }) => [stackId, what, isNew],
      (a, b) => ({
        ...a,
        opened: [...a.opened, ...b.opened],
        closed: [...a.closed, ...b.closed],
      }),
    ),
    ({ opened, closed, isNew }) => [opened, closed, isNew],
    (a, b) => ({ ...a, what: [...a.what, ...b.what] }),
  );

function merged(
  changes: readonly ExposureChange[],
  keyOf: (change: ExposureChange) => unknown,
  merge: (a: ExposureChange, b: ExposureChange) => ExposureChange,
): readonly ExposureChange[] {
  const groups = new Map<string, ExposureChange>();
  for (const change of changes) {
    const key = JSON.stringify(keyOf(change));
    const before = groups.get(key);
    groups.set(key, before ? merge(before, change) : change);
  }
  return [...groups.values()];
}

/** A setting that only matters when it changes. */
export interface Setting {
  /** The same in both versions. */
  readonly id: string;
  readonly what: string;
  /** Whether it lets more in than the other state would. */
  readonly isOpen: boolean;
  /** In words. */
  readonly open: string;
  readonly closed: string;
  /** Whether a new one that is open is worth telling. */
  readonly tellsNew: boolean;
}

export function settingChanges(
  stackId: string,
  base: readonly Setting[],
  head: readonly Setting[],
): readonly ExposureChange[] {
  const before = new Map(base.map((setting) => [setting.id, setting]));
  return head.flatMap(({ id, what, isOpen, open, closed, tellsNew }): readonly ExposureChange[] => {
    const old = before.get(id);
    if (old ? old.isOpen === isOpen : !(isOpen && tellsNew)) return [];
    return [
      {
        stackId,
        what: [what],
        opened: isOpen ? [open] : [],
        closed: isOpen ? [] : [closed],
        isNew: !old,
      },
    ];
  });
}
