import { blocksOf, type Fields, flagOf, isObject, numberOf, shown, textOf, valueAt } from '../reading/fields';
import { type Rule, when } from '../rule';
import { isWebSocket, settingsProblems, stageTypes } from './stage-settings';

export const stageAccessLog: Rule = {
  id: 'stage-access-log',
  title: 'A stage writes an access log in JSON',
  scanners: [
    'CKV_AWS_76',
    'AWS-0001',
    'APIGateway.9',
    'AwsSolutions-APIG1',
    'KICS API Gateway Access Logging Disabled',
  ],
  protects:
    'Without it nobody can say who called, when, and what they got; in any other form it cannot be searched.',
  fix: 'constructs/api/access-log.ts writes it for every stage',
  types: stageTypes,
  problems(stage) {
    const [log] = blocksOf(stage, 'access_log_settings');
    if (!log || valueAt(log, 'destination_arn') === undefined) return ['it has no access log'];
    const format = textOf(log, 'format');
    return when(format === undefined || !isJson(format), `its access log is not in JSON: ${shown(format)}`);
  },
};

/** A variable of the context stands for a number where it is not in quotes. */
function isJson(format: string): boolean {
  try {
    return isObject(JSON.parse(format.replace(/:\s*\$context\.[\w.]+/g, ':0')));
  } catch {
    return false;
  }
}

export const stageLogging: Rule = {
  id: 'stage-logging',
  title: 'A stage logs what goes wrong within API Gateway',
  scanners: [
    'CKV2_AWS_4',
    'APIGateway.1',
    'AwsSolutions-APIG6',
    'KICS API Gateway With CloudWatch Logging Disabled',
  ],
  protects: 'The access log says that a request failed; only the execution log says why.',
  fix: 'constructs/api/callback-stage.ts and websocket-stage.ts set the logging level ERROR',
  differs: 'HTTP APIs have no execution log; it concerns REST and WebSocket stages.',
  types: stageTypes,
  problems: (stage) =>
    isWebSocket(stage)
      ? settingsProblems(stage, 'it sets no logging level', (fields) => {
          const level = textOf(fields, 'logging_level');
          return level === 'ERROR' || level === 'INFO'
            ? undefined
            : `the logging level is ${level ?? 'not set'}`;
        })
      : [],
};

export const stageMetrics: Rule = {
  id: 'stage-metrics',
  title: 'A stage measures each method and route',
  scanners: ['KICS CloudWatch Metrics Disabled'],
  protects: 'Without metrics of its own, a callback that fails is lost in the figures of all others.',
  fix: 'constructs/api/callback-stage.ts and websocket-stage.ts switch metrics on',
  types: stageTypes,
  problems(stage) {
    const attribute = stage.type === 'aws_api_gateway_stage' ? 'metrics_enabled' : 'detailed_metrics_enabled';
    return settingsProblems(stage, 'it sets no metrics', (fields) =>
      flagOf(fields, attribute) === true ? undefined : `${attribute} is not true`,
    );
  },
};

export const stageDataTrace: Rule = {
  id: 'stage-no-data-trace',
  title: 'A stage never logs bodies',
  scanners: ['CKV_AWS_276'],
  protects: 'A data trace writes whole requests and answers to the log: phone numbers, texts and signatures.',
  fix: 'constructs/api/callback-stage.ts and websocket-stage.ts set dataTraceEnabled false',
  types: stageTypes,
  problems: (stage) =>
    settingsProblems(stage, 'it does not switch the data trace off', (fields) =>
      flagOf(fields, 'data_trace_enabled') === true ? 'the data trace is on: bodies are logged' : undefined,
    ),
};

export const stageThrottling: Rule = {
  id: 'stage-throttling',
  title: 'A stage limits how much it takes',
  scanners: [],
  protects: 'One sender may use up the throttling of the account, and every other API in the region with it.',
  fix: 'set throttling of callbackReceiver, httpCallbackReceiver or websocketReply; each has a default',
  types: stageTypes,
  problems: (stage) => settingsProblems(stage, 'it sets no throttling', unlimited),
};

/** -1 is API Gateway's word for none. */
function unlimited(fields: Fields): string | undefined {
  const missing = ['throttling_rate_limit', 'throttling_burst_limit'].find(
    (attribute) => (numberOf(fields, attribute) ?? -1) < 0,
  );
  return missing === undefined ? undefined : `${missing} is ${numberOf(fields, missing) ?? 'not set'}`;
}
