import { executeApiHost } from '../../rehearse/world/connections-endpoint';
import { MissingPermission } from '../aws/answer-of';
import type { Course } from './course';
import { domainAddress } from './domain-address';
import { connectionTold, messageIn } from './explain-answer';
import { newMarks } from './mark';
import { connecting } from './permissions';
import { type Counts, countsOf, countsTold } from './queues';
import { signedHeaders } from './signed-headers';
import type { Surroundings } from './surroundings';
import type { WebSocketTarget } from './targets';
import { type Client, connectClient, type Refusal } from './web-socket-client';

const replied = 'the reply comes back on the connection';

/** Connects as a client, sends one marked message and waits for its reply. @throws MissingPermission, NotReachable */
export async function probeWebSocket(
  target: WebSocketTarget,
  course: Course,
  surroundings: Surroundings,
): Promise<void> {
  const { aws, doctor, limits, waiting } = surroundings;
  const url = urlOf(target, course, surroundings);
  if (!url) return;
  const before = await countsOf(aws, target.queue);
  if (!before) {
    return course.failed('the queue exists', `there is no ${target.queue.name}: ${doctor} tells more`);
  }
  const client = await connected(target, url, course, surroundings);
  if (!client) return;
  try {
    const [mark] = newMarks(waiting.now());
    const message = messageOf(surroundings, mark);
    course.mark = mark;
    client.send(message);
    course.ok('a marked message is sent', message);
    const left = () =>
      course.stays(
        `the message marked ${mark}, on ${target.queue.name}: the function drops it, since the connection is gone`,
      );
    course.ifInterrupted(async () => left());
    const happened = await client.next(limits.reply);
    if (!happened) {
      course.failed(replied, await silence(target, before, surroundings));
      left();
    } else if ('closed' in happened) {
      course.failed(
        replied,
        `API Gateway closed the connection with ${happened.closed} instead: ${doctor} tells more`,
      );
      left();
    } else reply(happened.frame, message, course, surroundings);
    course.ifInterrupted();
  } finally {
    client.close();
  }
}

function urlOf(
  { api, plan }: WebSocketTarget,
  course: Course,
  { environment, webSocketEndpoint, doctor }: Surroundings,
): URL | undefined {
  if (webSocketEndpoint !== undefined) return new URL(webSocketEndpoint);
  const { disableExecuteApiEndpoint, domain } = environment.websocketReply ?? {};
  if (disableExecuteApiEndpoint && domain) return new URL(`wss://${domainAddress(domain)}`);
  const id = plan.known.get(`${api.address.slice(api.address.indexOf(' ') + 1)}.id`);
  if (id !== undefined) return new URL(`wss://${executeApiHost(id, plan)}/${api.stageName}`);
  course.failed('a client connects', `no WebSocket API was found in AWS: ${doctor} tells more`);
  return undefined;
}

async function connected(
  target: WebSocketTarget,
  url: URL,
  course: Course,
  { aws, limits, doctor }: Surroundings,
): Promise<Client | undefined> {
  const signed = target.api.connectAuthorization === 'AWS_IAM';
  const headers = signed ? await signedHeaders(aws, target.plan.region, url) : {};
  course.doing(`connecting to ${url}`);
  const client = await connectClient(url.href, headers, limits.reply);
  if ('send' in client) {
    course.ok('a client connects', `${url}${signed ? ', signed' : ''}`);
    return client;
  }
  if ('status' in client && signed && /not authorized to perform: execute-api:Invoke/.test(client.body)) {
    throw new MissingPermission(connecting(target, apiIdOf(target)), messageIn(client.body));
  }
  course.failed('a client connects', refusalTold(client, url, { signed, doctor }));
  return undefined;
}

const apiIdOf = ({ api, plan }: WebSocketTarget) =>
  plan.known.get(`${api.address.slice(api.address.indexOf(' ') + 1)}.id`) ?? '*';

