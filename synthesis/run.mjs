// Runs a TypeScript entry point: `node synthesis/run.mjs main.ts [arguments]`.
//
// The entry and everything of ours that it imports are bundled in memory, packages stay outside, and the
// result is run in this process. No file is written, so two runs cannot trip over each other, and a synth takes
// a fraction of what a TypeScript loader takes. Types are checked by `npm run check:types`, not here.
import Module, { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const projectRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  console.error('usage: node synthesis/run.mjs <entry.ts> [arguments]');
  process.exit(2);
}

// In the project's root, where the source map's paths begin and packages are found.
const bundleFile = path.join(projectRoot, 'bundle.cjs');
const [map, code] = bundle(entry).outputFiles;

process.on('uncaughtException', (error) => {
  console.error(error instanceof Error ? mapped(error) : error);
  process.exit(1);
});
process.argv = [process.argv[0], path.join(projectRoot, entry), ...args];
const program = new Module(bundleFile);
program.filename = bundleFile;
program.paths = Module._nodeModulePaths(projectRoot);
program._compile(code.text, bundleFile);

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
      outfile: bundleFile,
      sourcemap: 'external',
      sourcesContent: false,
      write: false,
      logLevel: 'error',
    });
  } catch {
    // esbuild has printed the file, the line and the reason.
    process.exit(1);
  }
}

/**
 * An error's stack in the places of the sources. Node's own source map support would translate every stack, and CDKTF
 * takes one for each of its thousands of tokens.
 */
function mapped(error) {
  const sourceMap = new SourceMap(JSON.parse(map.text));
  return error.stack?.replace(/\(?([^\s()]*bundle\.cjs):(\d+):(\d+)\)?/g, (frame, _file, line, column) => {
    const { originalSource, originalLine, originalColumn } = sourceMap.findEntry(line - 1, column - 1);
    return originalSource ? `(${originalSource}:${originalLine + 1}:${originalColumn + 1})` : frame;
  });
}
