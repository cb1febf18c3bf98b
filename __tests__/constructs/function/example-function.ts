import { NodeFunction, type NodeFunctionProps } from '../../../constructs/function/node-function';
import { exampleStack } from '../../support/synthesized';

/** The reply function with everything it must be told; and `changes` to that. */
export function exampleFunction(changes: Partial<NodeFunctionProps> = {}) {
  const stack = exampleStack();
  const reply = new NodeFunction(stack, 'reply', {
    name: 'dev-reply',
    description: 'Replies to messages',
    source: 'websocket-reply',
    timeoutSeconds: 30,
    reservedConcurrency: 10,
    environment: { CONNECTIONS_ENDPOINT: 'https://example.com/v1' },
    logRetentionDays: 30,
    ...changes,
  });
  return { stack, reply };
}
