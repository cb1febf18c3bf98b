/**
 * Whether a text of a policy with its wildcards `*` and `?` stands for a value. Takes time in proportion to both, however
 * many wildcards a hostile policy has.
 */
export function globMatches(pattern: string, value: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < value.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = index;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === value[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

export const hasWildcard = (text: string): boolean => /[*?]/.test(text);
