import { blocksOf, textOf } from '../reading/fields';
import { type Rule, when } from '../rule';

/**
 * `TLS_1_2`, and the newer policies that name their versions.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
 */
const modern = /^(TLS_1_[23]|SecurityPolicy_TLS1[23]_\w+)$/;

export const domainTls: Rule = {
  id: 'domain-tls',
  title: 'A custom domain takes TLS 1.2 or newer',
  scanners: ['CKV_AWS_206', 'AWS-0005', 'KICS API Gateway Without Security Policy'],
  protects: 'Older versions of TLS can be read and changed on the way.',
  fix: 'set the domain’s securityPolicy to TLS_1_2, as constructs/api/custom-domain.ts does',
  types: ['aws_api_gateway_domain_name', 'aws_apigatewayv2_domain_name'],
  problems(domain) {
    const [settings = domain] = blocksOf(domain, 'domain_name_configuration');
    const policy = textOf(settings, 'security_policy');
    return when(
      policy === undefined || !modern.test(policy),
      `its security policy is ${policy ?? 'not set'}`,
    );
  },
};
