import path from 'node:path';
import vm from 'node:vm';
import { transformSync } from 'esbuild';
import { unzipSync } from 'fflate';
import { NotSimulated } from '../../not-simulated';
import type { Archive } from './functions';

/** What stands in for the globals of a module's code; see `execution-environment.ts`. */
export const injectedGlobals = [
  'AbortSignal',
  'Date',
  'EventSource',
  'Math',
  'MessageChannel',
  'BroadcastChannel',
  'WebSocket',
  'awslambda',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'fetch',
  'global',
  'globalThis',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
] as const;

export type InjectedGlobals = Readonly<Record<(typeof injectedGlobals)[number], unknown>>;

/** Runs a module's code: with globals, and then as Node runs a CommonJS module. */
type Module = (
  ...globals: unknown[]
) => (
  this: unknown,
  exports: object,
  require: (id: string) => unknown,
  module: { exports: unknown },
  filename: string,
  folder: string,
) => void;

/** The files of an archive, with their code compiled: once, however many processes run it. */
export class ArchiveCode {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly #modules = new Map<string, Module>();

  constructor(
    private readonly address: string,
    bytes: Uint8Array,
  ) {
    this.files = new Map(Object.entries(unzipSync(bytes)));
  }

  /** @throws SyntaxError where the code has one */
  module(file: string): Module {
    const known = this.#modules.get(file);
    if (known) return known;
    const compiled = compile(
      commonJs(this.#text(file), `${this.address}: ${file}`, this.#isEsModule(file)),
      file,
    );
    this.#modules.set(file, compiled);
    return compiled;
  }

  json(file: string): unknown {
    return JSON.parse(this.#text(file));
  }

  #text(file: string): string {
    return Buffer.from(this.files.get(file) as Uint8Array).toString();
  }

  /** https://nodejs.org/docs/latest-v22.x/api/packages.html#determining-module-system */
  #isEsModule(file: string): boolean {
    if (file.endsWith('.mjs')) return true;
    if (file.endsWith('.cjs')) return false;
    for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
      const description = path.posix.join(folder, 'package.json');
      if (this.files.has(description)) {
        return (this.json(description) as { readonly type?: string }).type === 'module';
      }
      if (folder === '.') return false;
    }
  }
}

const codes = new Map<string, ArchiveCode>();

/** The code of an archive; the same archive's is the same. */
export function archiveCode({ sha256Base64, bytes }: Archive, address: string): ArchiveCode {
  let code = codes.get(sha256Base64);
  if (!code) {
    code = new ArchiveCode(address, bytes);
    codes.set(sha256Base64, code);
  }
  return code;
}

/**
 * Code that gets everything through `require`: `import()` would load the machine's own modules, whatever
 * surrounds it, and V8 takes no other than real module namespaces in its place.
 */
function commonJs(code: string, where: string, esModule: boolean): string {
  const text = code.replace(/^#!.*/, '');
  if (!esModule && !/\bimport\b/.test(text)) return text;
  try {
    return transformSync(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node20.19',
      supported: { 'dynamic-import': false },
      define: { 'import.meta.url': '"file:///var/task/index.mjs"' },
      minifyWhitespace: true,
      charset: 'utf8',
      logLevel: 'silent',
    }).code;
  } catch (error) {
    const [reason] = (error as { readonly errors?: readonly { readonly text: string }[] }).errors ?? [];
    if (reason?.text.startsWith('Top-level await'))
      throw new NotSimulated(where, 'await outside of a function');
    throw new SyntaxError(reason?.text ?? String(error));
  }
}

function compile(code: string, file: string): Module {
  const parameters = 'exports, require, module, __filename, __dirname';
  const before = `(function (${injectedGlobals.join(', ')}) { return function (${parameters}) { `;
  const script = new vm.Script(`${before}${code}\n}})`, {
    filename: `/var/task/${file}`,
    columnOffset: -before.length,
  });
  return script.runInThisContext() as Module;
}
