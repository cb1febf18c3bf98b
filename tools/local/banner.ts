import type { WebSocketApi } from '../rehearse/api-gateway/websocket-api';
import { listedAddress } from '../rehearse/samples/addresses';
import type { CallbackFlow, HttpCallbackFlow, WebSocketFlow } from '../rehearse/world/flows';
import type { Style } from '../terminal';
import { replyCredentials } from './connections';
import { domainPart } from './domain-part';
import { exampleCall, quoted } from './example-calls';
import { httpExampleCall } from './http-callbacks';
import type { LocalServer } from './local-server';
import { signedCall } from './signed-call';
import { subscriberPath } from './subscriber-routes';

export interface BannerOptions {
  readonly environment: string;
  readonly timeFactor: number;
  readonly unsigned: boolean;
  /** Whether there are keys to press. */
  readonly keys: boolean;
  readonly style: Style;
}

/** The message of the worked example. */
const message = '{"MessageGroupId":"test","data":"hello world"}';

/** Where everything is, and what to type. */
export async function banner(server: LocalServer, options: BannerOptions): Promise<string> {
  const { environment, style, timeFactor } = options;
  const { system } = server.world;
  const callbacks = system.flows.filter((flow) => flow.kind === 'callback');
  const httpCallbacks = system.flows.filter((flow) => flow.kind === 'http-callback');
  const webSockets = system.flows.filter((flow) => flow.kind === 'websocket');
  const parts = [
    `${style.bold(`${environment} runs on ${server.url}`)}${timeFactor === 1 ? '' : `, ${timeFactor} times as fast as time goes`}`,
    ...system.missing.map((missing) => style.red(`Missing: ${missing}`)),
    ...(await Promise.all(callbacks.map((flow) => callbackPart(flow, server, options)))),
    ...httpCallbacks.map((flow) => httpCallbackPart(flow, server, style)),
    ...webSockets.map((flow) => webSocketPart(flow, server, options)),
    ...system.webSocketApis.map((api) => connectionsPart(api, server, style)),
    ...system.domains.map((domain) => domainPart(domain, system, style)),
    ...(system.pipes.length > 0 ? [subscriberPart(server, options)] : []),
    style.dim(options.keys ? 'q or Ctrl-C ends it.' : 'Ctrl-C ends it.'),
  ];
  return `${parts.join('\n\n')}\n`;
}

async function callbackPart(
  flow: CallbackFlow,
  { url, world }: LocalServer,
  { style, unsigned }: BannerOptions,
): Promise<string> {
  const [role] = unsigned ? [] : (flow.callerRoleArns ?? []);
  const signer = role === undefined ? undefined : world.callers.credentialsOf(role);
  const call = await exampleCall(flow, url, signer && { ...signer, region: world.system.region });
  const signed = await signedCall(flow, url, world);
  return [
    `${style.bold(`${flow.method.httpMethod} ${call.url}`)} → ${queueNameOf(flow.queueArn)}`,
    ...(signed
      ? [
          ...signed.map((line) => `  ${line}`),
          style.dim('  The secret is made up for this run; the time of a signature is that of this system.'),
        ]
      : [`  ${call.curl}`]),
    ...(role === undefined
      ? []
      : [style.dim(`  It is signed as ${role}, for this run only; with --unsigned every call is.`)]),
    ...(call.outsider === undefined
      ? []
      : [
          style.dim(
            `  It counts as coming from ${listedAddress(flow.allowList)}, which is let in. With this too it is refused:`,
          ),
          `  ${call.outsider}`,
        ]),
  ].join('\n');
}

function httpCallbackPart(flow: HttpCallbackFlow, { url, world }: LocalServer, style: Style): string {
  const { api, route } = flow;
  return [
    `${style.bold(`${route.httpMethod} ${url}/${api.stageName}${route.path}`)} → ${queueNameOf(flow.queueArn)}`,
    `  ${httpExampleCall(flow, world, url)}`,
    ...(route.authorizer
      ? [
          style.dim(
            `  Its token is one that ${route.authorizer.issuer} might sign, for an hour; without it the answer is 401.`,
          ),
        ]
      : []),
  ].join('\n');
}

function webSocketPart(
  flow: WebSocketFlow,
  { port }: LocalServer,
  { style, unsigned }: BannerOptions,
): string {
  const { api } = flow;
  const url = `ws://127.0.0.1:${port}/${api.stageName}`;
  const signed = api.connectAuthorization === 'AWS_IAM' && !unsigned;
  const signature = 'AWS4-HMAC-SHA256 on this machine';
  const headers = signed ? `, { headers: { authorization: "${signature}" } }` : '';
  const script = `const s = new (require("ws"))("${url}"${headers}); s.on("open", () => s.send(${JSON.stringify(message)})); s.on("message", (m) => console.log(String(m)))`;
  return [
    `${style.bold(url)} → ${queueNameOf(flow.queueArn)}`,
    `  npx wscat -c ${url}${signed ? ` -H ${quoted(`Authorization: ${signature}`)}` : ''}`,
    `  ${message}`,
    style.dim('  or, in this folder:'),
    `  node -e ${quoted(script)}`,
    ...(signed
      ? [
          style.dim(
            '  $connect asks for a signature (AWS_IAM); here any will do, and --unsigned lets everyone in.',
          ),
        ]
      : []),
  ].join('\n');
}

function connectionsPart(api: WebSocketApi, { world, url }: LocalServer, style: Style): string {
  const endpoint = `${url}/${api.stageName}`;
  const credentials = replyCredentials(world, api);
  return [
    `${style.bold(`${endpoint}/@connections/<connection id>`)} for requests that are signed with`,
    ...(credentials
      ? [
          `  export AWS_REGION=${world.system.region} AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey} AWS_SESSION_TOKEN=${credentials.sessionToken}`,
          `  aws apigatewaymanagementapi post-to-connection --endpoint-url ${endpoint} --cli-binary-format raw-in-base64-out --data hello --connection-id <connection id>`,
          style.dim(
            '  They are of the role of the function that replies, with its permissions, for this run only.',
          ),
        ]
      : [style.red('  the credentials of a function that replies: there is none')]),
  ].join('\n');
}

function subscriberPart({ url, subscribers }: LocalServer, { style, keys }: BannerOptions): string {
  const page = `${url}${subscriberPath}`;
  return [
    `${style.bold(page)} shows what subscribers get: ${subscribers.names.join(', ')}`,
    `  curl -X POST ${page}/down`,
    `  curl -X POST ${page}/up`,
    `  curl ${page}/messages`,
    ...(keys ? [style.dim('  The key d takes them down and up again.')] : []),
  ].join('\n');
}

const queueNameOf = (arn: string): string => arn.split(':').at(-1) ?? arn;
