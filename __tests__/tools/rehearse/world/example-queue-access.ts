import { existingQueue, queuesOf } from '../../../../tools/rehearse/sqs/queue';
import { Access, type Session } from '../../../../tools/rehearse/world/access';
import { accessPoliciesOf } from '../../../../tools/rehearse/world/access-policies';
import { QueueAccess, type QueueAction } from '../../../../tools/rehearse/world/queue-access';
import {
  at,
  planOf,
  queue,
  queueArn,
  type Resources,
  role,
  roleArn,
  together,
  type WrittenStatement,
} from './example-stacks';

/** The queue `orders`, as someone sees it who has these statements in a role. */
export function ordersAs(statements: readonly WrittenStatement[], ...resources: readonly Resources[]) {
  const plan = planOf(
    together(queue('orders'), role('worker', 'lambda.amazonaws.com', statements), ...resources),
  );
  const access = new Access(accessPoliciesOf([plan]), () => 0);
  const session = access.assumeRole('lambda.amazonaws.com', {
    roleArn: roleArn('worker'),
    sessionName: 's',
    context: {},
  }) as Session;
  const settings = queuesOf(plan).find(({ name }) => name === 'orders') ?? existingQueue(queueArn('orders'));
  const queueAccess = new QueueAccess(access, at);
  return {
    access,
    queueAccess,
    session,
    settings,
    refusal: (action: QueueAction, changes: Partial<typeof settings> = {}) =>
      queueAccess.refusal(session, action, { ...settings, ...changes }),
  };
}
