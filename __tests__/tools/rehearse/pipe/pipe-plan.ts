import { readPlan } from '../../../../tools/plan/plan';
import { type Pipe, pipesOf } from '../../../../tools/rehearse/pipe/pipes';

const provider = { aws: [{ region: 'eu-central-1', allowed_account_ids: ['111122223333'] }] };

const queueArn = (name: string) => `arn:aws:sqs:eu-central-1:111122223333:${name}`;

export const sourceArn = queueArn('orders');
export const fifoArn = queueArn('orders.fifo');
export const functionArn = 'arn:aws:lambda:eu-central-1:111122223333:function:worker';

export const apiKey = {
  authorization_type: 'API_KEY',
  auth_parameters: { api_key: { key: 'X-Api-Key', value: '${var.secret}' } },
};

interface Changes {
  readonly pipe?: object;
  readonly destination?: object;
  readonly connection?: object;
}

/** The pipe of a plan: from a queue to an HTTPS server, with the message's id and body, unless changed. */
export function pipeOf({ pipe, destination, connection }: Changes = {}): Pipe {
  const [only] = pipesOf(
    readPlan('dev', {
      provider,
      variable: { secret: { type: 'string' } },
      resource: {
        aws_cloudwatch_event_connection: { c: { name: 'c', description: 'd', ...apiKey, ...connection } },
        aws_cloudwatch_event_api_destination: {
          d: {
            name: 'd',
            connection_arn: '${aws_cloudwatch_event_connection.c.arn}',
            http_method: 'POST',
            invocation_endpoint: 'https://subscriber.example.com/orders',
            ...destination,
          },
        },
        aws_iam_role: { r: { name: 'r' } },
        aws_pipes_pipe: {
          p: {
            name: 'p',
            role_arn: '${aws_iam_role.r.arn}',
            source: sourceArn,
            target: '${aws_cloudwatch_event_api_destination.d.arn}',
            source_parameters: { sqs_queue_parameters: { batch_size: 1 } },
            target_parameters: { input_template: '{"messageId":<$.messageId>,"data":<$.body>}' },
            log_configuration: { level: 'ERROR' },
            ...pipe,
          },
        },
      },
    }),
  );
  return only as Pipe;
}

export const filterOf = (...patterns: readonly object[]) => ({
  sqs_queue_parameters: { batch_size: 1 },
  filter_criteria: { filter: patterns.map((pattern) => ({ pattern: JSON.stringify(pattern) })) },
});

export const lambdaPipe = (source = sourceArn, batchSize = 10, targetParameters: object = {}) =>
  pipeOf({
    pipe: {
      source,
      target: functionArn,
      source_parameters: { sqs_queue_parameters: { batch_size: batchSize } },
      target_parameters: {
        lambda_function_parameters: { invocation_type: 'REQUEST_RESPONSE' },
        ...targetParameters,
      },
    },
  });
