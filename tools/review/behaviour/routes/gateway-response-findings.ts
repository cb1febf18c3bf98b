import { type GatewayResponseType, gatewayAnswer } from '../../../rehearse/api-gateway/gateway-response';
import { brief, briefPair, type Finding, notice, type Subject } from '../notice';
import type { GatewayResponse } from '../read/rest-api';

/** What API Gateway answers by itself, where that is another answer from now on. */
export function gatewayResponseFindings(
  subject: Subject,
  base: ReadonlyMap<string, GatewayResponse>,
  head: ReadonlyMap<string, GatewayResponse>,
): readonly Finding[] {
  return [...new Set([...base.keys(), ...head.keys()])].flatMap((type) => {
    const [was, is] = [answerText(base, type), answerText(head, type)];
    if (was === is) return [];
    const [before, after] = briefPair(was, is);
    const wasFine = isFine(base.get(type)?.status);
    const broken = isFine(head.get(type)?.status) && !wasFine;
    const why = broken ? ': what is refused looks accepted, and is lost' : '';
    const text = `API Gateway's own answer ${type} is another one${why}`;
    const example = { payload: undefined, note: undefined, before, after };
    return [notice('callers', subject, broken ? 'broken' : undefined, text, [example])];
  });
}

const isFine = (status: number | undefined) => status !== undefined && status >= 200 && status < 300;

/** What callers get for a request that reaches no route: `404 {"message":"No such route",…}`. */
export const noRouteText = (responses: ReadonlyMap<string, GatewayResponse>): string =>
  brief(answerText(responses, 'MISSING_AUTHENTICATION_TOKEN'), 200);

function answerText(responses: ReadonlyMap<string, GatewayResponse>, type: string): string {
  const own = responses.get(type);
  const headers = [...(own?.parameters ?? [])].map(([name, value]) => `${name}=${value}`).sort();
  const also = headers.length > 0 ? ` ${headers.join(', ')}` : '';
  try {
    const error = { type: type as GatewayResponseType, requestId: '…' };
    const { status, body } = gatewayAnswer(responses, error);
    return `${status} ${body}${also}`;
  } catch {
    // A type of which the message is not known, or a template that cannot be rendered.
    const { status, template } = own ?? {};
    return `${status ?? "API Gateway's own status"} ${template ?? "API Gateway's own body"}${also}`;
  }
}
