import type { Statement } from '../../../iam/policy-difference';
import { statementText } from '../../../iam/statement-text';
import type { Finding } from '../../finding';

type Told = Omit<Finding, 'at' | 'subject' | 'fix'>;

/** How a queue's policy loses a statement. */
export const setWhole =
  'A queue has one policy, which is always set as a whole: the console or another tool has written its own over it';

/**
 * A statement of a queue's policy that is not deployed, and lets nobody send.
 * @param narrower what of it is deployed
 */
export function missingStatement(statement: Statement, narrower: Statement | undefined): Told {
  const text = {
    synthesized: statementText(statement),
    deployed: narrower ? statementText(narrower) : 'none',
    cause: setWhole,
  };
  if (statement.Effect === 'Deny') {
    const isTls = JSON.stringify(statement.Condition ?? {})
      .toLowerCase()
      .includes('aws:securetransport');
    return {
      ...text,
      code: isTls ? 'queue-policy-tls' : 'queue-policy-statement',
      severity: 'warning',
      problem: isTls ? 'its policy does not refuse requests without TLS' : 'its policy lacks a denial',
      seen: isTls
        ? 'nothing: whoever may use it may also do so over plain HTTP, where messages can be read on the way'
        : 'nothing: what was to be refused passes',
    };
  }
  const isOwner = JSON.stringify(statement.Principal) === JSON.stringify({ AWS: [accountOf(statement)] });
  return {
    ...text,
    code: isOwner ? 'queue-policy-owner' : 'queue-policy-statement',
    severity: 'warning',
    problem: isOwner
      ? `its policy lets the account that owns it do ${narrower ? 'less' : 'nothing'}`
      : 'its policy lacks a statement',
    seen: isOwner
      ? 'nothing, as long as people on call have the permission by policies of their own'
      : 'whoever it names is refused with AccessDenied, unless policies of their own allow it',
  };
}

const accountOf = ({ Resource: resources }: Statement): string | undefined =>
  (resources as readonly string[] | undefined)?.[0]?.split(':')[4];
