import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildFailure, type BuildOptions, buildSync, version as esbuildVersion } from 'esbuild';
import { type ZipOptions, zipSync } from 'fflate';
import { projectRoot } from './project-root';

const DIGEST_BYTES = 32;

/** The code of a Lambda function, ready to be uploaded. */
export interface FunctionArchive {
  /** The zip; the same sources give the same bytes on any machine, in any folder, at any time. */
  readonly bytes: Uint8Array;
  /** SHA-256 in base64, as Terraform's `filebase64sha256` computes it and `source_code_hash` compares it. */
  readonly sha256Base64: string;
  /** File name for the zip. */
  readonly fileName: string;
  /** Lambda's `handler`. */
  readonly handler: string;
}

const BUNDLE_OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  // The SDK's ES modules, where its CommonJS ones are preferred by default and cannot be tree-shaken.
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': './lambda-src/shared/environment-credentials.ts' },
  // In place of tsconfig.json, so that its settings for the tools around do not change the bytes.
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  charset: 'utf8',
  write: false,
  logLevel: 'silent',
} as const satisfies BuildOptions;

// A zip stores local time, and a time without a zone is local: these digits, wherever it is made.
const ZIP_OPTIONS: ZipOptions = { level: 9, mtime: '1980-01-01T12:00:00', os: 3, attrs: 0o100644 << 16 };

/**
 * Bundles the function in `lambda-src/<name>/` with the AWS SDK into one file and zips it. Results are kept in
 * `node_modules/.cache/`, under a hash over everything that decides the bytes.
 *
 * @throws when there is no such function, naming those there are; when it cannot be bundled, naming file and line.
 */
export function functionArchive(name: string): FunctionArchive {
  const root = projectRoot();
  const sources = sourceFiles(root);
  const names = sources
    .map((file) => /^lambda-src\/([^/]+)\/index\.ts$/.exec(file)?.[1])
    .filter((found) => found !== undefined);
  if (!names.includes(name)) {
    throw new Error(`There is no function "${name}" in lambda-src/: it has ${names.join(', ') || 'none'}.`);
  }
  const cacheFile = path.join(
    root,
    'node_modules/.cache/function-archive',
    `${name}-${inputsHash(root, sources)}`,
  );
  const bytes = kept(cacheFile, () => zipSync({ 'index.js': [bundle(root, name), ZIP_OPTIONS] }));
  return {
    bytes,
    sha256Base64: digest(bytes).toString('base64'),
    fileName: `${name}.zip`,
    handler: 'index.handler',
  };
}

function bundle(root: string, name: string): Uint8Array {
  try {
    const { outputFiles } = buildSync({
      ...BUNDLE_OPTIONS,
      mainFields: [...BUNDLE_OPTIONS.mainFields],
      absWorkingDir: root,
      entryPoints: [`lambda-src/${name}/index.ts`],
    });
    return (outputFiles[0] as { contents: Uint8Array }).contents;
  } catch (error) {
    throw new Error(
      `The function "${name}" cannot be bundled:${causes(error as Partial<BuildFailure> & Error)}`,
    );
  }
}

function causes({ errors, message }: Partial<BuildFailure> & Error): string {
  if (!errors?.length) return ` ${message}`;
  return errors
    .map(({ location, text }) => {
      const place = location ? `${location.file}:${location.line}:${location.column + 1}: ` : '';
      return `\n  ${place}${text}`;
    })
    .join('');
}

function sourceFiles(root: string): readonly string[] {
  return readdirSync(path.join(root, 'lambda-src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

/** Over everything that decides the bytes; npm's hidden lockfile says what is installed, the other what should be. */
function inputsHash(root: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([esbuildVersion, BUNDLE_OPTIONS, ZIP_OPTIONS]));
  for (const file of [...sources, 'package.json', 'package-lock.json', 'node_modules/.package-lock.json']) {
    const content = readable(path.join(root, file));
    hash.update(JSON.stringify([file, content?.length])).update(content ?? '');
  }
  return hash.digest('hex');
}

/** What the cache keeps in `file`, behind its own checksum so that a damaged file counts as missing; else made. */
function kept(file: string, make: () => Uint8Array): Uint8Array {
  const content = readable(file);
  const bytes = content && new Uint8Array(content.subarray(DIGEST_BYTES));
  if (bytes && digest(bytes).equals(content.subarray(0, DIGEST_BYTES))) return bytes;
  const made = make();
  keep(file, made);
  return made;
}

function keep(file: string, bytes: Uint8Array): void {
  let temporary: string | undefined;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    temporary = `${file}.${randomUUID()}`;
    // Renamed when complete: other processes read all of it or nothing.
    writeFileSync(temporary, Buffer.concat([digest(bytes), bytes]));
    renameSync(temporary, file);
  } catch {
    if (temporary) rmSync(temporary, { force: true });
  }
}

function readable(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
