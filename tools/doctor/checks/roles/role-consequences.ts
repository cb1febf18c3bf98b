import { sends } from '../../affected';
import type { Finding } from '../../finding';
import { nobodyLetIn } from '../../guarded-routes';
import { consumersSee, growing, inSentence, names, sendersSee } from '../queues/queue-consequences';
import { actorsOf, type RoleUser, userNames } from './role-users';

/** What follows when a role may not do something. */
export interface Consequence {
  /** Ends the finding's code, `role-grant-<code>`; lacking actions of one code are one finding. */
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly seen: (users: readonly RoleUser[], roleArn: string) => string;
}

/** By action, as the stacks grant them; the first of several that are lacking is what is noticed. */
const consequences: Readonly<Record<string, Consequence>> = {
  'sqs:SendMessage': error('send', (users, roleArn) => sendersSee(actorsOf(users, roleArn), 'AccessDenied')),
  'kms:GenerateDataKey': error('key', keySeen),
  'kms:Decrypt': error('key', keySeen),
  'sqs:ReceiveMessage': error('receive', (users, roleArn) =>
    consumersSee(actorsOf(users, roleArn), 'AccessDenied'),
  ),
  // Lambda and EventBridge ask for it while they poll.
  'sqs:GetQueueAttributes': error('receive', (users, roleArn) =>
    consumersSee(actorsOf(users, roleArn), 'AccessDenied'),
  ),
  'sqs:DeleteMessage': error(
    'delete',
    (users) =>
      `SQS answers AccessDenied when ${userNames(users)} deletes what was processed: every message comes back and is processed again, until it is in the dead-letter queue`,
  ),
  'execute-api:ManageConnections': error(
    'connections',
    (users) =>
      `API Gateway answers 403 to the replies of ${userNames(users)}: clients hear nothing, and messages end in the dead-letter queue`,
  ),
  's3:PutObject': error('archive', (users) => archivingSeen(users, 'AccessDenied')),
  'lambda:InvokeFunction': error(
    'invoke',
    (users) =>
      authorizersSeen(users) ??
      `Lambda answers AccessDeniedException to ${userNames(users)}: the function gets nothing, and messages end in the dead-letter queue`,
  ),
  'secretsmanager:GetSecretValue': error(
    'secret',
    (users) => authorizersSeen(users) ?? other.seen(users, ''),
  ),
  'events:InvokeApiDestination': error(
    'destination',
    (users) =>
      `EventBridge answers AccessDeniedException to ${userNames(users)}: the subscriber gets nothing, and messages end in the dead-letter queue`,
  ),
};

const services: Readonly<Record<string, Consequence>> = {
  logs: warning(
    'logs',
    (users) => `${userNames(users)} writes no logs: nobody notices until one is looked for`,
  ),
  xray: warning('traces', (users) => `${userNames(users)} is not in the traces of X-Ray`),
};

const other: Consequence = error(
  'other',
  (users) => `AWS answers AccessDenied when ${userNames(users)} does it`,
);

/** @param action as IAM writes it */
export const consequenceOf = (action: string): Consequence =>
  consequences[action] ?? services[action.split(':')[0] ?? ''] ?? other;

/** What is seen while S3 refuses what is to be archived. */
export const archivingSeen = (users: readonly RoleUser[], error: string): string =>
  `S3 answers ${error} to ${userNames(users)}: nothing is archived, ${failing(users)}messages come back and end in the dead-letter queue`;

/** What is seen when nobody can act as a role at all. */
export function unusableSeen(users: readonly RoleUser[], roleArn: string): string {
  const actors = actorsOf(users, roleArn);
  const callbacks = names(actors, 'callback', 'http-callback');
  const sockets = names(actors, 'websocket');
  const functions = users.filter(({ kind }) => kind === 'function');
  const pipes = names(actors, 'pipe');
  const refused = authorizersSeen(users);
  const seen = [
    ...(refused === undefined ? [] : [refused]),
    ...(callbacks
      ? [
          `callers of ${callbacks} get 500 from API Gateway itself, whose log says that it has no permission to assume the role`,
        ]
      : []),
    ...(sockets ? [`clients of ${sockets} get {"message":"Internal server error"} or no answer at all`] : []),
    ...(functions.length > 0
      ? [
          `${userNames(functions)} cannot be invoked (AccessDeniedException: Lambda cannot assume the role): ${failing(functions)}${growing}`,
        ]
      : []),
    ...(pipes ? [`${pipes} stops: ${growing}`] : []),
    ...(users.some(({ kind }) => kind === 'logging')
      ? ['no REST or WebSocket API of the account in this region writes logs']
      : []),
  ];
  return (
    seen.join('; ') ||
    'messages pass: no flow of this environment uses it; whoever acts as it, such as a pipeline, is refused'
  );
}

function error(code: string, seen: Consequence['seen']): Consequence {
  return { code, severity: 'error', seen };
}

function warning(code: string, seen: Consequence['seen']): Consequence {
  return { code, severity: 'warning', seen };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html */
function keySeen(users: readonly RoleUser[], roleArn: string): string {
  const refused = authorizersSeen(users);
  if (refused !== undefined) return refused;
  const actors = actorsOf(users, roleArn);
  const senders = actors.filter(sends);
  return senders.length > 0
    ? sendersSee(senders, 'KMS.AccessDeniedException')
    : consumersSee(actors, 'KMS.AccessDeniedException');
}

/** What callers see of authorizers that cannot do what they must. */
function authorizersSeen(users: readonly RoleUser[]): string | undefined {
  const guarded = users.flatMap((user) => user.guarded ?? []);
  return guarded.length > 0 ? nobodyLetIn(guarded) : undefined;
}

const failing = (users: readonly RoleUser[]) => {
  const pipes = users.flatMap((user) => user.pipes);
  return pipes.length > 0 ? `${inSentence(pipes)} fails with it, ` : '';
};
