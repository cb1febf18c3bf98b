/**
 * The ARN of what an integration calls: of `arn:aws:apigateway:<region>:sqs:path/<account>/<queue>`,
 * or a function's `…:lambda:path/2015-03-31/functions/<arn>/invocations`. Nothing for anything else.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
export function integrationTarget(uri: string | undefined): string | undefined {
  const [, partition, region, account, queue] =
    /^arn:([\w-]+):apigateway:([\w-]+):sqs:path\/(\d{12})\/([^/]+)$/.exec(uri ?? '') ?? [];
  if (queue !== undefined) return `arn:${partition}:sqs:${region}:${account}:${queue}`;
  return /:lambda:path\/[^/]+\/functions\/(arn:[^/]+)\/invocations$/.exec(uri ?? '')?.[1];
}
