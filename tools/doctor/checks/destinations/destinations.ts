import {
  DescribeApiDestinationCommand,
  type DescribeApiDestinationResponse,
  DescribeConnectionCommand,
  type DescribeConnectionResponse,
} from '@aws-sdk/client-eventbridge';
import { text } from '../../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';
import { type Pipe, pipesOf } from '../../../rehearse/pipe/pipes';
import type { Check, Permission, Subject } from '../../check';
import type { Finding } from '../../finding';
import { queueWaits } from '../pipes/pipe-queue';
import { connectionDifferences, connectionStateTold } from './connection-state';
import { destinationDifferences } from './destination-differences';

/** API destinations and the connections that authorize their requests. */
export const destinations: Check = {
  name: 'API destinations and connections',
  permissions: (plan) => [
    ...connectionsOf(plan).map((connection) => describingConnection(plan, connection)),
    ...destinationsOf(plan).map((destination) => describingDestination(plan, destination)),
  ],
  examine: async (subject) => {
    const [connections, all] = [connectionsOf(subject.plan), destinationsOf(subject.plan)];
    const [ofConnections, ofDestinations] = await Promise.all([
      Promise.all(connections.map((connection) => examineConnection(connection, subject))),
      Promise.all(all.map((destination) => examineDestination(destination, subject))),
    ]);
    // A destination is INACTIVE because of its connection: that is one defect.
    const unusable = connections.filter((_connection, index) =>
      ofConnections[index]?.some(({ code }) => unusableCodes.includes(code)),
    );
    const arns = unusable.map((connection) => text(connection, 'arn'));
    const findings = [
      ofConnections,
      ofDestinations.map((found, index) =>
        arns.includes(text(all[index] as PlanResource, 'connection_arn'))
          ? found.filter(({ code }) => code !== 'destination-inactive')
          : found,
      ),
    ].flat();
    return { resources: connections.length + all.length, findings: findings.flat() };
  },
};

const unusableCodes = ['connection-missing', 'connection-state'];

const connectionsOf = (plan: Plan) =>
  resourcesOf(plan, 'aws_cloudwatch_event_connection', {
    reads: ['arn', 'name', 'authorization_type', 'auth_parameters'],
    ignores: 'the rest',
  });

const destinationsOf = (plan: Plan) =>
  resourcesOf(plan, 'aws_cloudwatch_event_api_destination', {
    reads: [
      'arn',
      'name',
      'connection_arn',
      'http_method',
      'invocation_endpoint',
      'invocation_rate_limit_per_second',
    ],
    ignores: 'the rest',
  });

/** Their ARNs end with an id that AWS gives. */
const named = ({ partition, region, accountId }: Plan, kind: string, resource: PlanResource): string =>
  `arn:${partition}:events:${region}:${accountId}:${kind}/${text(resource, 'name')}/*`;

const describingConnection = (plan: Plan, connection: PlanResource): Permission => ({
  action: 'events:DescribeConnection',
  resource: named(plan, 'connection', connection),
});

const describingDestination = (plan: Plan, destination: PlanResource): Permission => ({
  action: 'events:DescribeApiDestination',
  resource: named(plan, 'api-destination', destination),
});

async function examineConnection(connection: PlanResource, subject: Subject): Promise<readonly Finding[]> {
  const { plan, aws } = subject;
  const name = text(connection, 'name');
  const deployed: DescribeConnectionResponse | undefined = await aws.ask(
    describingConnection(plan, connection),
    () => aws.clients.eventBridge.send(new DescribeConnectionCommand({ Name: name })),
  );
  const users = destinationsOf(plan).filter(
    (destination) => text(destination, 'connection_arn') === text(connection, 'arn'),
  );
  const waiting = waitingAt(users, subject);
  const about = { at: connection.address, subject: `connection ${name}` };
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  if (!deployed) {
    return [
      {
        ...about,
        code: 'connection-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: waiting,
        cause: 'The stack was never deployed to the end, or someone has deleted the connection',
        fix: deploy,
      },
    ];
  }
  const state = connectionStateTold(deployed, {
    waiting,
    deploy,
    resource: connection.address.slice(`${plan.stackId}: `.length),
  });
  return [
    ...(state ? [{ ...about, code: 'connection-state', ...state }] : []),
    ...connectionDifferences(connection, deployed).map((difference) => ({
      ...about,
      ...difference,
      fix: restores(deploy),
    })),
  ];
}

async function examineDestination(destination: PlanResource, subject: Subject): Promise<readonly Finding[]> {
  const { plan, aws } = subject;
  const name = text(destination, 'name');
  const deployed: DescribeApiDestinationResponse | undefined = await aws.ask(
    describingDestination(plan, destination),
    () => aws.clients.eventBridge.send(new DescribeApiDestinationCommand({ Name: name })),
  );
  const about = { at: destination.address, subject: `API destination ${name}` };
  const waiting = waitingAt([destination], subject);
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  if (!deployed) {
    return [
      {
        ...about,
        code: 'destination-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: waiting,
        cause: 'The stack was never deployed to the end, or someone has deleted the API destination',
        fix: deploy,
      },
    ];
  }
  const inactive: Finding = {
    ...about,
    code: 'destination-inactive',
    severity: 'error',
    problem: `it is ${deployed.ApiDestinationState}`,
    seen: waiting,
    cause: 'EventBridge takes it out of service when its connection is not authorized or does not exist',
    fix: `Mend the connection, then ${deploy}`,
  };
  return [
    ...(deployed.ApiDestinationState === 'ACTIVE' ? [] : [inactive]),
    ...destinationDifferences(plan, destination, deployed).map((difference) => ({
      ...about,
      cause: 'It was changed in the console or by another tool',
      fix: restores(deploy),
      ...difference,
    })),
  ];
}

const restores = (deploy: string) => `${deploy} restores it; what was meant belongs in environments/`;

/** What is seen when these destinations take nothing. */
function waitingAt(users: readonly PlanResource[], { plan, affected }: Subject): string {
  const arns = users.map((destination) => text(destination, 'arn'));
  const fed: readonly Pipe[] = pipesOf(plan).filter(({ targetArn }) => arns.includes(targetArn));
  if (fed.length === 0) return 'nothing: no pipe delivers through it';
  return fed
    .map(({ name, sourceArn }) => `the pipe ${name} cannot deliver: ${queueWaits(sourceArn, affected)}`)
    .join('; ');
}
