import ipaddr from 'ipaddr.js';
import { isWithin as isWithinBlock } from '../../../iam/cidr';
import { parsePolicy } from '../../../iam/policy';
import { statementsOf } from '../../../iam/policy-difference';
import { NotSimulated } from '../../../not-simulated';
import { PlanError } from '../../../plan/plan-error';
import { decide } from '../../../rehearse/api-gateway/resource-policy';

/**
 * Whom a deployed resource policy treats otherwise, for one method: address ranges as the policies write
 * them.
 */
export interface AddressDifference {
  /** Let in as synthesized, refused as deployed. */
  readonly refused: readonly string[];
  /** Refused as synthesized, let in as deployed. */
  readonly letIn: readonly string[];
  /** Whether addresses that neither policy names are among those that are refused, or let in. */
  readonly others: 'refused' | 'let in' | 'the same';
}

/**
 * Tries both policies with the ends of every range that either names, and with an address that none names.
 * @param resource the method's `execute-api` ARN
 * @returns nothing where a policy has something that the evaluation here does not know
 */
export function addressDifference(
  synthesized: string,
  deployed: string,
  resource: string,
): AddressDifference | undefined {
  if (![synthesized, deployed].every(isAboutAddresses)) return undefined;
  try {
    const [wanted, there] = [letsIn(synthesized, resource), letsIn(deployed, resource)];
    const ranges = [...new Set([...rangesOf(synthesized), ...rangesOf(deployed)])].sort();
    const outside = strangers.filter((address) => !ranges.some((range) => isWithinBlock(address, range)));
    const lost = (address: string) => wanted(address) && !there(address);
    const won = (address: string) => !wanted(address) && there(address);
    return {
      refused: ranges.filter((range) => ends(range).some(lost)),
      letIn: ranges.filter((range) => ends(range).some(won)),
      others: outside.some(won) ? 'let in' : outside.some(lost) ? 'refused' : 'the same',
    };
  } catch (error) {
    if (error instanceof NotSimulated || error instanceof PlanError) return undefined;
    throw error;
  }
}

function letsIn(json: string, resource: string): (sourceIp: string) => boolean {
  const policy = parsePolicy({ address: 'resource policy', json });
  return (sourceIp) => decide(policy, { resource, sourceIp }).allowed;
}

/** Roles that sign and VPC endpoints are not told apart by an address. */
const isAboutAddresses = (json: string): boolean =>
  statementsOf(json).every(
    ({ Principal: principal, Condition: condition = {} }) =>
      JSON.stringify(principal) === '{"AWS":["*"]}' &&
      Object.values(condition as Record<string, object>).every((keys) =>
        Object.keys(keys).every((key) => !otherKeys.includes(key.toLowerCase())),
      ),
  );

const otherKeys = ['aws:principalarn', 'aws:sourcevpce', 'aws:vpcsourceip'];

/** What a policy's conditions on `aws:SourceIp` name. */
const rangesOf = (json: string): readonly string[] =>
  statementsOf(json).flatMap(({ Condition: condition = {} }) =>
    Object.values(condition as Record<string, Record<string, readonly string[]>>).flatMap((keys) =>
      Object.entries(keys).flatMap(([key, values]) => (key.toLowerCase() === 'aws:sourceip' ? values : [])),
    ),
  );

/** Addresses for documentation and measurement, which nobody calls from. */
const strangers = ['192.0.2.1', '198.18.0.1', '198.51.100.201', '2001:db8:ffff::1', '2001:2::1'];

/** The first and the last address of a range. */
function ends(range: string): readonly string[] {
  if (!range.includes('/')) return [range];
  const kind = ipaddr.parseCIDR(range)[0].kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return [kind.networkAddressFromCIDR(range).toString(), kind.broadcastAddressFromCIDR(range).toString()];
}
