import type { Statement } from '../../../iam/statement';
import { actionPattern, resourcePattern } from '../coverage/policy-patterns';
import { coversText } from '../coverage/text-pattern';
import type { OwnedStatements } from '../policies/owned-statements';
import type { StatementChange } from '../statements/statement-change';
import { isAddress, type RestRoute } from './rest-routes';

/**
 * Whether the addresses that may call the routes say all that the policy of a REST API says: it names
 * everyone, and asks for nothing but addresses.
 */
export const isAllowList = ({ statements }: OwnedStatements): boolean =>
  statements.every((one) => one.kind === 'read' && isAboutAddresses(one.statement));

const isAboutAddresses = ({ principals, conditions, actions, resources }: Statement): boolean =>
  principals?.some(({ kind }) => kind === 'everyone') === true &&
  actions?.some((action) => coversText(actionPattern(action), actionPattern('execute-api:Invoke'))) ===
    true &&
  resources !== undefined &&
  conditions.every(
    ({ operator, key }) => isAddress(key) && (operator === 'IpAddress' || operator === 'NotIpAddress'),
  );

/**
 * Whether all that a change is about are routes that the API has, and of which it is known whom they let in.
 */
export const isAboutRoutes = ({ added, dropped }: StatementChange, routes: readonly RestRoute[]): boolean =>
  [...added, ...dropped].every(({ resources = [] }) =>
    resources.every((resource) => {
      const about = routes.filter(({ arn }) =>
        coversText(resourcePattern(resource), { tokens: [...arn], ignoresCase: false }),
      );
      return about.length > 0 && about.every(({ letsIn }) => letsIn !== undefined);
    }),
  );
