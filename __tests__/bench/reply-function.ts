import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { unzipSync } from 'fflate';
import { functionArchive } from '../../synthesis/function-archive';
import { projectRoot } from '../../synthesis/project-root';
import { ExecutionEnvironment } from './reply-function/environment';

/** One measured figure; `holds` says whether it keeps its target, where there is one. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: string;
  readonly holds?: boolean;
}

const POST_MILLIS = 50;
const BATCH = 10;
const INVOCATIONS = 11;
const IMPORTS = 11;
const MAX_POSTS_LONG = 1.5;

/** Measures the reply function as its archive runs, against a sequential one; prints the rows and returns them. */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-reply-'));
  try {
    const archive = functionArchive('websocket-reply');
    const code = unzipSync(archive.bytes)['index.js'] ?? new Uint8Array();
    const bundled = path.join(folder, 'index.js');
    writeFileSync(bundled, code);
    const rows = [
      ...(await latency(bundled, sequential(folder))),
      { name: 'archive', value: archive.bytes.length, unit: 'bytes' },
      { name: 'archive, unpacked', value: code.length, unit: 'bytes' },
      ...(await coldImport(bundled, unbundled(folder))),
    ];
    print(rows);
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function latency(ours: string, samples: string): Promise<BenchRow[]> {
  const api = createServer((request, response) => {
    request.resume();
    setTimeout(() => response.end(), POST_MILLIS);
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const variables = {
    CONNECTIONS_ENDPOINT: `http://127.0.0.1:${(api.address() as AddressInfo).port}/bench`,
  };
  const [our, sample] = [
    await ExecutionEnvironment.start(ours, variables),
    await ExecutionEnvironment.start(samples, variables),
  ];
  const times = { one: [] as number[], ours: [] as number[], samples: [] as number[] };
  try {
    await our.invoke(records(BATCH));
    await sample.invoke(records(BATCH));
    for (let index = 0; index < INVOCATIONS; index++) {
      times.one.push(await our.invoke(records(1)));
      times.ours.push(await our.invoke(records(BATCH)));
      if (index < 3) times.samples.push(await sample.invoke(records(BATCH)));
    }
  } finally {
    our.stop();
    sample.stop();
    api.closeAllConnections();
    api.close();
  }

  const one = median(times.one);
  const ratio = median(times.ours) / one;
  return [
    { name: `one post of ${POST_MILLIS} ms`, value: one, unit: 'ms' },
    { name: `${BATCH} records in ${BATCH} groups`, value: median(times.ours), unit: 'ms' },
    {
      name: `${BATCH} records in ${BATCH} groups ÷ one post`,
      value: ratio,
      unit: '×',
      target: `≤ ${MAX_POSTS_LONG} ×`,
      holds: ratio <= MAX_POSTS_LONG,
    },
    { name: 'the same, posted one after the other', value: median(times.samples), unit: 'ms' },
    {
      name: 'the same, posted one after the other ÷ one post',
      value: median(times.samples) / one,
      unit: '×',
    },
  ];
}

async function coldImport(bundled: string, fromPackages: string): Promise<BenchRow[]> {
  const times = { bundled: [] as number[], fromPackages: [] as number[] };
  for (let index = 0; index < IMPORTS; index++) {
    times.bundled.push(await importMillis(bundled));
    times.fromPackages.push(await importMillis(fromPackages));
  }
  const [one, other] = [median(times.bundled), median(times.fromPackages)];
  return [
    { name: 'cold import of the archive', value: one, unit: 'ms' },
    { name: 'cold import of the same code with packages from node_modules', value: other, unit: 'ms' },
    { name: 'cold import from node_modules ÷ of the archive', value: other / one, unit: '×' },
  ];
}

async function importMillis(modulePath: string): Promise<number> {
  const environment = await ExecutionEnvironment.start(modulePath);
  environment.stop();
  return environment.importMillis;
}

function sequential(folder: string): string {
  return built(
    '__tests__/bench/reply-function/sequential-handler.ts',
    path.join(folder, 'sequential.js'),
    {},
  );
}

function unbundled(folder: string): string {
  const outfile = path.join(folder, 'unbundled.js');
  return built('lambda-src/websocket-reply/index.ts', outfile, { packages: 'external' });
}

function built(entry: string, outfile: string, options: { readonly packages?: 'external' }): string {
  buildSync({
    absWorkingDir: projectRoot(),
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    minify: true,
    ...options,
  });
  return outfile;
}

function records(count: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    messageId: `m${index}`,
    body: '{"text":"hello"}',
    eventSourceARN: 'arn:aws:sqs:ap-northeast-2:111122223333:bench.fifo',
    attributes: { MessageGroupId: `g${index}` },
    messageAttributes: {
      connectionId: { dataType: 'String', stringValue: `c${index}=` },
      requestId: { dataType: 'String', stringValue: `r${index}` },
    },
  }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function print(rows: readonly BenchRow[]): void {
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, value, unit, target, holds } of rows) {
    const figure = unit === 'bytes' ? String(value) : value.toFixed(unit === '×' ? 2 : 1);
    const verdict = target ? `   target ${target}: ${holds ? 'holds' : 'MISSED'}` : '';
    console.log(`${name.padEnd(width)}  ${figure.padStart(8)} ${unit}${verdict}`);
  }
}
