import type { Plan } from '../../../plan/plan';
import type { SqsError } from '../../../rehearse/sqs/errors';
import { queueArnOfPath } from '../../../rehearse/sqs/queue-url';
import type { Affected } from '../../affected';
import type { Finding } from '../../finding';
import { inSentence } from '../queues/queue-consequences';
import { answerText, answerToError, type OwnAnswer, ownAnswer } from './rest-answers';
import type { SynthesizedRestApi, SynthesizedRoute } from './rest-plan';

/** A finding as far as the thing itself tells it; the rest is the same for most. */
export type Told = Omit<Finding, 'cause' | 'fix'> & Partial<Pick<Finding, 'cause' | 'fix'>>;

/** The same of something whose place and name are told once. */
export type Part = Omit<Told, 'at' | 'subject'>;

/** Who notices a defect of an API, and what they see of it. */
export interface Circumstances {
  readonly api: SynthesizedRestApi;
  /** `REST API dev-callback-receiver` */
  readonly subject: string;
  /** Of all routes: `callers of POST /v1/a and POST /v1/b`. */
  readonly everyCaller: string;
  /** The command that brings the stack back. */
  readonly deploy: string;
  readonly plan: Plan;
  readonly affected: Affected;
}

export function circumstancesOf(plan: Plan, api: SynthesizedRestApi, affected: Affected): Circumstances {
  return {
    api,
    subject: `REST API ${api.name}`,
    everyCaller: callersOf(api.routes),
    deploy: `npx cdktf deploy ${plan.stackId}`,
    plan,
    affected,
  };
}

export const callersOf = (routes: readonly Pick<SynthesizedRoute, 'name'>[]): string =>
  `callers of ${routes.length === 0 ? 'the API' : inSentence(routes.map(({ name }) => name))}`;

export const finding = ({ deploy }: Circumstances, told: Told): Finding => ({
  cause: 'It was changed in the console or by another tool.',
  fix: `${deploy} restores it; what was meant belongs in environments/.`,
  ...told,
});

/** What API Gateway answers by itself. */
export const answersItself = ({ api }: Circumstances, type: OwnAnswer): string =>
  ownAnswer(api.gatewayResponses, type);

/** What a route's callers and the consumers of its queue see. */
export interface Seen {
  /** `callers of POST /v1/bizppurio/delivery-results` */
  readonly callers: string;
  /** Who takes the messages: `function dev-…` or `pipe dev-…`. */
  readonly consumers: string;
  /** Name of the queue; nothing where messages go to none. */
  readonly queue: string | undefined;
  readonly fifo: boolean;
  /** API Gateway gives up before it asks SQS. */
  readonly notSent: string;
  /** SQS answers so; `why` is its error in words. */
  readonly refused: (error: SqsError, why?: string) => string;
}

export function seenAt(route: SynthesizedRoute, circumstances: Circumstances): Seen {
  const { plan, affected } = circumstances;
  const callers = callersOf([route]);
  const path = /:sqs:path(\/.+)$/.exec(route.integration?.uri ?? '')?.[1];
  const queueArn = path === undefined ? undefined : queueArnOfPath(plan, path);
  const consumers = (queueArn === undefined ? [] : affected.at(queueArn)).filter(
    ({ kind }) => kind === 'function' || kind === 'pipe',
  );
  const itself = answersItself(circumstances, 'API_CONFIGURATION_ERROR');
  return {
    callers,
    consumers:
      [...new Set(consumers.map(({ name }) => name))].join(' and ') ||
      'whoever takes messages from the queue',
    queue: path?.split('/').at(-1),
    fifo: queueArn?.endsWith('.fifo') ?? false,
    notSent: `${callers} get ${itself}, API Gateway's own "Internal server error", and nothing is queued`,
    refused: (error, why) => {
      const answer = answerToError(route.integration?.responses ?? [], error);
      const said = why ?? `${error.status} ${error.code}`;
      return (
        `${callers} get ${answer ? answerText(answer) : itself}: SQS answers ${said}, and nothing is ` +
        'queued'
      );
    },
  };
}
