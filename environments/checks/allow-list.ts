import ipaddr from 'ipaddr.js';
import { all, below, type Check, list, type Problem, type Rule, rule } from './check';
import { elements } from './reading';
import { shown } from './shown';

const octet = '(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])';
const ipv4Pattern = new RegExp(`^${octet}(\\.${octet}){3}$`);

/** 4 or 6, or nothing; stricter than the library, which also takes octal, hexadecimal and zones. */
export function versionOf(address: string): 4 | 6 | undefined {
  if (ipv4Pattern.test(address)) return 4;
  return /^[0-9a-f:.]+$/i.test(address) && ipaddr.IPv6.isValid(address) ? 6 : undefined;
}

const bits = { 4: 32, 6: 128 } as const;

/** A network in CIDR notation as AWS compares it. */
export const cidrRule: Rule = (value) => {
  const [address = '', prefix, ...more] = typeof value === 'string' ? value.split('/') : [];
  const version = versionOf(address);
  if (!version || more.length > 0) return 'must be a CIDR block such as 203.0.113.0/24 or 2001:db8::/32';
  const longest = bits[version];
  if (prefix === undefined)
    return `must have a prefix length: write ${shown(`${address}/${longest}`)} for this one address`;
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > longest) {
    return `must have a prefix length from 0 to ${longest}`;
  }
  if (version === 6 && ipaddr.IPv6.parse(address).isIPv4MappedAddress()) {
    return 'is IPv4 in an IPv6 form, which AWS does not take for IPv4: write it as IPv4';
  }
  const network = networkOf(`${address}/${prefix}`, version);
  return network === normalized(address)
    ? undefined
    : `names an address within a network, and AWS compares networks: write ${shown(`${network}/${prefix}`)}, or ${shown(`${address}/${longest}`)} for this one address`;
};

const networkOf = (block: string, version: 4 | 6) =>
  (version === 4 ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(block).toString();

const normalized = (address: string) => ipaddr.parse(address).toString();

interface Block {
  readonly index: number;
  readonly text: string;
  readonly version: number;
  readonly first: bigint;
  readonly last: bigint;
}

function blockOf(text: string, index: number): Block {
  const [address, prefix] = ipaddr.parseCIDR(text);
  const version = address.kind() === 'ipv4' ? 4 : 6;
  const first = address.toByteArray().reduce((number, byte) => number * 256n + BigInt(byte), 0n);
  return { index, text, version, first, last: first + (1n << BigInt(bits[version] - prefix)) - 1n };
}

const holds = (outer: Block, inner: Block) =>
  outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;

/** Each well-formed block that lies within another of the list, with the smallest that holds it. */
export function containedBlocks(allowList: readonly unknown[]): readonly { inner: Block; outer: Block }[] {
  const blocks = allowList
    .flatMap((text, index) => (typeof text === 'string' && !cidrRule(text) ? [blockOf(text, index)] : []))
    .sort(
      (a, b) =>
        a.version - b.version ||
        compare(a.first, b.first) ||
        // The larger block first, so that what holds another comes before it.
        compare(b.last, a.last) ||
        a.index - b.index,
    );
  // Blocks nest or lie apart, so those around the current one are a stack.
  const around: Block[] = [];
  return blocks.flatMap((inner) => {
    while (around.length > 0 && !holds(around.at(-1) as Block, inner)) around.pop();
    const outer = around.at(-1);
    around.push(inner);
    return outer ? [{ inner, outer }] : [];
  });
}

const compare = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

const disjoint: Check = (value, field) =>
  containedBlocks(elements(value)).map(({ inner, outer }): Problem => {
    const same = inner.first === outer.first && inner.last === outer.last;
    return {
      field: below(field, inner.index),
      value: inner.text,
      rule: `${same ? 'is the same network as' : 'lies within'} ${below(field, outer.index)}, ${shown(outer.text)}: leave one out`,
    };
  });

export const allowList = all(list(rule(cidrRule), 'at least one CIDR block', { atLeast: 1 }), disjoint);
