import ipaddr from 'ipaddr.js';
import { NotSimulated } from '../not-simulated';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Invocation {
  /** The method's `execute-api` ARN. */
  readonly resource: string;
  readonly sourceIp: string;
}

/** Whether a REST API's resource policy lets an unsigned request in, and the statement that decides. */
export interface Decision {
  readonly allowed: boolean;
  /** None when nothing allows the request. */
  readonly sid?: string;
}

/**
 * Explicit deny wins; without an allow nobody gets in.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @param policy JSON
 * @throws NotSimulated for principals other than everyone, and for conditions other than on the source address
 */
export function decide(policy: string, invocation: Invocation, where: string): Decision {
  const matching = statementsOf(policy, where).filter((statement) => applies(statement, invocation, where));
  const decisive =
    matching.find(({ Effect }) => Effect === 'Deny') ?? matching.find(({ Effect }) => Effect === 'Allow');
  return {
    allowed: decisive?.Effect === 'Allow',
    ...(decisive?.Sid && { sid: decisive.Sid }),
  };
}

function statementsOf(policy: string, where: string): readonly Statement[] {
  const { Statement: statements } = JSON.parse(policy) as {
    readonly Statement: Statement | readonly Statement[];
  };
  for (const { Effect, Sid } of [statements].flat() as readonly Statement[]) {
    if (Effect !== 'Allow' && Effect !== 'Deny') {
      throw new NotSimulated(where, `the effect "${Effect}" of statement ${Sid}`);
    }
  }
  return [statements].flat() as readonly Statement[];
}

function applies(statement: Statement, { resource, sourceIp }: Invocation, where: string): boolean {
  const { Sid, Principal, Action, Resource, Condition = {}, ...others } = statement;
  const at = `${where}: statement ${Sid}`;
  const unknown = Object.keys(others).find((key) => key !== 'Effect');
  if (unknown) throw new NotSimulated(at, `"${unknown}"`);
  if (Principal !== '*' && JSON.stringify(Principal) !== '{"AWS":"*"}') {
    throw new NotSimulated(at, `the principal ${JSON.stringify(Principal)}`);
  }
  // Every condition is looked at, so that an unknown one is found whatever the others say.
  const met = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => condition(operator, key, texts(values), sourceIp, at)),
  );
  return matchesAny(Action, 'execute-api:Invoke') && matchesAny(Resource, resource) && !met.includes(false);
}

function condition(
  operator: string,
  key: string,
  blocks: readonly string[],
  sourceIp: string,
  where: string,
): boolean {
  if (key.toLowerCase() !== 'aws:sourceip') throw new NotSimulated(where, `the condition key ${key}`);
  const listed = blocks.some((block) => isWithin(sourceIp, block));
  if (operator === 'IpAddress') return listed;
  if (operator === 'NotIpAddress') return !listed;
  throw new NotSimulated(where, `the condition operator ${operator}`);
}

/** @param block CIDR notation, or a single address */
export function isWithin(address: string, block: string): boolean {
  const parsed = ipaddr.parse(address);
  const [network, bits] = block.includes('/')
    ? ipaddr.parseCIDR(block)
    : [ipaddr.parse(block), ipaddr.parse(block).kind() === 'ipv4' ? 32 : 128];
  return parsed.kind() === network.kind() && parsed.match([network, bits] as [ipaddr.IPv4, number]);
}

const texts = (value: unknown): readonly string[] => [value].flat() as readonly string[];

/** `*` and `?` stand for any characters, slashes included. */
const matchesAny = (patterns: unknown, value: string): boolean =>
  texts(patterns).some((pattern) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
      's',
    ).test(value),
  );
