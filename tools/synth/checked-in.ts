import fs from 'node:fs';
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';

const extension = '.tf';

interface WithHcl {
  readonly id: string;
  readonly hcl: string;
}

/** Makes `folder` hold the HCL of exactly these stacks. */
export function writeCheckedIn(folder: string, stacks: readonly WithHcl[]): void {
  fs.mkdirSync(folder, { recursive: true });
  for (const { id, hcl } of stacks) fs.writeFileSync(path.join(folder, id + extension), hcl);
  for (const file of leftOver(folder, stacks)) fs.rmSync(path.join(folder, file));
}

/** A unified diff a file by which `folder` differs from what these stacks synthesize to; none where it is current. */
export function staleFiles(folder: string, stacks: readonly WithHcl[]): readonly string[] {
  return [
    ...stacks.flatMap(({ id, hcl }) => difference(folder, id + extension, hcl)),
    ...leftOver(folder, stacks).flatMap((file) => difference(folder, file, '')),
  ];
}

function difference(folder: string, file: string, synthesized: string): readonly string[] {
  const checkedIn = path.join(folder, file);
  const present = fs.existsSync(checkedIn) ? fs.readFileSync(checkedIn, 'utf8') : '';
  if (present === synthesized) return [];
  const name = `${path.basename(folder)}/${file}`;
  return [createTwoFilesPatch(name, name, present, synthesized, 'checked in', 'synthesized')];
}

const leftOver = (folder: string, stacks: readonly WithHcl[]) =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder)
        .filter((file) => file.endsWith(extension) && !stacks.some(({ id }) => file === id + extension))
        .sort()
    : [];
