import type { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { CallbackReceiverStack } from './callback-receiver';
import { DeploymentRolesStack } from './deployment-roles';
import { HttpCallbackReceiverStack } from './http-callback-receiver';
import { MonitoringStack } from './monitoring';
import { SubscriberPipeStack } from './subscriber-pipe';
import { WebSocketReplyStack } from './websocket-reply';

/** The stacks of an environment, in the order in which `cdktf deploy '*'` may take them. */
export function addStacks(scope: Construct, environment: Environment): void {
  const { callbackReceiver, httpCallbackReceiver, websocketReply, subscriberPipe } = environment;
  const { deploymentRoles, manageAccountLogging } = environment;
  const monitoring = environment.monitoring && new MonitoringStack(scope, environment);
  const roles = deploymentRoles && new DeploymentRolesStack(scope, environment, deploymentRoles);
  const receiver = callbackReceiver && new CallbackReceiverStack(scope, environment, callbackReceiver);
  const http =
    httpCallbackReceiver && new HttpCallbackReceiverStack(scope, environment, httpCallbackReceiver);
  const reply = websocketReply && new WebSocketReplyStack(scope, environment, websocketReply);
  const pipe = subscriberPipe && new SubscriberPipeStack(scope, environment, subscriberPipe);
  // Alarms and rules name its topic.
  if (monitoring) for (const stack of [receiver, http, reply, pipe]) stack?.addDependency(monitoring);
  // It makes the boundary that the roles of all others are made with.
  if (roles) for (const stack of [monitoring, receiver, http, reply, pipe]) stack?.addDependency(roles);
  // The receiver sets the role without which the reply stack's stage cannot log.
  if (receiver && reply && manageAccountLogging) reply.addDependency(receiver);
  // EventBridge tries a pipe's source as the pipe is made.
  for (const queues of [receiver, http]) if (queues && pipe) pipe.addDependency(queues);
}
