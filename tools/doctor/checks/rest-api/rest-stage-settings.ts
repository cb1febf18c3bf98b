import type { MethodSetting, Stage } from '@aws-sdk/client-api-gateway';
import { answersItself, type Circumstances, callersOf, type Part } from './rest-circumstances';
import type { SynthesizedRoute } from './rest-plan';
import { everyMethod, type MethodLimits, type SynthesizedStage } from './rest-stage-plan';

/** Settings of AWS's own where a stage has none. */
const noSettings: MethodSetting = { loggingLevel: 'OFF', metricsEnabled: false, dataTraceEnabled: false };

/** What a stage's method settings let through and log otherwise. */
export function settingsFindings(
  { methodSettings }: SynthesizedStage,
  { methodSettings: deployed = {} }: Stage,
  circumstances: Circumstances,
): readonly Part[] {
  if (!methodSettings) return [];
  const { routes } = circumstances.api;
  const general = Object.entries(deployed).find(([key]) => placeOf(key) === everyMethod)?.[1];
  const own = Object.entries(deployed).flatMap(([key, settings]) => {
    const route = routes.find(({ path, httpMethod }) => placeOf(key) === `${path.slice(1)}/${httpMethod}`);
    return route ? [{ route, settings }] : [];
  });
  if (!general && own.length === 0) {
    return [
      {
        code: 'stage-settings-missing',
        severity: 'warning',
        problem: 'it has no method settings',
        synthesized: limitsText(methodSettings),
        deployed: 'none',
        seen:
          "requests are throttled by the account's limits alone, which all APIs share, and no " +
          'execution log tells of errors',
        fix: circumstances.deploy,
      },
    ];
  }
  return [
    ...limitFindings(methodSettings, general ?? noSettings, routes, '', circumstances),
    ...own.flatMap(({ route, settings }) =>
      limitFindings(methodSettings, settings, [route], ` for ${route.name}`, circumstances),
    ),
  ];
}

/** A key may have its slashes escaped as JSON pointers have them. */
export const placeOf = (key: string): string =>
  key.replaceAll('~1', '/').replaceAll('~0', '~').replace(/^\//, '');

const limitsText = ({
  throttlingRateLimit,
  throttlingBurstLimit,
  loggingLevel,
  metricsEnabled,
}: MethodLimits) =>
  [
    ...(throttlingRateLimit === undefined ? [] : [`rate limit ${throttlingRateLimit}`]),
    ...(throttlingBurstLimit === undefined ? [] : [`burst limit ${throttlingBurstLimit}`]),
    `logs ${loggingLevel}`,
    `detailed metrics ${metricsEnabled ? 'on' : 'off'}`,
  ].join(', ');

function limitFindings(
  wanted: MethodLimits,
  there: MethodSetting,
  routes: readonly SynthesizedRoute[],
  where: string,
  circumstances: Circumstances,
): readonly Part[] {
  const throttled = (
    [
      ['rate', wanted.throttlingRateLimit, there.throttlingRateLimit],
      ['burst', wanted.throttlingBurstLimit, there.throttlingBurstLimit],
    ] as const
  )
    .filter(([, limit, deployed]) => limit !== undefined && limit !== unlimited(deployed))
    .map(([name, limit, deployed]): Part => {
      const lower = unlimited(deployed) !== undefined && Number(deployed) < Number(limit);
      return {
        code: 'stage-throttling',
        severity: lower ? 'error' : 'warning',
        problem: `it takes ${lower ? 'fewer' : 'more'} requests than synthesized (${name} limit)${where}`,
        synthesized: `${name} limit ${limit}`,
        deployed:
          unlimited(deployed) === undefined ? `the account's ${name} limit` : `${name} limit ${deployed}`,
        seen: lower
          ? `${callersOf(routes)} get ${answersItself(circumstances, 'THROTTLED')} ` +
            `${deployed === 0 ? 'for every request' : 'more often'}, and what is refused is not ` +
            'queued; one that does not send again loses it'
          : 'nothing: a flood of requests reaches the queue, and takes what the account may do from ' +
            'its other APIs',
      };
    });
  return [
    ...throttled,
    ...(there.dataTraceEnabled && !wanted.dataTraceEnabled
      ? [
          {
            code: 'stage-data-trace',
            severity: 'warning' as const,
            problem: `it writes whole requests to its log${where}`,
            synthesized: 'no data trace',
            deployed: 'data trace',
            seen: 'nothing: whoever may read the execution log reads the bodies that callers send',
          },
        ]
      : []),
    ...settingDifferences(wanted, there).map(
      ([code, problem, synthesized, deployed, seen]): Part => ({
        code,
        severity: 'warning',
        problem: `${problem}${where}`,
        synthesized,
        deployed,
        seen,
      }),
    ),
  ];
}

/** A limit of -1 is none. */
const unlimited = (limit: number | undefined) => (limit === -1 ? undefined : limit);

function settingDifferences(wanted: MethodLimits, there: MethodSetting) {
  const onOff = (on: boolean) => `detailed metrics ${on ? 'on' : 'off'}`;
  const level = there.loggingLevel ?? 'OFF';
  return [
    ...(level === wanted.loggingLevel
      ? []
      : [
          [
            'stage-logging-level',
            'it logs executions at another level',
            wanted.loggingLevel,
            level,
            'callers notice nothing; the execution log says less, or more, than one looks for',
          ] as const,
        ]),
    ...(there.metricsEnabled === undefined || there.metricsEnabled === wanted.metricsEnabled
      ? []
      : [
          [
            'stage-metrics',
            'it counts its methods otherwise',
            onOff(wanted.metricsEnabled),
            onOff(there.metricsEnabled),
            'callers notice nothing; the metrics of single methods are missing, or cost',
          ] as const,
        ]),
  ];
}
