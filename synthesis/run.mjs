// Runs a TypeScript entry point: `node synthesis/run.mjs main.ts [arguments]`.
//
// The entry and everything of ours that it imports are bundled in memory and run in this process: a synth takes a
// fraction of what a TypeScript loader takes, and no file of ours is written. Packages stay outside, but for CDKTF's
// own, whose hundreds of files are kept as one (libraries.mjs). Types are checked by `npm run check:types`, not here.
import Module, { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { buildSync } from 'esbuild';
import { keptLibraries } from './libraries.mjs';

const projectRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  console.error('usage: node synthesis/run.mjs <entry.ts> [arguments]');
  process.exit(2);
}

// In the project's root, where the source map's paths begin and packages are found.
const bundleFile = path.join(projectRoot, 'bundle.cjs');
const { outputFiles, metafile } = bundle(entry);
const [map, code] = outputFiles;

// CDKTF takes a stack for each of its thousands of tokens, which nobody reads here: only errors get theirs as text.
Error.prepareStackTrace = (error, frames) =>
  error instanceof Error ? [String(error), ...frames].join('\n    at ') : '';
process.on('uncaughtException', (error) => {
  console.error(error instanceof Error ? mapped(error) : error);
  process.exit(1);
});
// Whoever reads the output may have seen enough of it: `npm start | head`.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode);
});
process.argv = [process.argv[0], path.join(projectRoot, entry), ...args];
run();

function run() {
  const program = new Module(bundleFile);
  const requireFile = Module.createRequire(bundleFile);
  const library = keptLibraries(projectRoot, packagesOf(metafile));
  const requireAny = Object.assign((id) => library(id) ?? requireFile(id), requireFile);
  const start = new vm.Script(Module.wrap(code.text), { filename: bundleFile }).runInThisContext();
  start.call(program.exports, program.exports, requireAny, program, bundleFile, projectRoot);
}

function bundle(entryPoint) {
  try {
    return buildSync({
      absWorkingDir: projectRoot,
      entryPoints: [entryPoint],
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      packages: 'external',
      // Of ES modules alone: `require` does not find it.
      alias: { 'json-schema-faker': path.join(projectRoot, 'node_modules/json-schema-faker/dist/index.js') },
      outfile: bundleFile,
      sourcemap: 'external',
      sourcesContent: false,
      metafile: true,
      write: false,
      logLevel: 'error',
    });
  } catch {
    // esbuild has printed the file, the line and the reason.
    process.exit(1);
  }
}

function packagesOf({ outputs }) {
  return Object.values(outputs).flatMap(({ imports }) => imports.map(({ path: id }) => id));
}

/** An error's stack in the places of the sources; Node's own source map support would load the map for every run. */
function mapped(error) {
  const sourceMap = new SourceMap(JSON.parse(map.text));
  return error.stack?.replace(/\(?([^\s()]*bundle\.cjs):(\d+):(\d+)\)?/g, (frame, _file, line, column) => {
    const { originalSource, originalLine, originalColumn } = sourceMap.findEntry(line - 1, column - 1);
    return originalSource ? `(${originalSource}:${originalLine + 1}:${originalColumn + 1})` : frame;
  });
}
