import { optionalText, text } from '../../plan/attributes';
import type { Plan } from '../../plan/plan';
import { addressesBy, keyOf, logGroupsOf, partOf, rowsOf, type StackFlow } from './stack-flow';
import type { StackRoles } from './stack-roles';
import type { Arrow } from './system';

/** Pipes, and the servers that they deliver to. */
export function stackPipes(plan: Plan, roles: StackRoles): StackFlow {
  const pipes = rowsOf(plan, 'aws_pipes_pipe', 'name', 'role_arn', 'source', 'target');
  const connections = addressesBy(rowsOf(plan, 'aws_cloudwatch_event_connection', 'arn'), (connection) =>
    text(connection, 'arn'),
  );
  const destinations = rowsOf(
    plan,
    'aws_cloudwatch_event_api_destination',
    'arn',
    'connection_arn',
    'invocation_endpoint',
  );
  return {
    parts: [
      ...pipes.map((pipe) =>
        partOf(plan, pipe, {
          kind: 'pipe',
          name: text(pipe, 'name'),
          behind: [...roles.addresses(optionalText(pipe, 'role_arn')), ...logGroupsOf(plan, pipe)],
        }),
      ),
      ...destinations.map((destination) =>
        partOf(plan, destination, {
          kind: 'destination',
          name: hostOf(text(destination, 'invocation_endpoint')),
          arn: text(destination, 'arn'),
          behind: connections(optionalText(destination, 'connection_arn')),
        }),
      ),
    ],
    arrows: pipes.flatMap((pipe): readonly Arrow[] => [
      { from: text(pipe, 'source'), to: keyOf(plan, pipe), kind: 'messages', label: undefined },
      { from: keyOf(plan, pipe), to: text(pipe, 'target'), kind: 'messages', label: undefined },
    ]),
  };
}

/** An address that is no URL stands for itself: it may be masked. */
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
