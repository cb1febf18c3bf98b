import { pipeArn } from './arn';
import type { Placement } from './placement';
import type { Statement } from './statement';

/** Who may assume a role, narrowed to one caller where AWS documents that the service says on whose behalf it calls. */
export type Trust =
  /** API Gateway's integrations: AWS does not document source keys for them, so none are guessed. */
  | { readonly service: 'apigateway' }
  /** Lambda functions: Lambda assumes the role without source keys. */
  | { readonly service: 'lambda' }
  /**
   * One pipe: EventBridge Pipes sends both source keys.
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html
   */
  | { readonly service: 'pipes'; readonly pipeName: string };

/** The single statement of a role's trust policy. */
export function trustStatement(at: Placement, trust: Trust): Statement {
  const base = { actions: ['sts:AssumeRole'] as const };
  switch (trust.service) {
    case 'apigateway':
      return {
        ...base,
        sid: 'ApiGatewayAssumesThisRole',
        principals: [{ type: 'Service', identifiers: ['apigateway.amazonaws.com'] }],
      };
    case 'lambda':
      return {
        ...base,
        sid: 'LambdaAssumesThisRole',
        principals: [{ type: 'Service', identifiers: ['lambda.amazonaws.com'] }],
      };
    case 'pipes':
      return {
        ...base,
        sid: 'OnePipeAssumesThisRole',
        principals: [{ type: 'Service', identifiers: ['pipes.amazonaws.com'] }],
        conditions: [
          { test: 'StringEquals', variable: 'aws:SourceAccount', values: [at.accountId] },
          { test: 'ArnEquals', variable: 'aws:SourceArn', values: [pipeArn(at, trust.pipeName)] },
        ],
      };
  }
}
