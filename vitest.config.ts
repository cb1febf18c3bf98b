import os from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Most of their time the AWS provider waits for queues, 25 s each time: they begin first, and leave the processor alone. */
const waiting = ['terraform/deploy.test.ts', 'tools/doctor/deployed.test.ts', 'terraform/plans.test.ts'];

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = waiting.findIndex((file) => moduleId.endsWith(`/__tests__/${file}`));
      return index < 0 ? waiting.length : index;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    testTimeout: 30_000,
    sequence: { sequencer: WaitingFirst },
    // As many more than there are processors as there are files that wait.
    maxWorkers: os.availableParallelism() + waiting.length,
  },
});
