import path from 'node:path';
import type { NotSimulated } from '../../not-simulated';
import { type ArchiveCode, type InjectedGlobals, injectedGlobals } from './archive-code';
import { isNodeModule } from './node/modules';

export interface LoaderOptions {
  readonly code: ArchiveCode;
  readonly globals: InjectedGlobals;
  readonly nodeModule: (id: string) => unknown;
  readonly unknown: (what: string) => NotSimulated;
}

/** Loads modules of an archive as Node does, each once. */
export class ModuleLoader {
  readonly #loaded = new Map<string, { exports: unknown }>();
  readonly #globals: readonly unknown[];

  constructor(private readonly options: LoaderOptions) {
    this.#globals = injectedGlobals.map((name) => options.globals[name]);
  }

  /** Whether the archive has the file. */
  has(file: string): boolean {
    return this.options.code.files.has(file);
  }

  /** @throws what the module throws */
  load(file: string): unknown {
    const known = this.#loaded.get(file);
    if (known) return known.exports;
    const { code } = this.options;
    const module = { exports: {} as unknown };
    this.#loaded.set(file, module);
    try {
      if (file.endsWith('.json')) module.exports = code.json(file);
      else this.#run(file, module);
    } catch (error) {
      this.#loaded.delete(file);
      throw error;
    }
    return module.exports;
  }

  #run(file: string, module: { exports: unknown }): void {
    const folder = path.posix.dirname(file);
    const start = this.options.code.module(file)(...this.#globals);
    const absolute = `/var/task/${file}`;
    start.call(
      module.exports,
      module.exports as object,
      (id) => this.#require(id, folder),
      module,
      absolute,
      path.posix.dirname(absolute),
    );
  }

  #require(id: string, from: string): unknown {
    if (id === 'module' || id === 'node:module') {
      return { createRequire: () => (other: string) => this.#require(other, from) };
    }
    if (isNodeModule(id)) return this.options.nodeModule(id);
    const file = this.#resolve(id, from);
    if (file !== undefined) return this.load(file);
    throw Object.assign(new Error(`Cannot find module '${id}'`), { code: 'MODULE_NOT_FOUND' });
  }

  /** https://nodejs.org/docs/latest-v22.x/api/modules.html#all-together */
  #resolve(id: string, from: string): string | undefined {
    const { unknown } = this.options;
    if (!/^\.{0,2}\//.test(id) && id !== '.' && id !== '..') {
      // Node.js runtimes bring the SDK, in a version that only Lambda knows.
      if (/^@(aws-sdk|smithy)\//.test(id)) throw unknown(`the package ${id}, which is not in the archive,`);
      if ([...this.options.code.files.keys()].some((file) => file.includes('node_modules/'))) {
        throw unknown(`the package ${id}, beside the bundle,`);
      }
      return undefined;
    }
    const base = path.posix.join(id.startsWith('/') ? '' : from, id.replace(/^\/var\/task\//, ''));
    return ['', '.js', '.json', '.cjs', '/index.js', '/index.json']
      .map((ending) => `${base}${ending}`)
      .find((file) => this.has(file));
  }
}
