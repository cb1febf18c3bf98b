import { PlanError } from '../plan/plan-error';

/** Who makes a request. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'service';
      /** Such as `apigateway.amazonaws.com`. */
      readonly name: string;
    }
  | {
      /** A session of a role that was assumed. */
      readonly kind: 'role';
      readonly roleArn: string;
      readonly sessionName: string;
    }
  | { readonly kind: 'user'; readonly arn: string }
  | {
      /** An account's root user. */
      readonly kind: 'root';
      readonly accountId: string;
      /** @default 'aws' */
      readonly partition?: string;
    };

const roleArn = /^arn:([\w-]+):iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/;
const userArn = /^arn:[\w-]+:iam::(\d{12}):user\/.+$/;

/** The account that a principal belongs to: neither a service nor an anonymous caller has one. */
export function accountIdOf(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'role':
      return partsOf(roleArn, principal.roleArn, 'role')[1];
    case 'user':
      return partsOf(userArn, principal.arn, 'user')[0];
    case 'root':
      return principal.accountId;
    default:
      return undefined;
  }
}

/**
 * What AWS calls a principal in messages: the ARN of a role's session does not have the role's path.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'service':
      return principal.name;
    case 'role': {
      const [partition, accountId, name] = partsOf(roleArn, principal.roleArn, 'role');
      return `arn:${partition}:sts::${accountId}:assumed-role/${name}/${principal.sessionName}`;
    }
    case 'user':
      return principal.arn;
    case 'root':
      return `arn:${principal.partition ?? 'aws'}:iam::${principal.accountId}:root`;
  }
}

/** Every ARN by which a policy may name a principal, apart from its account. */
export function arnsOf(principal: Principal): readonly string[] {
  if (principal.kind === 'role') return [principal.roleArn, nameOf(principal)];
  return principal.kind === 'user' ? [principal.arn] : [];
}

function partsOf(pattern: RegExp, arn: string, kind: string): readonly string[] {
  const [, ...parts] = pattern.exec(arn) ?? [];
  if (parts.length === 0) throw new PlanError(`${JSON.stringify(arn)} is not the ARN of a ${kind}`);
  return parts;
}
