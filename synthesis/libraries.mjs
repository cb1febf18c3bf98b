// CDKTF's libraries as one file, kept in node_modules/.cache: finding and compiling their hundreds of files takes
// longer than a synth. What is kept is compiled code of exactly the packages that are installed.
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { buildSync, version as esbuildVersion } from 'esbuild';

/** Together or not at all: two copies of CDKTF in one process do not know each other's tokens. */
const isKept = (id) => /^(cdkt[fn]|constructs|@cdkt[fn]\/provider-aws)(\/|$)/.test(id);

/**
 * Looks a library up among those that are kept; undefined for all others, which Node.js finds by itself.
 *
 * @param {string} projectRoot
 * @param {readonly string[]} ids the packages and files of packages that a program imports
 * @returns {(id: string) => unknown}
 */
export function keptLibraries(projectRoot, ids) {
  const kept = [...new Set(ids.filter(isKept))].sort();
  const installed = readable(path.join(projectRoot, 'node_modules/.package-lock.json'));
  if (kept.length === 0 || !installed) return () => undefined;
  const hash = createHash('sha256');
  hash.update(JSON.stringify([esbuildVersion, process.version, process.arch, kept])).update(installed);
  const file = path.join(projectRoot, 'node_modules/.cache/libraries', `${hash.digest('hex')}.cjs`);

  const code = readable(file) ?? build(projectRoot, kept);
  const cachedData = readable(`${file}.v8`);
  const script = new vm.Script(Module.wrap(code.toString()), {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  const libraries = new Module(file);
  script.runInThisContext()(
    libraries.exports,
    Module.createRequire(file),
    libraries,
    file,
    path.dirname(file),
  );
  if (!cachedData || script.cachedDataRejected) {
    // After the run, when what it called is compiled too.
    process.once('exit', () => {
      keep(file, code);
      keep(`${file}.v8`, script.createCachedData());
    });
  }
  return (id) => libraries.exports[id]?.();
}

function build(projectRoot, ids) {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `module.exports = {${ids.map((id) => `${JSON.stringify(id)}: () => require(${JSON.stringify(id)})`).join()}}`,
      resolveDir: projectRoot,
    },
    absWorkingDir: projectRoot,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
    logLevel: 'error',
  });
  return Buffer.from(outputFiles[0].contents);
}

/** Renamed when complete: other processes read all of it or nothing. A cache that cannot be written is not used. */
function keep(file, content) {
  const temporary = `${file}.${randomUUID()}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(temporary, content);
    fs.renameSync(temporary, file);
  } catch {
    fs.rmSync(temporary, { force: true });
  }
}

function readable(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}
