import fs from 'node:fs';
import path from 'node:path';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

const filesOf = new WeakMap<TerraformStack, Map<string, Uint8Array>>();

/**
 * Puts a file into the folder that the stack's Terraform runs in; a remote run uploads it with the configuration.
 * @param relativePath as the configuration names it, with `/`; the same path with the same bytes may be added again
 * @throws Error when the stack already has another file there
 */
export function addStackFile(scope: Construct, relativePath: string, bytes: Uint8Array): void {
  const stack = TerraformStack.of(scope);
  const files = filesOf.get(stack) ?? new Map<string, Uint8Array>();
  const present = files.get(relativePath);
  if (present && !Buffer.from(present).equals(bytes)) {
    throw new Error(
      `${scope.node.path}: the stack already has another file ${relativePath}; choose another path`,
    );
  }
  filesOf.set(stack, files.set(relativePath, bytes));
}

/** Writes the stack's files below `folder`. */
export function writeStackFiles(stack: TerraformStack, folder: string): void {
  for (const [relativePath, bytes] of filesOf.get(stack) ?? []) {
    const file = path.join(folder, relativePath);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
  }
}
