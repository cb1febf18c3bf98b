import { statementsOf } from '../../../iam/policy-difference';
import type { PolicyPrincipal, Statement } from '../../../iam/statement';
import { statementText } from '../../../iam/statement-text';

/** A statement as one line, in one form whoever wrote it. */
export function lineOf(statement: Statement): string {
  const { effect, principals, notPrincipals, actions, notActions, resources, notResources } = statement;
  const [form] = statementsOf(
    JSON.stringify({
      Statement: {
        Effect: effect,
        ...(principals && { Principal: written(principals) }),
        ...(notPrincipals && { NotPrincipal: written(notPrincipals) }),
        ...(actions && { Action: actions }),
        ...(notActions && { NotAction: notActions }),
        ...(resources && { Resource: resources }),
        ...(notResources && { NotResource: notResources }),
        Condition: conditionsOf(statement),
      },
    }),
  );
  return form ? statementText(form) : '';
}

function written(principals: readonly PolicyPrincipal[]): Readonly<Record<string, readonly string[]>> {
  const of = (kinds: readonly PolicyPrincipal['kind'][]) =>
    principals.filter(({ kind }) => kinds.includes(kind)).map((one) => Object.values(one)[1] ?? '*');
  const [aws, services] = [of(['everyone', 'account', 'identity']), of(['service'])];
  return { ...(aws.length > 0 && { AWS: aws }), ...(services.length > 0 && { Service: services }) };
}

const conditionsOf = ({ conditions }: Statement) =>
  Object.fromEntries(
    [...new Set(conditions.map(({ operator }) => operator))].map((operator) => [
      operator,
      Object.fromEntries(
        conditions.filter((one) => one.operator === operator).map(({ key, values }) => [key, values]),
      ),
    ]),
  );
