import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import type { Construct } from 'constructs';
import type { Issuer } from './web-identity';

/**
 * Has the account trust an issuer's tokens; an account has one provider for each. It goes by no thumbprint: AWS trusts
 * the certificates of public authorities, and looks at a thumbprint for others only.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export const identityProvider = (scope: Construct, id: string, { host, audience }: Issuer) =>
  new IamOpenidConnectProvider(scope, id, { url: `https://${host}`, clientIdList: [audience] });
