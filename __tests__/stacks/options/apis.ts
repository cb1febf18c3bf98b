import { attribute, environment, namesOf, type Options, receiver, reply } from './option';

const answers = attribute(
  'aws_apigatewayv2_route',
  'api_default_route',
  'route_response_selection_expression',
);

export const apis: Options = {
  httpCallbackReceiver: {
    ...environment(
      { httpCallbackReceiver: { callbacks: [{ name: 'clicks', path: '/clicks' }] } },
      {},
      'http-callback-receiver',
    ),
    seen: namesOf('aws_apigatewayv2_api'),
    without: [],
    with: ['api'],
  },
  'websocketReply.acknowledgement': {
    ...reply({ acknowledgement: true }),
    seen: answers,
    without: undefined,
    with: '$default',
  },
  'websocketReply.queue: standard': {
    ...reply({ queue: { kind: 'standard' } }),
    seen: attribute('aws_sqs_queue', 'messages', 'name'),
    without: 'test-websocket-messages.fifo',
    with: 'test-websocket-messages',
  },
  'websocketReply.functionTimeoutSeconds': {
    ...reply({ functionTimeoutSeconds: 60 }),
    seen: attribute('aws_lambda_function', 'reply', 'timeout'),
    without: 30,
    with: 60,
  },
  'websocketReply.functionMemoryMegabytes': {
    ...reply({ functionMemoryMegabytes: 512 }),
    seen: attribute('aws_lambda_function', 'reply', 'memory_size'),
    without: 256,
    with: 512,
  },
  'websocketReply.maximumConcurrency': {
    ...reply({ maximumConcurrency: 50 }),
    seen: attribute('aws_lambda_function', 'reply', 'reserved_concurrent_executions'),
    without: 10,
    with: 50,
  },
  'callbackReceiver.nginxMirror': {
    ...receiver({ nginxMirror: {} }),
    seen: ({ output }) => 'nginx_mirror' in output,
    without: false,
    with: true,
  },
  'callbackReceiver.nginxMirror.resolvers': {
    ...receiver({ nginxMirror: { resolvers: ['10.0.0.2'] } }, { nginxMirror: {} }),
    seen: ({ output }) => /^ *resolver (\S+)/m.exec(String(output.nginx_mirror?.value))?.[1],
    without: '169.254.169.253',
    with: '10.0.0.2',
  },
};
