const provider = /^provider "(?:registry\.terraform\.io\/)?([^"]+)" \{\n([^}]*)^\}/gm;

/** A `.terraform.lock.hcl`: by the provider's name the version that is taken. */
export const lockedVersions = (lock: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    [...(lock ?? '').matchAll(provider)].flatMap(([, name = '', body = '']) => {
      const version = /^\s*version\s*=\s*"([^"]+)"/m.exec(body)?.[1];
      return version === undefined ? [] : [[name, version] as const];
    }),
  );
