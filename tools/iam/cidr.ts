import ipaddr from 'ipaddr.js';

/**
 * A test whether an address lies within a block. No IPv4 address is in a block of IPv6, nor the other way.
 * @param block CIDR notation, or a single address
 * @throws Error when it is neither
 */
export function within(block: string): (address: string) => boolean {
  const [address = '', bits] = block.split('/');
  const network = parsed(address);
  const length = bits === undefined ? network.toByteArray().length * 8 : ipaddr.parseCIDR(block)[1];
  return (candidate) => {
    const other = parsed(candidate);
    return other.kind() === network.kind() && other.match([network, length] as [ipaddr.IPv4, number]);
  };
}

/** @param block CIDR notation, or a single address */
export const isWithin = (address: string, block: string): boolean => within(block)(address);

/** Without the forms in which an IPv4 address has fewer than four numbers, or other than decimal ones. */
function parsed(address: string): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.parse(address);
  throw new Error(`${JSON.stringify(address)} is no address`);
}
