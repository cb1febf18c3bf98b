import { isOpen, isPinned } from '../reading/exposure';
import { textOf } from '../reading/fields';
import { hasWildcard } from '../reading/glob';
import { type PolicyStatement, statementsOf } from '../reading/statements';
import type { RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';

/** A role's trust policy. */
export function trustOf(role: RuleResource): readonly PolicyStatement[] {
  const text = textOf(role, 'assume_role_policy');
  return text === undefined ? [] : statementsOf(role.stack, text, role.where);
}

/**
 * Services that send on whose behalf they act when they assume a role.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
 */
const telling = [
  'pipes.amazonaws.com',
  'events.amazonaws.com',
  'scheduler.amazonaws.com',
  'states.amazonaws.com',
];

const sourceKeys = ['aws:sourcearn', 'aws:sourceaccount'];

export const roleTrust: Rule = {
  id: 'role-trust',
  title: 'A role says who may assume it, and on whose behalf where AWS tells',
  scanners: ['CKV_AWS_60', 'CKV_AWS_61'],
  protects: 'Otherwise another account may have the service act as this role for it: the confused deputy.',
  fix: 'constructs/iam/trust-policy.ts writes the conditions; a pipe’s role gets them',
  differs:
    'aws:SourceAccount or aws:SourceArn is asked for where AWS documents that the service sends them: ' +
    'EventBridge, its ' +
    'pipes and scheduler, and Step Functions. API Gateway and Lambda are not documented to do so.',
  types: ['aws_iam_role'],
  problems: (role) =>
    trustOf(role)
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((statement) => [
        ...when(isOpen(statement), `${statement.called} of its trust policy lets everyone assume it`),
        ...statement.actions
          .filter(hasWildcard)
          .map((action) => `${statement.called} of its trust policy allows ${action}`),
        ...(statement.principals ?? [])
          .filter(({ type, id }) => type === 'Service' && telling.includes(id) && !isForOne(statement))
          .map(
            ({ id }) =>
              `${statement.called} of its trust policy lets ${id} assume it without aws:SourceAccount or aws:SourceArn`,
          ),
      ]),
};

const isForOne = ({ conditions }: PolicyStatement): boolean =>
  conditions.some((condition) => sourceKeys.includes(condition.key) && isPinned(condition));
