import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { atRate, rates } from './capacity/at-rate';
import { backlogCell, mostCell, rateName } from './capacity/cells';
import { capacityFlows } from './capacity/flows';
import { httpEnvironment } from './capacity/http-environment';
import { readSystem } from './rehearsal/inputs';
import { writeInputs } from './rehearsal/write-inputs';

/** The table of `docs/capacity.md`: what each rate leads to in each flow, in virtual time and without faults. */
export async function run(scratch: string): Promise<void> {
  const folder = path.join(scratch, 'capacity');
  mkdirSync(folder);
  const inputs = writeInputs(folder, [httpEnvironment]);
  console.log(
    '\nWhat waits when a rate has been sent for a while, and the most that a flow delivers a second\n',
  );
  printRow(['flow', ...rates.map(rateName), 'most a second']);
  printRow(['---', ...rates.map(() => '---'), '---']);
  for (const flow of capacityFlows) {
    const system = readSystem(inputs, flow.environment);
    const cells: string[] = [];
    let most = '';
    for (const rate of rates) {
      const figures = await atRate(flow, system, rate);
      cells.push(backlogCell(figures));
      most = mostCell(figures);
    }
    printRow([flow.title, ...cells, most]);
  }
}

const printRow = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);
