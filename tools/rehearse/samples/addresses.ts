import ipaddr from 'ipaddr.js';
import { isWithin } from '../../iam/cidr';

/** Addresses that are nobody's. https://www.rfc-editor.org/rfc/rfc5737, https://www.rfc-editor.org/rfc/rfc3849 */
const documentation = ['192.0.2.10', '198.51.100.10', '203.0.113.10', '2001:db8::10'];

/** An address within the first of these CIDR blocks; some address where there are none. */
export function listedAddress(blocks: readonly string[]): string {
  const [block] = blocks;
  if (block === undefined) return documentation[0] ?? '';
  const network = ipaddr.parseCIDR(block)[0];
  const bytes = network.toByteArray();
  const tenth = ipaddr.fromByteArray([...bytes.slice(0, -1), ((bytes.at(-1) ?? 0) & 0xf0) + 10]).toString();
  return isWithin(tenth, block) ? tenth : network.toString();
}

/** One of these addresses that none of the CIDR blocks has. */
export const otherAddress = (
  blocks: readonly string[],
  addresses: readonly string[] = documentation,
): string | undefined => addresses.find((address) => !blocks.some((block) => isWithin(address, block)));
