import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { apiAlarmNames, functionAlarmNames, pipeAlarmNames } from '../../constructs/monitoring/alarm-names';
import { scenarios } from '../../tools/rehearse/scenarios';
import { synthesizeAll } from '../../tools/synth/synthesize';
import { atRate, rates } from '../bench/capacity/at-rate';
import { backlogCell, rateName } from '../bench/capacity/cells';
import { capacityFlows } from '../bench/capacity/flows';
import { httpEnvironment } from '../bench/capacity/http-environment';
import { readSystem } from '../bench/rehearsal/inputs';
import { writeInputs } from '../bench/rehearsal/write-inputs';
import { monitoredEnvironment } from '../fixtures/monitored-environment';
import { figure, money, type Row, table } from './tables';

const page = (name: string) => fs.readFileSync(`docs/${name}.md`, 'utf8');
const cost = page('cost');
const capacity = page('capacity');
const runbook = page('runbook');

const variants = [
  'REST → HTTPS',
  'REST → archive',
  'HTTP API → HTTPS',
  'HTTP API → archive',
  'WebSocket → reply',
] as const;
type Variant = (typeof variants)[number];

/** Environments as they were shipped, whatever a team makes of its own. */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'figures-'));
let inputs = '';
beforeAll(() => {
  inputs = writeInputs(folder, [httpEnvironment]);
}, 60_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const name = (cell = '') => cell.replaceAll('`', '');
/** By the name of the price, for a million or for one, as the quantities of the tables count. */
const prices = new Map(table(cost, 'price', 'USD').map((row) => [name(row.price), figure(row.USD ?? '')]));

const isTotal = ({ uses = '' }: Row) => uses.startsWith('**');
const totalOf = (rows: readonly Row[], variant: Variant): string => rows.find(isTotal)?.[variant] ?? '';

/** The tables of what is used, by the first words of their totals. */
const used = (total: string): readonly Row[] => {
  const found = [...cost.matchAll(/^\| uses .*\n\|.*\n(?:\|.*\n)+/gm)].map(([text]) =>
    table(`${text}\n`, 'uses'),
  );
  const [rows] = found.filter((candidates) => candidates.some((row) => row.uses === `**${total}**`));
  if (!rows) throw new Error(`no table ends with ${total}`);
  return rows;
};

function sum(rows: readonly Row[], variant: Variant): number {
  return rows
    .filter((row) => !isTotal(row))
    .reduce((total, row) => {
      const price = prices.get(name(row.uses));
      if (price === undefined) throw new Error(`no price ${row.uses}`);
      return total + price * figure(row[variant] ?? '');
    }, 0);
}

const million = used('USD a million');
const inTens = used('USD a million, in tens');
const month = used('USD a month');

describe('the page on cost', () => {
  test.each(variants)('%s: a million messages and a month are the sums of what they use', (variant) => {
    expect(totalOf(million, variant)).toBe(money(sum(million, variant)));
    expect(totalOf(month, variant)).toBe(money(sum(month, variant)));
    const replaced = new Set(inTens.map(({ uses }) => uses));
    const others = million.filter((row) => !isTotal(row) && !replaced.has(row.uses));
    expect(totalOf(inTens, variant)).toBe(money(sum([...others, ...inTens], variant)));
  });

  const seconds = 730 * 60 * 60;
  const traced: Readonly<Record<Variant, number>> = {
    'REST → HTTPS': 1,
    'REST → archive': 2,
    'HTTP API → HTTPS': 0,
    'HTTP API → archive': 1,
    'WebSocket → reply': 1,
  };

  test.each(table(cost, 'rate', 'million messages'))('$rate a month', (row) => {
    const [, count = '', unit = ''] = /^(\d+)\/(min|s)$/.exec(row.rate ?? '') ?? [];
    const rate = Number(count) / (unit === 'min' ? 60 : 1);
    const messages = (rate * seconds) / 1e6;
    expect(figure(row['million messages'] ?? '')).toBeCloseTo(messages, 6);
    const traces = ((Math.min(rate, 1) + 0.05 * Math.max(0, rate - 1)) * seconds) / 1e6;
    for (const variant of variants) {
      const tracing = traced[variant] * traces * (prices.get('xray-trace') ?? Number.NaN);
      const total = messages * sum(million, variant) + sum(month, variant) + tracing;
      expect([variant, row[variant]]).toEqual([variant, money(total)]);
    }
  });

  const options = table(cost, 'option');
  /** `6 \`alarm-month\`, 1 \`metric-month\`` by the prices' names. */
  const quantities = (cell = ''): ReadonlyMap<string, number> =>
    new Map(
      [...cell.matchAll(/([\d.,]+) `([\w-]+)`/g)].map(([, count = '', price = '']) => [price, figure(count)]),
    );

  test.each(options)('$option', (row) => {
    const total = (cell: string | undefined) =>
      [...quantities(cell)].reduce(
        (sum, [price, count]) => sum + count * (prices.get(price) ?? Number.NaN),
        0,
      );
    expect(row['USD a million']).toBe(money(total(row['a million uses'])));
    expect(row['USD a month']).toBe(money(total(row['a month uses'])));
  });

  it('counts the alarms of monitoring as they are synthesized', () => {
    const stacks = synthesizeAll(fs.mkdtempSync(path.join(folder, 'monitored-')), [monitoredEnvironment]);
    const alarms = stacks.flatMap(({ configuration }) =>
      Object.values(configuration.resource?.aws_cloudwatch_metric_alarm ?? {}),
    );
    const paidFor = alarms.reduce<number>((sum, alarm) => {
      const { metric_query = [] } = alarm as {
        readonly metric_query?: readonly { readonly metric?: unknown }[];
      };
      return sum + Math.max(1, metric_query.filter(({ metric }) => metric !== undefined).length);
    }, 0);
    const [api, webSocketApi, fn, pipe] = ['a REST', 'a WebSocket', 'a function', 'a pipe'].map(
      (part) =>
        quantities(options.find(({ option = '' }) => option.includes(`, ${part}`))?.['a month uses']).get(
          'alarm-month',
        ) ?? Number.NaN,
    ) as [number, number, number, number];
    // One API of each kind, three queues with two alarms each, two functions and two pipes.
    expect(api + webSocketApi + 3 * 2 + 2 * fn + 2 * pipe).toBe(paidFor);
  });

  test.each(table(cost, 'clients'))('$clients connected clients', (row) => {
    const minutes = (figure(row.clients ?? '') * 730 * 60) / 1e6;
    expect(figure(row['million connection minutes'] ?? '')).toBeCloseTo(minutes, 6);
    expect(row['USD a month']).toBe(money(minutes * (prices.get('connection-minute') ?? Number.NaN)));
  });

  test.each(table(cost, 'KB'))('$KB KB are metered by their chunks', (row) => {
    const chunks = (size: number) => Math.ceil(figure(row.KB ?? '') / size);
    expect(row).toMatchObject({
      'SQS requests': String(2 * chunks(64) + 1),
      'pipe requests': String(chunks(64)),
      'API destination requests': String(chunks(64)),
      'HTTP API requests': String(chunks(512)),
      'WebSocket messages, each way': chunks(32) <= 4 ? String(chunks(32)) : '–',
    });
  });
});

describe('the page on capacity', () => {
  test.each(table(capacity, 'consumer'))('$consumer takes what its row says', (row) => {
    const of = (column: string) => figure(row[column] ?? '');
    expect(of('most a second')).toBeCloseTo((of('at once') * of('batch')) / of('seconds a batch'), 6);
  });

  test.each(table(capacity, 'sent'))('$sent sent, $taken taken', (row) => {
    const [sent, taken] = [figure(row.sent ?? ''), figure(row.taken ?? '')];
    expect(figure(row['backlog grows by'] ?? '')).toBe(sent - taken);
    expect(figure(row['backlog after an hour'] ?? '')).toBe((sent - taken) * 3600);
    const days = Number.parseFloat(row['oldest waits longer than 7 days after'] ?? '');
    expect(days).toBeCloseTo((7 * sent) / (sent - taken), 1);
  });

  const rehearsed = table(capacity, 'flow');

  it('has a row of the bench for each flow, and a column for each rate', () => {
    expect(rehearsed.map(({ flow }) => flow)).toEqual(capacityFlows.map(({ title }) => title));
    expect(Object.keys(rehearsed[0] ?? {})).toEqual(['flow', ...rates.map(rateName), 'most a second']);
  });

  // All of it takes the bench a minute: the smallest rate, and a middle one where something waits then.
  test.each(capacityFlows)('rehearses what it says of $title', async (flow) => {
    const system = readSystem(inputs, flow.environment);
    const row = rehearsed.find(({ flow: title }) => title === flow.title) ?? {};
    for (const rate of [1 / 60, ...(row['100/s'] === 'none' ? [] : [100])]) {
      expect(backlogCell(await atRate(flow, system, rate))).toBe(row[rateName(rate)]);
    }
  });
});

describe.each([
  ['runbook', runbook],
  ['cost', cost],
  ['capacity', capacity],
])('docs/%s.md', (_, text) => {
  it('names only settings that environments have', () => {
    const settings = ['environments/environment.ts', 'constructs/api/throttling.ts']
      .flatMap((file) => [...fs.readFileSync(file, 'utf8').matchAll(/readonly (\w+)\??:/g)])
      .map(([, setting = '']) => setting);
    const code = [...text.matchAll(/`([^`\n]+)`/g)].map(([, quoted = '']) => quoted);
    // A setting alone, with its value, or after those that it is within: as opposed to AWS's names of the same form.
    const named = code.flatMap((quoted) => {
      const [, setting] = /^(?:\w+\.)*([a-z]+[A-Z]\w*)(?::.*)?$/.exec(quoted) ?? [];
      return setting === undefined ? [] : [setting];
    });
    expect(named.filter((setting) => !settings.includes(setting) && !awsNames.includes(setting))).toEqual([]);
  });

  it('names only resources that the shipped environments have', () => {
    const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const synthesized = files
      .map((file) => (/cdk\.tf$/.test(file) ? fs.readFileSync(path.join(folder, file), 'utf8') : file))
      .join('\n');
    const named = [...text.matchAll(/\b(?:dev|prod)-[a-z]+(?:-[a-z]+)*(?:\.fifo)?/g)].map(([found]) => found);
    expect([...new Set(named)].filter((resource) => !synthesized.includes(resource))).toEqual([]);
  });
});

it('the runbook has each alarm of monitoring among its symptoms', () => {
  const names = [apiAlarmNames, functionAlarmNames, pipeAlarmNames].flatMap((of) => Object.values(of('…')));
  expect(names.filter((alarm) => !runbook.includes(`\`${alarm}\``))).toEqual([]);
});

it('the pages quote scenarios as the rehearsal names them', () => {
  const quoted = [...(runbook + capacity).matchAll(/--scenario (\S+).*\n +✓ (.+)\n/g)].map(
    ([, id, title]) => ({
      id,
      title,
    }),
  );
  expect(quoted.length).toBeGreaterThan(0);
  expect(scenarios.map(({ id, title }) => ({ id, title }))).toEqual(expect.arrayContaining(quoted));
});

/** Fields of AWS's answers, metrics and access logs that look like settings. */
const awsNames = [
  'integrationStatus',
  'integrationError',
  'requestId',
  'sourceIp',
  'messageId',
  'receivedAt',
  'cloudwatchRoleArn',
];
