import type { Environment } from '../environment';
import { secretive } from './check';
import { deploymentFaults } from './deployment-neighbours';
import { domainFaults } from './domain-neighbours';
import { problemsOf } from './environment-settings';
import { called, EnvironmentError, type Fault } from './fault';
import { nameFaults } from './name-faults';
import { type Labelled, readable } from './plain-data';
import { consumerFaults } from './queue-consumers';
import { repeats, textOf, valueAt } from './reading';

export { EnvironmentError, type Fault } from './fault';
export { notShown } from './shown';

/** @throws EnvironmentError with every fault of all environments at once */
export function checkEnvironments(environments: readonly Environment[]): void {
  const faults = faultsOf(environments);
  if (faults.length > 0) throw new EnvironmentError(faults);
}

/**
 * What keeps the environments from being deployed. Takes anything, since an environment may be written in JavaScript:
 * whatever it is given, it answers with faults.
 */
export function faultsOf(environments: unknown): readonly Fault[] {
  if (!Array.isArray(environments) || environments.length === 0) {
    return [
      {
        environment: 'environments',
        field: '(whole)',
        value: secretive(environments),
        rule: 'must be a list of at least one environment: add one to environments/index.ts',
      },
    ];
  }
  const read = Array.from(environments as unknown[]).map(readable);
  const labelled = read.map(({ environment }) => environment);
  return [
    ...read.flatMap(({ environment: { label, data }, unread }) => [
      ...unread,
      ...problemsOf(data)
        .filter(({ field }) => !unread.some((fault) => fault.field === field))
        .map((problem) => ({ environment: label, ...problem })),
    ]),
    ...sharedNames(labelled),
    ...sharedAccountLogging(labelled),
    ...deploymentFaults(labelled),
    ...domainFaults(labelled),
    ...nameFaults(labelled),
    ...consumerFaults(labelled),
  ];
}

const sharedNames = (environments: readonly Labelled[]): readonly Fault[] =>
  repeats(environments.map(({ data }) => textOf(valueAt(data, 'name')))).map(({ index, first }) => ({
    environment: environments[index]?.label ?? '',
    field: 'name',
    value: valueAt(environments[index]?.data, 'name'),
    rule: `is the name of environments[${first}] and of environments[${index}], and stacks are named after it: give each its own`,
  }));

/** The role as which API Gateway writes logs is one an account and region: the later apply would take it over. */
const sharedAccountLogging = (environments: readonly Labelled[]): readonly Fault[] =>
  repeats(
    environments.map(({ data }) =>
      valueAt(data, 'manageAccountLogging') === true
        ? `${textOf(valueAt(data, 'accountId'))} ${textOf(valueAt(data, 'region'))}`
        : undefined,
    ),
  ).map(({ index, first }) => ({
    environment: environments[index]?.label ?? '',
    field: 'manageAccountLogging',
    value: true,
    rule: `is true for ${called(environments[first]?.label ?? '')}, which sets the role for this account and region already: leave it out here`,
  }));
