import { type EventSourceMappingConfiguration, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { sends } from '../../affected';
import type { Check, Permission, Subject } from '../../check';
import type { Finding } from '../../finding';
import { namesOf, noticedBy } from '../functions/function-work';
import { mappingsOf, type SynthesizedMapping } from './event-source-plan';
import { mappingDifferences, type Told } from './event-source-settings';
import { stateTold } from './event-source-state';

/** Event source mappings: that they run, alone, and hand messages over as they were synthesized. */
export const eventSourceMappings: Check = {
  name: 'event source mappings',
  permissions: (plan) => (mappingsOf(plan).length > 0 ? [listing] : []),
  examine: async (subject) => {
    const wanted = mappingsOf(subject.plan);
    if (wanted.length === 0) return { resources: 0, findings: [] };
    const deployed = await askMappings(subject.aws);
    return {
      resources: wanted.length,
      findings: wanted.flatMap((mapping) => examineMapping(mapping, { wanted, deployed }, subject)),
    };
  },
};

/**
 * IAM knows no resource for it. A list says all that GetEventSourceMapping would, and also shows who else
 * takes from a queue.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
const listing: Permission = { action: 'lambda:ListEventSourceMappings', resource: '*' };

/** Every mapping of the account and region. */
async function askMappings({
  ask,
  clients,
}: Subject['aws']): Promise<readonly EventSourceMappingConfiguration[]> {
  const all = await ask(listing, async () => {
    const mappings: EventSourceMappingConfiguration[] = [];
    let Marker: string | undefined;
    do {
      const page = await clients.lambda.send(new ListEventSourceMappingsCommand({ Marker }));
      mappings.push(...(page.EventSourceMappings ?? []));
      Marker = page.NextMarker;
    } while (Marker);
    return mappings;
  });
  return all ?? [];
}

function examineMapping(
  mapping: SynthesizedMapping,
  all: {
    readonly wanted: readonly SynthesizedMapping[];
    readonly deployed: readonly EventSourceMappingConfiguration[];
  },
  { plan, affected }: Subject,
): readonly Finding[] {
  const { address, functionName, queueArn } = mapping;
  const { region } = plan;
  const queue = queueArn.split(':').at(-1);
  const senders = affected.at(queueArn).filter(sends);
  const filled = namesOf(senders);
  const noticed = noticedBy(senders);
  const waiting =
    `the queue ${queue}${filled && `, which ${filled} fills,`} grows and the alarm on ` +
    `ApproximateAgeOfOldestMessage goes off; ${noticed}`;
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  const tell = (told: Told): Finding => ({
    at: address,
    subject: `event source mapping of ${queue} to ${functionName}`,
    cause: 'It was changed in the console or by another tool.',
    fix: `${deploy} restores it; what was meant belongs in environments/.`,
    ...told,
  });
  const ofFunction = all.deployed.filter(({ FunctionArn }) => isOf(mapping, FunctionArn));
  const here = (candidate: EventSourceMappingConfiguration) => candidate.EventSourceArn === queueArn;
  const own = [...ofFunction.filter((one) => here(one) && polls(one)), ...ofFunction.filter(here)];
  const [deployed] = own;
  const twins = ofFunction.filter((one) => here(one) && polls(one) && one !== deployed);
  const others = all.deployed.filter((one) => here(one) && polls(one) && !ofFunction.includes(one));
  const elsewhere = ofFunction.filter(
    ({ EventSourceArn }) => !all.wanted.some((one) => one.queueArn === EventSourceArn),
  );
  return [
    ...(deployed
      ? [
          ...stateTold(mapping, deployed, { waiting, region }),
          ...mappingDifferences(mapping, deployed, { waiting, noticed }),
        ]
      : [missing(elsewhere, { waiting, deploy })]),
    ...(deployed && twins.length > 0 ? [doubled([deployed, ...twins], region)] : []),
    ...(others.length > 0 ? [rivals(others, { noticed, region })] : []),
  ].map(tell);
}

/** AWS writes the version or alias behind the function's ARN, where there is one. */
const isOf = ({ functionArn }: SynthesizedMapping, arn = '') =>
  arn === functionArn || arn.startsWith(`${functionArn}:`);

/** One that is disabled takes nothing from anybody. */
const polls = ({ State = 'Enabled' }: EventSourceMappingConfiguration) =>
  ['Enabled', 'Enabling', 'Creating', 'Updating'].includes(State);

function missing(
  others: readonly EventSourceMappingConfiguration[],
  { waiting, deploy }: { readonly waiting: string; readonly deploy: string },
): Told {
  const elsewhere = others.map(({ EventSourceArn }) => EventSourceArn ?? '').join('\n');
  return {
    code: 'mapping-missing',
    severity: 'error',
    problem: elsewhere ? 'it does not exist: the function takes from another queue' : 'it does not exist',
    ...(elsewhere && { deployed: elsewhere }),
    seen: `nothing takes messages to the function: ${waiting}`,
    cause:
      'The stack was never deployed to the end, or someone has deleted the mapping (in the console, ' +
      "the function's trigger).",
    fix: deploy,
  };
}

const doubled = (own: readonly EventSourceMappingConfiguration[], region: string): Told => ({
  code: 'mapping-duplicate',
  severity: 'warning',
  problem: `there are ${own.length} of it; the first is compared here`,
  deployed: own.map(told).join('\n'),
  seen:
    'each polls the queue by its own settings: together they start more batches at once than ' +
    'synthesized, and what one of them filters or does not report is lost',
  cause: "Someone has added the function's trigger in the console too.",
  fix: own
    .slice(1)
    .map(({ UUID }) => `aws lambda delete-event-source-mapping --uuid ${UUID} --region ${region}`)
    .join('\n'),
});

const rivals = (
  others: readonly EventSourceMappingConfiguration[],
  { noticed, region }: { readonly noticed: string; readonly region: string },
): Told => ({
  code: 'mapping-rival',
  severity: 'error',
  problem: 'another function takes messages from the queue',
  deployed: others.map(told).join('\n'),
  seen: `part of the messages goes to it and never reaches this function; ${noticed} for those`,
  cause:
    "Someone has added the queue as the other function's trigger: a queue gives a message to one taker only.",
  fix: others
    .map(({ UUID }) => `aws lambda delete-event-source-mapping --uuid ${UUID} --region ${region}`)
    .join('\n'),
});

const told = ({ UUID, FunctionArn, State }: EventSourceMappingConfiguration) =>
  `${UUID}: ${FunctionArn}, ${State}`;
