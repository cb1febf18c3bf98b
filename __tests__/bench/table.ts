import type { ProcessFigures } from './process-figures';

/** One line of figures beneath its title, aligned by the terminal's own tab stops being left out. */
export function printComparison(
  title: string,
  ours: ProcessFigures,
  theirs: ProcessFigures,
  names: { readonly ours: string; readonly theirs: string },
): void {
  console.log(`\n${title}`);
  const width = Math.max(names.ours.length, names.theirs.length, 'ratio, theirs : ours'.length);
  const row = (name: string, seconds: string, megabytes: string) =>
    console.log(`  ${name.padEnd(width)}  ${seconds.padStart(9)}  ${megabytes.padStart(9)}`);
  row(names.ours, `${ours.seconds.toFixed(2)} s`, `${ours.peakMegabytes.toFixed(0)} MB`);
  row(names.theirs, `${theirs.seconds.toFixed(2)} s`, `${theirs.peakMegabytes.toFixed(0)} MB`);
  row(
    'ratio, theirs : ours',
    `${(theirs.seconds / ours.seconds).toFixed(1)} ×`,
    `${(theirs.peakMegabytes / ours.peakMegabytes).toFixed(1)} ×`,
  );
}
