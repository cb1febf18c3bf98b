import { contextVariable } from '../../../rehearse/api-gateway/context-variable';
import { selectIntegrationResponse } from '../../../rehearse/api-gateway/integration-response';
import { noParameters } from '../../../rehearse/api-gateway/request-parameters';
import { invokeMethod } from '../../../rehearse/api-gateway/rest-integration';
import { errorAnswer, okAnswer } from '../../../rehearse/sqs/answer';
import { accessDenied, badRequest, invalidValue, type SqsError } from '../../../rehearse/sqs/errors';
import type { SqsAnswer } from '../../../rehearse/sqs/query-protocol';
import type { Concern } from '../../concern';
import { groupsOf } from '../../groups';
import { briefPair, type Finding, inSentence, notice, type Subject } from '../notice';
import type { Response } from '../read/rest-api';

/** What SQS may say, from the best to the worst. */
const outcomes: readonly { readonly name: string; readonly answer: SqsAnswer }[] = [
  { name: 'takes the message (200)', answer: taken() },
  {
    name: 'finds it too large (400)',
    answer: refused(
      invalidValue('One or more parameters are invalid. Reason: Message must be shorter than 262144 bytes.'),
    ),
  },
  {
    name: 'refuses what is in it (400)',
    answer: refused(badRequest('InvalidMessageContents', 'Invalid characters found.')),
  },
  { name: 'denies access (403)', answer: refused(accessDenied('Access is denied.')) },
  {
    name: 'is throttled (400)',
    answer: refused(badRequest('RequestThrottled', 'The request was throttled.')),
  },
  {
    name: 'is down (503)',
    answer: refused({ status: 503, code: 'ServiceUnavailable', message: 'The service is unavailable.' }),
  },
];

function taken(): SqsAnswer {
  const MessageId = '11111111-1111-4111-8111-111111111111';
  const json = { MessageId, MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' };
  return okAnswer({ json, xml: '' }, { action: 'SendMessage', requestId: 'sqs-request-id', json: true });
}

function refused(error: SqsError): SqsAnswer {
  return errorAnswer(error, { action: 'SendMessage', requestId: 'sqs-request-id', json: true });
}

/** What a caller gets, for what SQS says. */
interface Answer {
  /** Undefined where it is not known. */
  readonly status: number | undefined;
  readonly body: string;
  /** Those that the integration response sets. */
  readonly headers: string;
}

/** Answers of routes that are in both versions; outcomes whose answers change alike are told together. */
export function responseFindings(
  subject: Subject,
  base: readonly Response[],
  head: readonly Response[],
): readonly Finding[] {
  if (writtenAs(base) === writtenAs(head)) return [];
  const changes = outcomes.flatMap(({ name, answer }) => {
    const [was, is] = [answerTo(base, answer), answerTo(head, answer)];
    if (answerText(was) === answerText(is)) return [];
    const [before, after] = briefPair(answerText(was), answerText(is));
    return [{ name, before, after, verdict: verdict(answer.status, was.status, is.status) }];
  });
  const alike = groupsOf(changes, ({ before, after, verdict: of }) => JSON.stringify([before, after, of]));
  return alike.map((same) => {
    const { before, after, verdict: of } = same[0];
    const text = `the answer is another one where SQS ${alternatives(same.map(({ name }) => name))}${of.why}`;
    return notice('callers', subject, of.level, text, [
      { payload: undefined, note: undefined, before, after },
    ]);
  });
}

const writtenAs = (responses: readonly Response[]): string =>
  JSON.stringify(
    responses.map(({ status, selectionPattern, templates, parameters }) => [
      status,
      selectionPattern,
      [...templates],
      [...parameters],
    ]),
  );

/** Of a new route: it must not say that all went well where it did not. */
export function lossFindings(subject: Subject, head: readonly Response[]): readonly Finding[] {
  const wrong = outcomes.filter(
    ({ answer }) => answer.status >= 300 && isFine(answerTo(head, answer).status),
  );
  if (wrong.length === 0) return [];
  const text = `callers get a 2xx where SQS ${alternatives(wrong.map(({ name }) => name))}: ${lost}`;
  return [notice('callers', subject, 'broken', text)];
}

const alternatives = (names: readonly string[]) => inSentence(names).replace(/ and (?=[^,]*$)/, ' or ');

const isFine = (status: number | undefined) => status !== undefined && status >= 200 && status < 300;

const lost = 'what was sent is lost, and its sender does not know';

interface Verdict {
  readonly level: Concern['level'] | undefined;
  readonly why: string;
}

function verdict(sqs: number, was: number | undefined, is: number | undefined): Verdict {
  if (sqs >= 300 && isFine(is) && !isFine(was)) return { level: 'broken', why: `: ${lost}` };
  if (sqs < 300 && !isFine(is) && isFine(was)) {
    const why = ': callers take it for a failure, and send again what is on the queue already';
    return { level: 'attention', why };
  }
  if (was === undefined || is === undefined) return { level: 'attention', why: '' };
  if (was >= 500 && is < 500 && !isFine(is)) {
    return { level: 'attention', why: ': callers that send again only after a 5xx give up' };
  }
  return { level: undefined, why: '' };
}

function answerTo(responses: readonly Response[], sqs: SqsAnswer): Answer {
  const context = contextVariable({ requestId: 'request-id' });
  const integration = {
    address: responses[0]?.address ?? 'integration response',
    path: '',
    credentials: undefined,
    requestParameters: new Map<string, string>(),
    templates: new Map([['application/json', '']]),
  };
  const request = { body: '{}', params: noParameters, context };
  try {
    const surroundings = { ids: () => 'request-id', sqs: () => sqs };
    const answer = invokeMethod({ integration, responses }, request, surroundings);
    if (!('status' in answer)) return { status: 500, body: "API Gateway's own", headers: '' };
    const selected = selectIntegrationResponse(responses, String(sqs.status)) as Response | undefined;
    const headers = [...(selected?.parameters ?? [])].map(([name, value]) => `${name}=${value}`);
    return { status: answer.status, body: answer.body, headers: headers.sort().join(', ') };
  } catch (error) {
    const body = `not known: ${(error as Error).message}`;
    return { status: undefined, body, headers: '' };
  }
}

const answerText = ({ status, body, headers }: Answer): string =>
  [
    ...(status === undefined ? [] : [String(status)]),
    body === '' ? 'empty body' : body,
    ...(headers ? [headers] : []),
  ].join(' ');
