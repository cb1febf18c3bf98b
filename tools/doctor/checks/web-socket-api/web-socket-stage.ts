import type { GetStageResponse, RouteSettings } from '@aws-sdk/client-apigatewayv2';
import { canonicalJson } from '../../../../synthesis/canonical-json';
import type { Finding } from '../../finding';
import { type Circumstances, finding } from './web-socket-circumstances';
import { deploymentFindings } from './web-socket-deployment';
import type { ServedStage } from './web-socket-serving';
import type { RouteLimits, SynthesizedStage } from './web-socket-stage-plan';

/** What a stage serves, lets through and logs otherwise than synthesized. */
export function stageFindings(stage: ServedStage, circumstances: Circumstances): readonly Finding[] {
  const { synthesized, deployed } = stage;
  const about = { at: synthesized.address, subject: `stage ${synthesized.name} of ${circumstances.subject}` };
  if (!deployed) {
    return [
      finding(circumstances, {
        ...about,
        code: 'stage-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen:
          `${circumstances.clients} cannot connect: the handshake gets HTTP 403; replies on ` +
          'connections that are still open fail',
        cause: 'The stack was never deployed to the end, or someone has deleted the stage.',
        fix: circumstances.deploy,
      }),
    ];
  }
  return [
    ...deploymentFindings(stage, deployed, circumstances),
    ...limitFindings(synthesized.defaultRouteSettings, deployed.DefaultRouteSettings ?? {}, '', {
      about,
      circumstances,
    }),
    ...Object.entries(deployed.RouteSettings ?? {}).flatMap(([route, settings]) =>
      limitFindings(synthesized.defaultRouteSettings, settings, ` for the route ${route}`, {
        about,
        circumstances,
      }),
    ),
    ...accessLogFindings(synthesized, deployed, { about, circumstances }),
  ];
}

interface Telling {
  readonly about: Pick<Finding, 'at' | 'subject'>;
  readonly circumstances: Circumstances;
}

/** What a route's own settings leave open is as for all routes. */
function limitFindings(
  wanted: RouteLimits,
  there: RouteSettings,
  where: string,
  { about, circumstances }: Telling,
): readonly Finding[] {
  const told = (code: string, severity: Finding['severity'], problem: string, seen: string) => ({
    ...about,
    code,
    severity,
    problem: `${problem}${where}`,
    seen,
  });
  const throttled = (
    [
      ['rate', wanted.throttlingRateLimit, there.ThrottlingRateLimit],
      ['burst', wanted.throttlingBurstLimit, there.ThrottlingBurstLimit],
    ] as const
  )
    .filter(([, limit, deployed]) => limit !== undefined && deployed !== undefined && limit !== deployed)
    .map(([name, limit = 0, deployed = 0]) => {
      const lower = deployed < limit;
      return finding(circumstances, {
        ...told(
          'stage-throttling',
          lower ? 'error' : 'warning',
          `it takes ${lower ? 'fewer' : 'more'} messages than synthesized (${name} limit)`,
          lower
            ? `${deployed === 0 ? 'all' : 'more'} messages and connections of ${circumstances.clients} ` +
                `are refused${deployed === 0 ? '' : ' than before'}: HTTP 429 as they connect, "Too Many ` +
                'Requests" on a connection; what is refused is not queued'
            : 'a flood of messages reaches the queue, and whoever answers them, sooner than it should',
        ),
        synthesized: `${name} limit ${limit}`,
        deployed: `${name} limit ${deployed}`,
      });
    });
  return [
    ...throttled,
    ...(there.DataTraceEnabled === true && !wanted.dataTraceEnabled
      ? [
          finding(circumstances, {
            ...told(
              'stage-data-trace',
              'warning',
              'it writes whole messages to its log',
              'whoever may read the execution log reads what clients send; nothing else changes',
            ),
            synthesized: 'no data trace',
            deployed: 'data trace',
          }),
        ]
      : []),
    ...loggingFindings(wanted, there).map(([problem, synthesized, deployed]) =>
      finding(circumstances, {
        ...told('stage-logging', 'warning', problem, 'errors leave less trace, or more, than one looks for'),
        synthesized,
        deployed,
      }),
    ),
  ];
}

const loggingFindings = (wanted: RouteLimits, there: RouteSettings) =>
  (
    [
      ['it logs executions at another level', wanted.loggingLevel, there.LoggingLevel],
      [
        'it counts its routes otherwise',
        `detailed metrics ${wanted.detailedMetricsEnabled ? 'on' : 'off'}`,
        there.DetailedMetricsEnabled === undefined
          ? undefined
          : `detailed metrics ${there.DetailedMetricsEnabled ? 'on' : 'off'}`,
      ],
    ] as const
  ).flatMap(([problem, synthesized, deployed]) =>
    deployed === undefined || synthesized === deployed ? [] : [[problem, synthesized, deployed] as const],
  );

function accessLogFindings(
  { accessLog }: SynthesizedStage,
  { AccessLogSettings: there = {} }: GetStageResponse,
  { about, circumstances }: Telling,
): readonly Finding[] {
  // A log group's ARN is written with and without `:*`.
  const destination = there.DestinationArn?.replace(/:\*$/, '');
  const told = {
    ...about,
    code: 'stage-access-log',
    severity: 'warning' as const,
    seen:
      'clients notice nothing; whoever looks for a refused message in the access log does not find it ' +
      'there',
  };
  if (accessLog?.destinationArn !== destination) {
    return [
      finding(circumstances, {
        ...told,
        problem: destination === undefined ? 'it writes no access log' : 'it writes its access log elsewhere',
        synthesized: accessLog?.destinationArn ?? 'no access log',
        deployed: destination ?? 'no access log',
      }),
    ];
  }
  if (accessLog === undefined) return [];
  const [wanted, deployed] = [fieldsOf(accessLog.format), fieldsOf(there.Format ?? '')];
  const differ = (from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>) =>
    [...from]
      .filter(([name, value]) => to.get(name) !== value)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n');
  const [missing, extra] = [differ(wanted, deployed), differ(deployed, wanted)];
  if (missing === '' && extra === '') return [];
  return [
    finding(circumstances, {
      ...told,
      problem: 'its access log has other fields',
      synthesized: missing || 'nothing more',
      deployed: extra || 'nothing more',
    }),
  ];
}

/** Of a format in JSON by name; another one as one field. */
function fieldsOf(format: string): ReadonlyMap<string, string> {
  try {
    const fields = Object.entries(JSON.parse(format) as object);
    return new Map(fields.map(([name, value]) => [name, canonicalJson(value)]));
  } catch {
    // A format need not be JSON.
  }
  return new Map(format === '' ? [] : [['format', format]]);
}
