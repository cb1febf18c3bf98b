import type { Stage } from '@aws-sdk/client-api-gateway';
import { canonicalJson } from '../../../../synthesis/canonical-json';
import type { Part } from './rest-circumstances';
import type { SynthesizedStage } from './rest-stage-plan';

/** What a stage's traces and access log hold otherwise: callers notice none of it. */
export const loggingFindings = (synthesized: SynthesizedStage, deployed: Stage): readonly Part[] => [
  ...tracing(synthesized, deployed),
  ...accessLog(synthesized, deployed),
];

const tracing = (
  { tracing: wanted }: SynthesizedStage,
  { tracingEnabled: there = false }: Stage,
): readonly Part[] =>
  wanted === there
    ? []
    : [
        {
          code: 'stage-tracing',
          severity: 'warning',
          problem: there ? 'it traces requests' : 'it does not trace requests',
          synthesized: `X-Ray tracing ${wanted ? 'on' : 'off'}`,
          deployed: `X-Ray tracing ${there ? 'on' : 'off'}`,
          seen: there
            ? 'callers notice nothing; traces cost'
            : 'callers notice nothing; no trace shows where a slow request has waited',
        },
      ];

function accessLog(
  { accessLog: wanted }: SynthesizedStage,
  { accessLogSettings: there = {} }: Stage,
): readonly Part[] {
  const told = {
    code: 'stage-access-log',
    severity: 'warning' as const,
    seen:
      'callers notice nothing; whoever looks for a refused request in the access log does not find it ' +
      'there',
  };
  // A log group's ARN is written with and without `:*`.
  const destination = there.destinationArn?.replace(/:\*$/, '');
  if (wanted?.destinationArn !== destination) {
    return [
      {
        ...told,
        problem: destination === undefined ? 'it writes no access log' : 'it writes its access log elsewhere',
        synthesized: wanted?.destinationArn ?? 'no access log',
        deployed: destination ?? 'no access log',
      },
    ];
  }
  if (wanted === undefined) return [];
  const [before, now] = [fieldsOf(wanted.format), fieldsOf(there.format ?? '')];
  const [missing, extra] = [differing(before, now), differing(now, before)];
  if (missing === '' && extra === '') return [];
  return [
    {
      ...told,
      problem: 'its access log has other fields',
      synthesized: missing || 'nothing more',
      deployed: extra || 'nothing more',
      seen:
        'callers notice nothing; whoever searches the access log for a field misses it, or it holds ' +
        'more of a request than was reviewed',
    },
  ];
}

type Fields = ReadonlyMap<string, string>;

const differing = (from: Fields, to: Fields) =>
  [...from]
    .filter(([name, value]) => to.get(name) !== value)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

/** Of a format in JSON by name; another one as one field. */
function fieldsOf(format: string): Fields {
  try {
    const fields: unknown = JSON.parse(format);
    if (fields !== null && typeof fields === 'object') {
      return new Map(Object.entries(fields).map(([name, value]) => [name, canonicalJson(value)]));
    }
  } catch {
    // A format need not be JSON.
  }
  return new Map(format === '' ? [] : [['format', format]]);
}
