import type { Method } from '@aws-sdk/client-api-gateway';
import { canonicalJson } from '../../../../synthesis/canonical-json';
import { badRequest, invalidValue, type SqsError } from '../../../rehearse/sqs/errors';
import type { Finding } from '../../finding';
import {
  type Answer,
  accessDenied,
  answerText,
  answerToError,
  answerToSent,
  missingParameter,
  nonExistentQueue,
  type Response,
  sqsError,
  unknownOperation,
} from './rest-answers';
import { answersItself, type Circumstances, finding, type Seen, seenAt } from './rest-circumstances';
import type { SynthesizedIntegration } from './rest-integration-plan';
import type { SynthesizedRoute } from './rest-plan';

/** What SQS can say to a message, for a try. */
const errors: readonly SqsError[] = [
  unknownOperation,
  accessDenied,
  nonExistentQueue,
  badRequest('KMS.AccessDeniedException', 'not authorized to perform: kms:GenerateDataKey'),
  sqsError(500, 'InternalError', 'We encountered an internal error. Please try again.'),
  sqsError(503, 'ServiceUnavailable', 'Service is currently unavailable.'),
  missingParameter('MessageGroupId'),
  invalidValue('One or more parameters are invalid. Reason: Message must be shorter than 262144 bytes.'),
  badRequest('InvalidMessageContents', 'Invalid characters found.'),
];

/** What a caller gets for something that SQS says, synthesized and deployed. */
interface Outcome {
  /** `200` or `403 AccessDenied`. */
  readonly said: string;
  readonly wanted: Answer | undefined;
  /** Nothing where no response fits, and API Gateway fails by itself. */
  readonly there: Answer | undefined;
}

type Kind = 'acknowledges' | 'refuses' | 'final' | 'other';

/**
 * How callers are answered otherwise than synthesized: both sets of responses are tried with what SQS can
 * say, so that only differences count that a caller sees.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
 */
export function responseFindings(
  route: SynthesizedRoute,
  integration: SynthesizedIntegration,
  { methodIntegration, methodResponses = {} }: Method,
  circumstances: Circumstances,
): readonly Finding[] {
  const deployed = Object.values(methodIntegration?.integrationResponses ?? {}).map(
    ({ statusCode = '', selectionPattern, responseTemplates = {} }): Response => ({
      statusCode,
      selectionPattern: selectionPattern || undefined,
      templates: new Map(Object.entries(responseTemplates)),
    }),
  );
  // A status that the method does not have cannot be answered with.
  const statuses = Object.keys(methodResponses);
  const answerable = (answer: Answer | undefined) =>
    answer && statuses.includes(answer.from) ? answer : undefined;
  const outcomes: readonly Outcome[] = [
    {
      said: '200',
      wanted: answerToSent(integration.responses),
      there: answerable(answerToSent(deployed)),
    },
    ...errors.map((error) => ({
      said: `${error.status} ${error.code}`,
      wanted: answerToError(integration.responses, error),
      there: answerable(answerToError(deployed, error)),
    })),
  ];
  const kinds = new Map<Kind, Outcome[]>();
  for (const outcome of outcomes) {
    const kind = kindOf(outcome);
    if (kind) kinds.set(kind, [...(kinds.get(kind) ?? []), outcome]);
  }
  const seen = seenAt(route, circumstances);
  const itself = answersItself(circumstances, 'API_CONFIGURATION_ERROR');
  return [...kinds].map(([kind, hit]) =>
    finding(circumstances, {
      at:
        integration.responses.find(({ statusCode }) => statusCode === hit[0]?.wanted?.from)?.address ??
        integration.address,
      subject: `integration responses of ${route.name} of ${circumstances.subject}`,
      ...told(kind, seen),
      synthesized: answersText(hit, ({ wanted }) => wanted, itself),
      deployed: answersText(hit, ({ there }) => there, itself),
      ...causeOf(integration.responses, deployed, statuses),
    }),
  );
}