function refusalTold(
  refusal: Refusal,
  url: URL,
  { signed, doctor }: { readonly signed: boolean; readonly doctor: string },
): string {
  if (!('status' in refusal)) {
    return `${refusal.code}: ${refusal.message}. ${connectionTold(refusal.code, url.href)}`;
  }
  const { status, body } = refusal;
  const said = `${status} ${messageIn(body)}`.trim();
  switch (status) {
    case 401:
    case 403:
      return signed
        ? `${said}: the signature was not accepted (credentials that have expired, a clock that is wrong), or there is no such API or stage`
        : `${said}: $connect asks for an authorization that was not synthesized, or there is no such API or stage: ${doctor} compares the routes`;
    case 404:
    case 410:
      return `${said}: there is no such API or stage at ${url}`;
    case 429:
      return `${said}: too many connections at this moment, or the account's rate is used up`;
    default:
      return `${said}: the route $connect fails, or something else answers at ${url}; ${doctor} compares the routes`;
  }
}

/** With the ids that the environment takes from the body; those of AWS's sample in any case. */
function messageOf({ environment }: Surroundings, mark: string): string {
  const { queue } = environment.websocketReply ?? {};
  const group = queue?.kind === 'fifo' ? queue.messageGroupId : undefined;
  const id = queue?.kind === 'fifo' ? queue.messageDeduplicationId?.field : undefined;
  return JSON.stringify({
    [group?.from === 'body' ? group.field : 'MessageGroupId']: mark,
    ...(id !== undefined && { [id]: mark }),
    data: mark,
  });
}

function reply(frame: string, sent: string, course: Course, { doctor }: Surroundings): void {
  const said = fieldsOf(frame);
  const explanation = said && errors.get(said.message);
  if (explanation !== undefined) {
    const told = `API Gateway answered ${frame} instead: ${explanation}. ${doctor} compares it`;
    course.failed(replied, told);
  } else if (!said?.connectionId || !said.requestId) {
    course.failed(replied, `it is no reply of the function, with a connectionId and a requestId: ${frame}`);
  } else {
    const { connectionId, requestId, message } = said;
    const same = 'its message is what was sent';
    course.ok(replied, `connectionId ${connectionId}, requestId ${requestId}`);
    if (message === sent) course.ok(same, `${Buffer.byteLength(message)} bytes`);
    else course.failed(same, `sent ${sent}, replied ${message}`);
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html */
const errors: ReadonlyMap<string, string> = new Map([
  [
    'Internal server error',
    "SQS refused the message (AccessDenied, KMS.AccessDeniedException, a queue that does not exist), or API Gateway cannot assume the integration's role",
  ],
  ['Bad request body', 'the deployed model refuses a message that the synthesized one takes'],
  ['Forbidden', 'the stage has no route for it: $default is not deployed'],
  ['Too Many Requests', "the stage's rate or the account's is used up: try again later"],
  ['Limit exceeded', "the stage's rate or the account's is used up: try again later"],
]);

function fieldsOf(
  frame: string,
): { readonly connectionId: string; readonly requestId: string; readonly message: string } | undefined {
  try {
    const { connectionId, requestId, message } = JSON.parse(frame) as Readonly<Record<string, unknown>>;
    return { connectionId: textOf(connectionId), requestId: textOf(requestId), message: textOf(message) };
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Where the message stopped, as far as the queue tells. */
async function silence(
  { queue }: WebSocketTarget,
  before: Counts,
  { aws, limits, doctor }: Surroundings,
): Promise<string> {
  const now = await countsOf(aws, queue);
  const held = now
    ? `${queue.name} holds ${countsTold(now)} (before: ${countsTold(before)})`
    : 'the queue is gone';
  const where =
    now && now.deadLetters > before.deadLetters
      ? 'the function failed on a message until it was given up: its log says why, such as a missing execute-api:ManageConnections'
      : now && now.inFlight > before.inFlight
        ? 'the function has it and does not finish: its log says why'
        : now && now.all > before.all
          ? 'nobody takes it: the event source mapping is disabled, or its role may not receive'
          : 'the integration did not queue it, or the function replied to another endpoint (CONNECTIONS_ENDPOINT)';
  return `nothing within ${limits.reply / 1000} s. ${held}: ${where}. ${doctor} tells which`;
}
