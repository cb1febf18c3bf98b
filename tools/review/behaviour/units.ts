import { counted } from '../counted';

const steps = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `7 days`, `1 minute 30 seconds`; two units at most. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 1) return `${seconds} seconds`;
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const [unit, size] of steps) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(counted(count, unit));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return rest > 0 ? `about ${parts.join(' ')}` : parts.join(' ');
}

/** `256 KiB`, `1 MiB`; others in bytes. */
export function size(bytes: number): string {
  if (bytes >= 1_048_576 && bytes % 1_048_576 === 0) return `${bytes / 1_048_576} MiB`;
  if (bytes >= 1024 && bytes % 1024 === 0) return `${bytes / 1024} KiB`;
  return counted(bytes, 'byte');
}
