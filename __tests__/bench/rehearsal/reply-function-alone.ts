import { FunctionHost } from '../../../tools/rehearse/lambda/function-host';
import type { LambdaFunction } from '../../../tools/rehearse/lambda/functions';
import type { InvocationResult } from '../../../tools/rehearse/lambda/invocation';
import type { Network } from '../../../tools/rehearse/simulation/network';
import { random } from '../../../tools/rehearse/simulation/random';
import { VirtualClock } from '../../../tools/rehearse/simulation/virtual-clock';
import { readSystem } from './inputs';
import { warmUp } from './measure-load';

/** What this process prints. */
export interface FunctionTime {
  readonly wallMilliseconds: number;
}

/**
 * Hands messages to the archive of the reply function, in batches of the size and as many at once as its
 * event source mapping does, and answers its requests: no API, queue or policy. What is left is mostly the
 * AWS SDK.
 */
async function main([inputs = '', messages]: readonly string[]): Promise<void> {
  const { mappings, functions } = readSystem(inputs, 'dev');
  const [mapping] = mappings;
  const fn = functions.find(({ functionName }) => functionName === mapping?.functionName);
  if (!mapping || !fn) throw new Error('dev has no event source mapping with its function');
  const { batchSize, maximumConcurrency = 1, queueArn } = mapping;
  const clock = new VirtualClock(0);
  const { invoke } = hostOf(fn, clock);
  const event = { Records: Array.from({ length: batchSize }, (_, index) => recordOf(index, queueArn)) };
  const handle = async (count: number) => {
    for (let done = 0; done < count; done += batchSize * maximumConcurrency) {
      const invocations = Array.from({ length: maximumConcurrency }, () => invoke(event));
      await clock.run();
      for (const result of await Promise.all(invocations)) checkAnswered(result);
    }
  };
  await handle(warmUp);
  const start = performance.now();
  await handle(Number(messages));
  console.log(JSON.stringify({ wallMilliseconds: performance.now() - start } satisfies FunctionTime));
}

const hostOf = (fn: LambdaFunction, clock: VirtualClock) =>
  new FunctionHost(fn, {
    clock,
    random: random('bench'),
    network: answering(clock),
    credentials: () => ({ accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }),
    asyncWork: () => clock.atWork(),
  });

const answering =
  (clock: VirtualClock): Network =>
  (_request, answer) =>
    clock.after(1, () => answer({ status: 200, headers: new Map(), body: Buffer.alloc(0) }));

/** Each in a group of its own, as the load's are in a batch. */
function recordOf(index: number, eventSourceARN: string) {
  const id = `00000000-0000-4000-a000-${String(index).padStart(12, '0')}`;
  return {
    messageId: id,
    body: JSON.stringify({ MessageGroupId: `g${index}`, data: index }),
    attributes: { MessageGroupId: `g${index}`, ApproximateReceiveCount: '1' },
    messageAttributes: {
      connectionId: { dataType: 'String', stringValue: 'AAAAAAAAAAAAAAA=' },
      requestId: { dataType: 'String', stringValue: id },
    },
    eventSourceARN,
  };
}

function checkAnswered(result: InvocationResult): void {
  const json = JSON.stringify(result);
  if (json !== '{"kind":"returned","payload":{"batchItemFailures":[]}}') {
    throw new Error(`the reply function did not do all its work: ${json}`);
  }
}

void main(process.argv.slice(2));
