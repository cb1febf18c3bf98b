import { type Call, type Phase, phases } from './call';
import type { Request } from './endpoint';

interface LogLine {
  readonly 'http.request.header.amz_sdk_invocation_id'?: string;
  readonly 'rpc.service'?: string;
  readonly 'rpc.method'?: string;
}

/** The operations of Terraform's and its provider's JSON log, by the SDK's ids of the calls. */
export function operationsOf(log: string): ReadonlyMap<string, string> {
  const operations = new Map<string, string>();
  for (const line of log.split('\n')) {
    if (!line.includes('amz_sdk_invocation_id')) continue;
    const entry = JSON.parse(line) as LogLine;
    const id = entry['http.request.header.amz_sdk_invocation_id'];
    if (id) operations.set(id, `${entry['rpc.service']?.replaceAll(' ', '')}.${entry['rpc.method']}`);
  }
  return operations;
}

/** Requests that carry an archive are too long for a line of the log. */
const unlogged: Readonly<Record<string, string>> = {
  'POST /2015-03-31/functions': 'Lambda.CreateFunction',
};

/** The calls of all phases, each once. @throws Error for a request that no log knows */
export function callsOf(
  recorded: readonly { readonly phase: Phase; readonly request: Request }[],
  operations: ReadonlyMap<string, string>,
): readonly Call[] {
  const calls = new Map<string, Call>();
  for (const { phase, request } of recorded) {
    const operation = operations.get(request.invocation) ?? unlogged[`${request.method} ${request.url}`];
    if (!operation) throw new Error(`no log has ${request.method} ${request.url}`);
    const call = { operation, ...aboutOf(request, operation.split('.')[0] ?? '') };
    const key = JSON.stringify(call);
    const before = calls.get(key)?.phases ?? [];
    calls.set(key, { ...call, phases: phases.filter((each) => each === phase || before.includes(each)) });
  }
  return [...calls].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => call);
}

type About = Omit<Call, 'operation' | 'phases'>;

/** Those that act as roles which they are handed. */
const actors = ['APIGateway', 'ApiGatewayV2', 'Lambda', 'Pipes'];

function aboutOf({ method, url, body }: Request, service: string): About {
  const given = parametersOf(body);
  // A policy names roles too.
  const hands = actors.includes(service) && !/"path": *"\/policy"/.test(body);
  const passes = /arn:aws:iam::\d{12}:role\/([\w-]+)/.exec(hands ? body : '')?.[1];
  const { PermissionsBoundary } = given;
  const truststore = /"truststoreUri": *"s3:\/\/([^"]+)"/.exec(body)?.[1];
  const records = [...body.matchAll(/<ResourceRecordSet>.*?<Name>([^<]+)<\/Name>/gs)].map(([, name]) => name);
  return {
    on: withoutIds(method === 'POST' && url === '/' ? nameIn(given) : `${method} ${restPath(url)}`),
    ...(tags(service).test(body) && { tagged: true }),
    ...(passes && { passes }),
    ...(truststore && { truststore }),
    ...(records.length > 0 && { records: records.map(normalized) }),
    ...(PermissionsBoundary && { boundary: PermissionsBoundary.split('/').at(-1) ?? '' }),
  };
}

/** As Route 53 compares names; ACM chooses the first label of the record by which it is shown whose a name is. */
const normalized = (name = '') =>
  name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^_\w+\./, '_{id}.');

/** What an object of S3 says is not looked at. */
const tags = (service: string) => (service === 'S3' ? /<Tagging/ : /"tags"|"Tags"|Tags\.member/);

/** Of a JSON body or a form. */
function parametersOf(body: string): Readonly<Record<string, string>> {
  if (body.startsWith('{')) return JSON.parse(body);
  return Object.fromEntries(new URLSearchParams(body.trim()));
}

const names = [
  'QueueName',
  'QueueUrl',
  'RoleName',
  'AliasName',
  'KeyId',
  'logGroupName',
  'logGroupNamePrefix',
  'resourceArn',
  'ResourceARN',
  'AlarmName',
  'AlarmNames.member.1',
  'DashboardName',
  'DashboardNames.member.1',
  'TopicArn',
  'ResourceArn',
  'CertificateArn',
  'DomainName',
  'Rule',
  'Name',
];

const nameIn = (given: Readonly<Record<string, string>>): string => {
  const key = names.find((name) => given[name] !== undefined);
  const name = key === undefined ? '' : String(given[key]);
  if (key === 'KeyId') return '{id}';
  return key === 'QueueUrl' ? (name.split('/').at(-1) ?? '') : name;
};

/** Of a query only what names a subresource counts. */
function restPath(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://endpoint');
  const subresource = [...searchParams.keys()].filter((key) => searchParams.get(key) === '').sort();
  const prefix = searchParams.get('prefix');
  return [
    decodeURIComponent(pathname),
    ...(subresource.length > 0 ? [`?${subresource.join('&')}`] : []),
    ...(prefix ? [`?prefix=${prefix}`] : []),
  ].join('');
}

const collections =
  'restapis|apis|resources|authorizers|deployments|integrations|integrationresponses|routes|routeresponses|models|requestvalidators|event-source-mappings|apikeys|usageplans|keys|apimappings|change';

const withoutIds = (path: string): string =>
  path
    .replace(new RegExp(`/(${collections})/[^/?]+`, 'g'), '/$1/{id}')
    .replace(/:certificate\/[\w-]+/, ':certificate/{id}')
    .replace(/event-source-mapping:[\w-]+/, 'event-source-mapping:{id}');
