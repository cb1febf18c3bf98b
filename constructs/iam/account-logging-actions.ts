/**
 * What API Gateway checks the role for as which it writes the logs of every API of the account, on every log group,
 * as the role is set. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export const accountLoggingActions = [
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:DescribeLogGroups',
  'logs:DescribeLogStreams',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:PutLogEvents',
] as const;
