import { ApiGatewayApiKey } from '@cdktf/provider-aws/lib/api-gateway-api-key';
import { ApiGatewayUsagePlan } from '@cdktf/provider-aws/lib/api-gateway-usage-plan';
import { ApiGatewayUsagePlanKey } from '@cdktf/provider-aws/lib/api-gateway-usage-plan-key';
import { Construct } from 'constructs';
import type { Throttling } from './throttling';

export interface CallerKeyProps {
  /** Full name of the key and of its plan. */
  readonly name: string;
  readonly description: string;
  /** The stage that the key opens; its methods say whether they ask for one. */
  readonly stage: { readonly restApiId: string; readonly stageName: string };
  /** @default the stage's */
  readonly throttling?: Throttling | undefined;
  /** Requests a period; more are answered with 429 until the next one begins. @default none */
  readonly quota?: { readonly requests: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' } | undefined;
}

/**
 * An API key under a usage plan of its own. The key's value is AWS's: it stands in no HCL, though in Terraform's state.
 * Throttling and quota of a plan are aims that AWS may overshoot, not limits to rely on for access or cost.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class CallerKey extends Construct {
  /** Not what is sent in `X-Api-Key`: that is the key's value. */
  readonly keyId: string;

  constructor(scope: Construct, id: string, { name, description, stage, throttling, quota }: CallerKeyProps) {
    super(scope, id);
    const key = new ApiGatewayApiKey(this, 'Resource', { name, description });
    const plan = new ApiGatewayUsagePlan(this, 'plan', {
      name,
      description,
      apiStages: [{ apiId: stage.restApiId, stage: stage.stageName }],
      ...(throttling && {
        throttleSettings: { rateLimit: throttling.rateLimit, burstLimit: throttling.burstLimit },
      }),
      ...(quota && { quotaSettings: { limit: quota.requests, period: quota.period } }),
    });
    new ApiGatewayUsagePlanKey(this, 'plan-key', {
      keyId: key.id,
      keyType: 'API_KEY',
      usagePlanId: plan.id,
    });
    this.keyId = key.id;
  }
}