const isGood = (answer: Answer | undefined): boolean => answer?.status.toString().startsWith('2') ?? false;

/** API Gateway's own failure is a 500. */
const hundreds = (answer: Answer | undefined): number => Math.floor((answer?.status ?? 500) / 100);

function kindOf({ wanted, there }: Outcome): Kind | undefined {
  if (same(wanted, there)) return undefined;
  if (isGood(there) && !isGood(wanted)) return 'acknowledges';
  if (isGood(wanted) && !isGood(there)) return 'refuses';
  return hundreds(wanted) === 5 && hundreds(there) === 4 ? 'final' : 'other';
}

const same = (a: Answer | undefined, b: Answer | undefined): boolean =>
  a?.status === b?.status && inOneForm(a?.body) === inOneForm(b?.body);

function inOneForm(body: string | undefined): string | undefined {
  try {
    return body && canonicalJson(JSON.parse(body));
  } catch {
    return body?.trim();
  }
}

function told(
  kind: Kind,
  { callers, consumers }: Seen,
): Pick<Finding, 'code' | 'severity' | 'problem' | 'seen'> {
  switch (kind) {
    case 'acknowledges':
      return {
        code: 'integration-response-acknowledges',
        severity: 'error',
        problem: 'they answer 2xx to what SQS has refused',
        seen:
          `nothing, and that is the harm: ${callers} take what SQS refused, such as with AccessDenied, ` +
          `for accepted and do not send it again. It is lost, and ${consumers} never see it`,
      };
    case 'refuses':
      return {
        code: 'integration-response-refuses',
        severity: 'error',
        problem: 'they answer an error to what SQS has taken',
        seen: `${callers} send again what is queued already, and ${consumers} meet it several times`,
      };
    case 'final':
      return {
        code: 'integration-response-final',
        severity: 'error',
        problem: 'they answer 4xx where sending again would help',
        seen:
          `${callers} that take a 4xx for final give up what SQS could not take for the moment: it is ` +
          `lost to ${consumers}`,
      };
    case 'other':
      return {
        code: 'integration-response',
        severity: 'warning',
        problem: 'they answer otherwise',
        seen:
          `${callers} get other answers, and may not understand them, or send again what will be ` +
          'refused again; nothing is lost by it',
      };
  }
}

function answersText(
  outcomes: readonly Outcome[],
  of: (outcome: Outcome) => Answer | undefined,
  itself: string,
): string {
  const lines = new Map<string, string[]>();
  for (const outcome of outcomes) {
    const answer = of(outcome);
    const text = answer ? answerText(answer) : `${itself}, by API Gateway itself`;
    lines.set(text, [...(lines.get(text) ?? []), outcome.said]);
  }
  return [...lines].map(([text, said]) => `SQS's ${[...new Set(said)].join(', ')}: ${text}`).join('\n');
}

function causeOf(
  wanted: readonly Response[],
  deployed: readonly Response[],
  statuses: readonly string[],
): Partial<Pick<Finding, 'cause'>> {
  const gone = wanted.filter(({ statusCode }) => !deployed.some((one) => one.statusCode === statusCode));
  const unanswerable = deployed.filter(({ statusCode }) => !statuses.includes(statusCode));
  const good = deployed.find(
    ({ selectionPattern, statusCode }) => !selectionPattern && statusCode.startsWith('2'),
  );
  const reasons = [
    ...(good
      ? [
          `The integration response ${good.statusCode} has no selection pattern, and answers ` +
            'whatever no other one matches.',
        ]
      : []),
    ...gone.map(({ statusCode }) => `The integration response ${statusCode} was deleted.`),
    ...unanswerable.map(
      ({ statusCode }) =>
        `The method response ${statusCode} was deleted, which the integration response ${statusCode} needs.`,
    ),
  ];
  return reasons.length > 0 ? { cause: reasons.join(' ') } : {};
}
