import type { GetStageResponse } from '@aws-sdk/client-apigatewayv2';
import { text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';
import type { HttpApi } from '../../../rehearse/api-gateway/http-api';
import { optionalBlock } from '../../../rehearse/pipe/blocks';
import type { Told } from './http-finding';

/** What the stage of an API does otherwise than synthesized; its access log is `terraform plan`'s to compare. */
export function stageFindings(
  plan: Plan,
  { stageName }: HttpApi,
  deployed: GetStageResponse | undefined,
): readonly Told[] {
  const [stage] = resourcesOf(plan, 'aws_apigatewayv2_stage', {
    reads: ['name', 'default_route_settings'],
    ignores: 'the rest',
  }).filter((one) => text(one, 'name') === stageName);
  if (!stage) return [];
  const about = { at: stage.address, subject: `stage ${stageName}` };
  if (!deployed) {
    return [
      {
        ...about,
        code: 'stage-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: 'callers get 404 {"message":"Not Found"}, and nothing is queued',
      },
    ];
  }
  const limits = optionalBlock(stage, 'default_route_settings', [
    'throttling_rate_limit',
    'throttling_burst_limit',
    'detailed_metrics_enabled',
  ]);
  const shown = (rate: unknown, burst: unknown) => `${rate ?? 'no'} a second, bursts of ${burst ?? 'no'}`;
  const wanted = shown(
    limits?.attributes.get('throttling_rate_limit'),
    limits?.attributes.get('throttling_burst_limit'),
  );
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = deployed.DefaultRouteSettings ?? {};
  const is = shown(ThrottlingRateLimit, ThrottlingBurstLimit);
  return [
    ...(deployed.AutoDeploy
      ? []
      : [
          {
            ...about,
            code: 'stage-auto-deploy',
            severity: 'error',
            problem: 'it does not deploy changes by itself',
            seen: 'what is changed and applied is not served: callers meet the API as it was before',
          } as const,
        ]),
    ...(wanted === is
      ? []
      : [
          {
            ...about,
            code: 'stage-throttling',
            severity: 'error',
            problem: 'it lets another number of requests through',
            synthesized: wanted,
            deployed: is,
            seen: 'callers above the lower limit get 429 {"message":"Too Many Requests"}, or more get through than meant',
          } as const,
        ]),
  ];
}
