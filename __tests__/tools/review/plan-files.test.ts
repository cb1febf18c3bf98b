import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { PlanOption } from '../../../tools/review/options';
import { readPlanFiles } from '../../../tools/review/plan-files';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'plan-files-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const written = (name: string, text: string) => {
  const file = path.join(scratch, name);
  fs.writeFileSync(file, text);
  return file;
};
const good = written('dev-a.json', '{"format_version":"1.2","resource_changes":[]}');

describe("plans' files", () => {
  it('are read by their stacks', () => {
    expect(readPlanFiles([{ stackId: 'dev-a', file: good }], ['dev-a'])).toEqual(
      new Map([['dev-a', { format_version: '1.2', resource_changes: [] }]]),
    );
  });

  const cases: readonly (readonly [string, readonly PlanOption[], string])[] = [
    [
      'of a stack that there is not',
      [{ stackId: 'dev-b', file: good }],
      `${good}: there is no stack dev-b; there are dev-a`,
    ],
    [
      'a second time',
      [
        { stackId: 'dev-a', file: good },
        { stackId: 'dev-a', file: good },
      ],
      `${good}: dev-a has a plan already`,
    ],
    ['that are not there', [{ stackId: 'dev-a', file: 'no-such.json' }], 'no-such.json: ENOENT'],
    ...[
      ['binary.json', 'PK\u0003\u0004'],
      ['null.json', 'null'],
      ['state.json', '{"version":4}'],
    ].map(([name = '', text = '']) => {
      const file = written(name, text);
      return [
        `as ${name}`,
        [{ stackId: 'dev-a', file }],
        `${file}: it is no plan in JSON; write it with terraform show -json <plan file>`,
      ] as const;
    }),
  ];
  it.each(cases)('are refused %s', (_, options, message) => {
    expect(() => readPlanFiles(options, ['dev-a'])).toThrow(`--plan ${message}`);
  });
});
