import { authorizationOf } from '../api-gateway/authorizer-answer';
import type { RequestAuthorizer } from '../api-gateway/request-authorizer';
import type { Authorized } from '../api-gateway/rest-request';
import type { Session } from './access';
import type { World } from './world';

interface Question {
  readonly event: (requestId: string) => unknown;
  readonly requestId: string;
  /** Of the role as which API Gateway asks; nothing where it cannot take that on. */
  readonly session: Session | undefined;
  readonly world: Pick<World, 'access' | 'consumers' | 'system'>;
}

/** Has a method's authorizer say whether a request may pass. */
export async function askAuthorizer(
  authorizer: RequestAuthorizer,
  { event, requestId, session, world: { access, consumers, system } }: Question,
): Promise<Authorized> {
  const mayAsk =
    session !== undefined &&
    access.refusal(session, {
      action: 'lambda:InvokeFunction',
      resource: authorizer.functionArn,
      resourceAccountId: system.accountId,
      context: { 'aws:SecureTransport': 'true' },
    }) === undefined;
  const result = mayAsk ? await consumers.invoke(authorizer.functionArn)(event(requestId)) : undefined;
  return { requestId, authorization: authorizationOf(authorizer, result) };
}
