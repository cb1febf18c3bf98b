import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { App, TerraformStack } from 'cdktf';
import { renderStack } from '../../synthesis/hcl';
import { median } from './process-figures';

function stackWith(queues: number, outdir: string): TerraformStack {
  const stack = new TerraformStack(new App({ outdir }), 'bench');
  for (let index = 0; index < queues; index++) {
    new SqsQueue(stack, `queue-${index}`, {
      name: `queue-${index}`,
      policy: JSON.stringify({ Statement: [{ Action: ['a', 'b'], Resource: '*' }] }),
      tags: { a: 'b', 'c d': 'say "e"' },
      timeouts: { create: '3m' },
      lifecycle: { preventDestroy: true },
    });
  }
  return stack;
}

function millis(work: () => unknown): number {
  return median(
    [1, 2, 3, 4, 5].map(() => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );
}

/** What HCL costs beside JSON, by number of resources: level per resource where it is linear. */
export async function run(scratch: string): Promise<void> {
  console.log(
    '\nThe HCL writer beside toTerraform(), which it calls itself, and the stock writer (in process)',
  );
  for (const count of [500, 1000, 2000]) {
    const stack = stackWith(count, `${scratch}/writer-${count}`);
    const json = millis(() => stack.toTerraform());
    const ours = millis(() => renderStack(stack));
    const stock = millis(() => stack.toHclTerraform());
    console.log(
      `  ${String(count).padStart(5)} resources  JSON ${json.toFixed(0).padStart(4)} ms  ours ${ours.toFixed(0).padStart(4)} ms  stock ${stock.toFixed(0).padStart(4)} ms  ours beyond JSON ${((ours - json) / count).toFixed(3)} ms a resource`,
    );
  }
}
