import { apiGatewayArn } from '../arn';
import type { Placement } from '../placement';
import type { Condition } from '../statement';
import type { DeploymentGrants } from './deployment-action';

export interface CallerSettings {
  /** Whether a callback asks for an API key. */
  readonly hasApiKeys: boolean;
  /** Of the web ACL in front of an API. */
  readonly webAclArn: string | undefined;
}

/** API keys with their usage plans, and associations with a web ACL, where the environment has any. */
export function callerGrants(
  at: Placement,
  environment: string,
  { hasApiKeys, webAclArn }: CallerSettings,
): DeploymentGrants {
  const grants = [
    ...(hasApiKeys ? [keyGrants(at, environment)] : []),
    ...(webAclArn === undefined ? [] : [webAclGrants(at, webAclArn)]),
  ];
  return { read: grants.flatMap(({ read }) => read), write: grants.flatMap(({ write }) => write) };
}

/**
 * Keys and plans have tags, and a plan's keys inherit the plan's. Reading a key gives its value: those of other
 * environments are not read, those without a tag or gone must be, so that Terraform sees that they are.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 */
function keyGrants(at: Placement, environment: string): DeploymentGrants {
  const arns = (...paths: readonly string[]) => paths.map((path) => apiGatewayArn(at, path));
  const values = [environment];
  const requested: Condition = { test: 'StringEquals', variable: 'aws:RequestTag/environment', values };
  return {
    read: [
      {
        sid: 'ReadApiKeysAndUsagePlansOfNoOtherEnvironment',
        actions: ['apigateway:GET'],
        resources: arns('/apikeys/*', '/usageplans/*'),
        conditions: [{ test: 'StringEqualsIfExists', variable: 'aws:ResourceTag/environment', values }],
      },
    ],
    write: [
      {
        sid: 'MakeApiKeysAndUsagePlansWithTheTagOfThisEnvironment',
        actions: ['apigateway:POST', 'apigateway:TagResource'],
        resources: arns('/apikeys', '/usageplans'),
        conditions: [requested],
      },
      {
        sid: 'ChangeAndDeleteTheApiKeysAndUsagePlansWithTheTagOfThisEnvironment',
        actions: ['apigateway:DELETE', 'apigateway:PATCH', 'apigateway:POST', 'apigateway:TagResource'],
        resources: arns('/apikeys/*', '/usageplans/*'),
        conditions: [{ test: 'StringEquals', variable: 'aws:ResourceTag/environment', values }],
      },
    ],
  };
}

/**
 * WAF asks for leave on the web ACL and on the stage, whose id is API Gateway's.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html
 */
function webAclGrants(at: Placement, webAclArn: string): DeploymentGrants {
  const stages = apiGatewayArn(at, '/restapis/*/stages/*');
  return {
    read: [
      {
        sid: 'ReadTheWebAclOfStages',
        actions: ['wafv2:GetWebACL', 'wafv2:GetWebACLForResource'],
        resources: [webAclArn, stages],
      },
    ],
    write: [
      {
        sid: 'PutTheWebAclInFrontOfStagesAndTakeItAway',
        actions: ['wafv2:AssociateWebACL', 'wafv2:DisassociateWebACL'],
        resources: [webAclArn, stages],
      },
      {
        // WAF does so in the caller's name; it is not documented to look at tags.
        sid: 'LetWafGuardStages',
        actions: ['apigateway:SetWebACL'],
        resources: [stages],
      },
    ],
  };
}
