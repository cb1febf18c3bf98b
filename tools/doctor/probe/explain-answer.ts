import type { Outcome } from './course';
import type { Answer } from './post';

/** What an answer means, and whether the message may be on the queue. */
export interface Explained {
  readonly outcome: Outcome;
  readonly detail: string;
  readonly arrived: 'yes' | 'no' | 'perhaps';
}

interface Circumstances {
  readonly url: string;
  readonly allowList: readonly string[];
  /** `npm run doctor -- dev` */
  readonly doctor: string;
}

/** The answer to a callback, in the words of the plan's gateway and integration responses. */
export function explainAnswer(answer: Answer, circumstances: Circumstances): Explained {
  if (!('status' in answer)) return noAnswer(answer, circumstances);
  const { status } = answer;
  const said = `${status} ${messageIn(answer.body)}`.trim();
  const { allowList, doctor } = circumstances;
  const failed = (why: string, arrived: Explained['arrived'] = 'no'): Explained => ({
    outcome: 'failed',
    detail: `${said}: ${why}`,
    arrived,
  });
  if (status >= 200 && status < 300) return { outcome: 'ok', detail: said, arrived: 'yes' };
  switch (status) {
    case 400:
      return failed(
        /queue cannot take/.test(answer.body)
          ? `SQS refused the message as it is: a group or deduplication id that it does not take. ${doctor} compares the template`
          : `the deployed API does not take a body that the synthesized schema takes: ${doctor} compares the models`,
      );
    case 403:
      return isAllowList(answer.body)
        ? {
            outcome: 'not-seen',
            detail:
              `${said}: this machine's address is not in the allow-list (${allowList.join(', ')}). ` +
              'Run the probe from an address that is',
            arrived: 'no',
          }
        : failed(
            'API Gateway answers so before it looks at the API: no such API or stage, an execute-api endpoint that ' +
              `is switched off, or a custom domain without a mapping to ${new URL(circumstances.url).pathname}`,
          );
    case 404:
      return failed(
        `the deployed stage has no such route: a change was not deployed to the stage. ${doctor} tells which`,
      );
    case 413:
      return failed('a body that small is too large only when the queue takes less than was synthesized');
    case 415:
      return failed(
        `the deployed API has no template for this content type: ${doctor} compares the templates`,
      );
    case 429:
      return {
        outcome: 'not-seen',
        detail: `${said}: throttled, the stage's rate or the account's is used up. It was not queued; try again later`,
        arrived: 'no',
      };
    case 502:
      return failed(
        'SQS refused it (AccessDenied, KMS.AccessDeniedException, a queue that does not exist): ' +
          `${doctor} says which. Nothing is queued`,
      );
    case 504:
      return failed('SQS did not answer API Gateway within 29 s: the message may be on the queue', 'perhaps');
    case 500:
      return failed(
        "API Gateway failed by itself: it cannot assume the integration's role, or nothing selects its response. " +
          `${doctor} compares both`,
        'perhaps',
      );
    default:
      return failed(
        `nothing in the plan answers so: ${circumstances.url} may be something else's`,
        status >= 500 ? 'perhaps' : 'no',
      );
  }
}

/** The message of the plan's own gateway response, or IAM's words where that is not deployed. */
const isAllowList = (body: string): boolean =>
  /This address may not call this API|not authorized to perform: execute-api:Invoke/.test(body);

/** The message in a JSON answer with what else explains it; other answers as they are, shortened. */
export function messageIn(body: string): string {
  try {
    const { message, Message, validation } = JSON.parse(body) as Readonly<Record<string, unknown>>;
    return [message ?? Message, validation].filter((part) => typeof part === 'string' && part).join(' ');
  } catch {
    return body.length > 200 ? `${body.slice(0, 200)}…` : body;
  }
}

/** Whether a connection was never made: then nothing was sent. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL)$/;
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/;

function noAnswer(
  { code, message }: { readonly code: string; readonly message: string },
  { url }: Circumstances,
): Explained {
  const arrived = neverConnected.test(code) || certificate.test(code) ? 'no' : 'perhaps';
  return { outcome: 'failed', detail: `${code}: ${message}. ${connectionTold(code, url)}`, arrived };
}

/** Why no connection was made, or broke. */
export function connectionTold(code: string, url: string): string {
  const { host } = new URL(url);
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) {
    return `No DNS server that this machine asks knows ${host}: a name that is not published, or no network`;
  }
  if (code === 'ECONNREFUSED') return `Nothing listens at ${host}, or a firewall refuses`;
  if (certificate.test(code)) {
    return `The certificate of ${host} is not for it, or not trusted here: a proxy, or a custom domain with another certificate`;
  }
  if (neverConnected.test(code)) return `${host} is not reachable from this machine: a firewall, or no route`;
  return `${host} took the connection and gave no answer: the message may be on the queue`;
}
