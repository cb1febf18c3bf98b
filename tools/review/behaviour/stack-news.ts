import { type Finding, notice, type Subject } from './notice';
import type { StackBehaviour } from './read/behaviour-of';
import { queueName } from './read/integration';
import { httpSubject, postedTo } from './routes/http-findings';
import { lossFindings } from './routes/response-findings';
import { routeSubject } from './routes/route-findings';
import { forConnections, webSocketSubject } from './routes/websocket-findings';
import { targetOf } from './subscribers/pipe-findings';

/** One line for each way through a stack that is new, and what is wrong with it. */
export const newStackFindings = (stack: StackBehaviour): readonly Finding[] => [
  ...ways(stack).map((way) => notice(way.audience, way.subject, undefined, `is new: ${way.text}`)),
  ...stack.restApis.flatMap((api) =>
    api.routes.flatMap((route) => lossFindings(routeSubject(api, route, stack.environment), route.responses)),
  ),
];

/** One line for each way through a stack that is gone; what is lost with it is told of its resources. */
export const goneStackFindings = (stack: StackBehaviour): readonly Finding[] =>
  ways(stack).map((way) => notice(way.audience, way.subject, undefined, `is gone: ${way.gone}`));

interface Way {
  readonly audience: 'callers' | 'clients' | 'subscribers';
  readonly subject: Subject;
  readonly text: string;
  readonly gone: string;
}

function ways({ environment, restApis, httpApis, webSocketApis, pipes }: StackBehaviour): readonly Way[] {
  return [
    ...restApis.flatMap((api) =>
      api.routes.map((route): Way => {
        const target = route.integration?.target ?? 'what could not be read';
        const isQueue = route.integration?.queue !== undefined;
        return {
          audience: 'callers',
          subject: routeSubject(api, route, environment),
          text: isQueue ? `what is posted goes to queue ${target}` : `requests go to ${target}`,
          gone: 'callers get no answer there',
        };
      }),
    ),
    ...httpApis.flatMap((api) =>
      api.routes.map(
        (route): Way => ({
          audience: 'callers',
          subject: httpSubject(api, route, environment),
          text: postedTo(route),
          gone: 'callers get no answer there',
        }),
      ),
    ),
    ...webSocketApis.flatMap((api) =>
      api.routes
        .filter(({ key }) => !forConnections.includes(key))
        .map((route): Way => {
          const target = route.integration?.target ?? 'what could not be read';
          return {
            audience: 'clients',
            subject: webSocketSubject(api, route, environment),
            text: `messages of clients go to ${target}`,
            gone: 'clients cannot connect',
          };
        }),
    ),
    ...pipes.map(
      (pipe): Way => ({
        audience: 'subscribers',
        subject: { kind: 'pipe', name: pipe.name, environment },
        text: `delivers what is on queue ${queueName(pipe.sourceArn)} to ${targetOf(pipe)}`,
        gone: `${targetOf(pipe)} gets nothing of queue ${queueName(pipe.sourceArn)}`,
      }),
    ),
  ];
}
