import os from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Most of their time the AWS provider waits for queues, 25 s each time: they begin first, and leave the processor alone. */
const waiting = ['terraform/deploy.test.ts', 'tools/doctor/deployed.test.ts', 'terraform/plans.test.ts'];

/** They run commands, servers or loads: each in a process of its own. */
const apart = [
  '__tests__/*.test.ts',
  '__tests__/{examples,migration}/*.test.ts',
  '__tests__/synthesis/{function-archive,provider-lock,run,hcl/terraform}.test.ts',
  '__tests__/terraform/**/*.test.ts',
  '__tests__/tools/local/!(options|keys|event-log|frame-sizes|example-calls).test.ts',
  '__tests__/tools/{lock,start,synth}/main.test.ts',
  '__tests__/tools/review/{main,resources/terraform-*}.test.ts',
  '__tests__/tools/doctor/{deployed,main}.test.ts',
  '__tests__/tools/doctor/probe/!(explain-answer).test.ts',
  '__tests__/tools/rehearse/{load,main}.test.ts',
];

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
    testTimeout: 30_000,
    sequence: { sequencer: WaitingFirst },
    // Two more than there are processors, for those that wait.
    maxWorkers: os.availableParallelism() + 2,
    projects: [
      { extends: true, test: { name: 'apart', include: apart } },
      {
        extends: true,
        test: {
          name: 'units',
          include: ['__tests__/**/*.test.ts'],
          exclude: apart,
          // They change nothing that another could see, and loading CDKTF for each would take longer than they do.
          isolate: false,
        },
      },
    ],
  },
});
