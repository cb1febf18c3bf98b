import { type Finding, notice, type Subject, setting } from '../notice';
import { pairsOf } from '../pairs';
import type { HttpApi, HttpRoute } from '../read/http-api';
import { queueName } from '../read/integration';
import { throttlingLimits } from '../settings/api-settings';
import { authorizationFindings } from './requirements';

export const httpSubject = (
  { stageName }: Pick<HttpApi, 'stageName'>,
  { key }: Pick<HttpRoute, 'key'>,
  environment: string,
): Subject => ({ kind: 'route', name: key.replace(' ', ` /${stageName}`), environment });

/** What callers and consumers of an HTTP API that is in both versions notice. */
export function httpFindings(
  base: HttpApi,
  head: HttpApi,
  environment: string,
  isUnread: (address: string) => boolean,
): readonly Finding[] {
  const api: Subject = { kind: 'API', name: head.name, environment };
  const { both, gone, added } = pairsOf(base.routes, head.routes, ({ key }) => key);
  return [
    ...apiFindings(api, base, head),
    ...gone
      .filter(({ address }) => !isUnread(address))
      .map((route) =>
        notice('callers', httpSubject(base, route, environment), 'attention', 'is gone: callers get 404'),
      ),
    ...both.flatMap(([was, is]) => routeFindings(httpSubject(head, is, environment), was, is)),
    ...added
      .filter(({ address }) => !isUnread(address))
      .map((route) =>
        notice('callers', httpSubject(head, route, environment), undefined, `is new: ${postedTo(route)}`),
      ),
  ];
}

export const postedTo = ({ queue }: HttpRoute): string =>
  queue === undefined ? 'what is posted goes nowhere' : `what is posted goes to queue ${queueName(queue)}`;

const apiFindings = (api: Subject, base: HttpApi, head: HttpApi): readonly Finding[] => [
  ...(base.stageName === head.stageName
    ? []
    : [
        notice(
          'callers',
          api,
          'attention',
          `callers post to /${head.stageName}, no longer to /${base.stageName}: those with the old address get 404`,
        ),
      ]),
  ...(base.disabled === head.disabled
    ? []
    : [
        notice(
          'callers',
          api,
          head.disabled === 'true' ? 'attention' : undefined,
          head.disabled === 'true'
            ? 'its execute-api address is out of service: those who do not come through a custom domain are refused'
            : 'its execute-api address answers from now on',
        ),
      ]),
  ...setting(api, 'pages that may post (CORS)', base.cors, head.cors),
  ...throttlingLimits(api, base.throttling, head.throttling),
];

/** Bodies are not validated, so that there is nothing of them to notice. */
function routeFindings(subject: Subject, base: HttpRoute, head: HttpRoute): readonly Finding[] {
  const keyless = (route: HttpRoute) => ({ ...route, apiKeyRequired: false });
  const names = [...new Set([...base.parameters.keys(), ...head.parameters.keys()])];
  return [
    ...authorizationFindings(subject, keyless(base), keyless(head)),
    ...(base.queue === head.queue
      ? []
      : [
          notice(
            'consumers',
            subject,
            'attention',
            `${postedTo(head)}, no longer to ${queueName(base.queue ?? 'none')}`,
          ),
        ]),
    ...(base.role === head.role
      ? []
      : [
          notice(
            'operators',
            subject,
            undefined,
            `SQS is called as ${head.role ?? 'nobody'}, was ${base.role ?? 'nobody'}`,
          ),
        ]),
    ...names.flatMap((name) => {
      const [was, is] = [base.parameters.get(name) ?? 'none', head.parameters.get(name) ?? 'none'];
      return was === is
        ? []
        : [notice('consumers', subject, 'attention', `${name} of its messages is ${is}, was ${was}`)];
    }),
  ];
}
