import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import type { SynthesizedMapping } from './event-source-plan';
import type { Told } from './event-source-settings';

interface Surroundings {
  readonly waiting: string;
  readonly region: string;
}

/**
 * What is to be said of the state that a mapping is in, and of what came of its last batch.
 * https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
 */
export function stateTold(
  mapping: SynthesizedMapping,
  deployed: EventSourceMappingConfiguration,
  surroundings: Surroundings,
): readonly Told[] {
  const state = ofState(mapping, deployed, surroundings);
  // A mapping that does not poll has no last batch worth telling.
  return state.length > 0 ? state : ofLastBatch(deployed, surroundings.waiting);
}

function ofState(
  { enabled }: SynthesizedMapping,
  { State: state = 'Enabled', StateTransitionReason: reason, UUID }: EventSourceMappingConfiguration,
  { waiting, region }: Surroundings,
): readonly Told[] {
  const code = 'mapping-state';
  const problem = `it is ${state}${reason ? `: ${reason}` : ''}`;
  const runs = state === 'Enabled' || state === 'Enabling' || state === 'Updating';
  if (!enabled) {
    if (!runs) return [];
    const seen = 'messages are taken from the queue, though the mapping was synthesized as disabled';
    return [{ code, severity: 'warning', problem, seen, cause: 'Someone has enabled it.' }];
  }
  switch (state) {
    case 'Enabled':
      return [];
    case 'Creating':
    case 'Enabling':
    case 'Updating':
      return [
        {
          code,
          severity: 'warning',
          problem,
          seen: 'messages wait until it is Enabled, a minute as a rule',
          cause: 'A deploy is going on, or has just ended: ask again in a minute.',
        },
      ];
    default:
      return [
        {
          code,
          severity: 'error',
          problem,
          seen: waiting,
          cause: /user/i.test(reason ?? 'user')
            ? 'Someone has disabled it in the console or by another tool, often to stop a function in ' +
              'trouble.'
            : 'Lambda has stopped it by itself: the reason says why, such as a queue that is gone or a ' +
              'role that may not take from it.',
          ...(state.startsWith('Disabl') && {
            fix:
              `aws lambda update-event-source-mapping --uuid ${UUID} --enabled --region ${region}, ` +
              'once its cause is mended',
          }),
        },
      ];
  }
}

/** `OK` and `No records processed` are good; AWS lists no others, and examples of it begin with `PROBLEM`. */
function ofLastBatch(
  { LastProcessingResult: result }: EventSourceMappingConfiguration,
  waiting: string,
): readonly Told[] {
  if (!result || !/PROBLEM|fail|error|denied|throttl/i.test(result)) return [];
  return [
    {
      code: 'mapping-last-result',
      severity: 'error',
      problem: `its last batch went wrong: ${result}`,
      seen:
        'batches come back until maxReceiveCount and end in the dead-letter queue; while none gets ' +
        `through, ${waiting}`,
      cause: 'The function throws, times out or is throttled, or Lambda may not take from the queue.',
      fix: "the function's log says what it failed on",
    },
  ];
}
