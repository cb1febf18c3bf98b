import { called, type Fault } from './fault';
import type { Labelled } from './plain-data';
import { repeats, textOf, valueAt } from './reading';

/** The settings that have a domain. */
const variants = ['callbackReceiver', 'httpCallbackReceiver', 'websocketReply'] as const;

interface Placed {
  readonly label: string;
  readonly field: string;
  readonly name: string;
  readonly region: string | undefined;
  readonly zone: string | undefined;
}

/**
 * A region has each domain name once, whoever's account it is in, and here each has one API; a zone has one set of
 * records for it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
export function domainFaults(environments: readonly Labelled[]): readonly Fault[] {
  const domains = environments.flatMap(domainsOf);
  const inRegion = shared(
    domains,
    ({ name, region }) => `${region} ${name}`,
    'of this region too: give each API a name of its own',
  );
  const inZone = shared(
    domains,
    ({ name, zone }) => (zone === undefined ? undefined : `${zone} ${name}`),
    'too, with records in the same zone: give each API a name of its own, or point the name at both yourself, without hostedZoneId',
  );
  return [
    ...inRegion,
    ...inZone.filter(
      ({ environment, field }) =>
        !inRegion.some((fault) => fault.environment === environment && fault.field === field),
    ),
  ];
}

const domainsOf = ({ label, data }: Labelled): readonly Placed[] =>
  variants.flatMap((variant) => {
    const name = textOf(valueAt(data, variant, 'domain', 'name'));
    if (name === undefined) return [];
    return [
      {
        label,
        field: `${variant}.domain.name`,
        name,
        region: textOf(valueAt(data, 'region')),
        zone: textOf(valueAt(data, variant, 'domain', 'hostedZoneId')),
      },
    ];
  });

const shared = (
  domains: readonly Placed[],
  key: (domain: Placed) => string | undefined,
  fault: string,
): readonly Fault[] =>
  repeats(domains.map(key)).flatMap(({ index, first }) => {
    const [one, other] = [domains[index], domains[first]];
    if (!one || !other) return [];
    const there = `${other.field}${other.label === one.label ? '' : ` of ${called(other.label)}`}`;
    return [{ environment: one.label, field: one.field, value: one.name, rule: `is ${there} ${fault}` }];
  });
