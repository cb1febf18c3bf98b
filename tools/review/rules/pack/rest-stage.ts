import { blocksOf, flagOf, textOf, textsOf, valueAt } from '../reading/fields';
import { means, type RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';
import { settingsOf } from './stage-settings';

const restStage = ['aws_api_gateway_stage'];

/** Resources of the stack that belong to the stage's API. */
const siblings = (stage: RuleResource, type: string) => {
  const api = valueAt(stage, 'rest_api_id');
  return stage.stack.resources(type).filter((other) => valueAt(other, 'rest_api_id') === api);
};

export const restStageTracing: Rule = {
  id: 'rest-stage-tracing',
  title: 'A REST stage traces requests',
  scanners: ['CKV_AWS_73', 'AWS-0003', 'APIGateway.3', 'KICS API Gateway X-Ray Disabled'],
  protects: 'Without a trace nobody can tell where a slow or failed callback spent its time.',
  fix: 'constructs/api/callback-stage.ts sets xrayTracingEnabled',
  types: restStage,
  problems: (stage) => when(flagOf(stage, 'xray_tracing_enabled') !== true, 'X-Ray tracing is off'),
};

export const restStageWebAcl: Rule = {
  id: 'rest-stage-web-acl',
  title: 'A web ACL of AWS WAF stands in front of a public REST stage',
  scanners: ['CKV2_AWS_29', 'APIGateway.4', 'AwsSolutions-APIG3', 'KICS API Gateway without WAF'],
  protects: 'AWS WAF refuses known attacks and floods before they use up the API’s throttling.',
  fix: 'set callbackReceiver.webAclArn to a regional web ACL of the account',
  differs:
    'As in checkov, private APIs need none. An association in a stack that is not reviewed is not seen.',
  types: restStage,
  problems(stage) {
    const api = stage.stack
      .resources('aws_api_gateway_rest_api')
      .find((candidate) => means(valueAt(stage, 'rest_api_id'), candidate));
    const isPrivate =
      api !== undefined &&
      blocksOf(api, 'endpoint_configuration').some((block) => textsOf(block, 'types').includes('PRIVATE'));
    const path = `/restapis/${textOf(stage, 'rest_api_id')}/stages/${textOf(stage, 'stage_name')}`;
    const associated = ['aws_wafv2_web_acl_association', 'aws_wafregional_web_acl_association']
      .flatMap((type) => stage.stack.resources(type))
      .map((association) => valueAt(association, 'resource_arn'))
      .some((arn) => means(arn, stage) || (typeof arn === 'string' && arn.endsWith(path)));
    return when(!isPrivate && !associated, 'no web ACL is associated with it');
  },
};

export const restStageClientCertificate: Rule = {
  id: 'rest-stage-client-certificate',
  title: 'A REST stage shows its HTTP backends a client certificate',
  scanners: ['CKV2_AWS_51', 'APIGateway.2', 'KICS API Gateway Without SSL Certificate'],
  protects: 'An HTTP backend cannot tell API Gateway from anyone else who finds its address.',
  fix: 'give the stage a clientCertificateId; this project’s own stages have no HTTP backend',
  differs:
    'It concerns stages whose API has integrations of type HTTP or HTTP_PROXY. An AWS service such as SQS ' +
    'knows API ' +
    'Gateway by the signature of its role, and never sees a client certificate.',
  types: restStage,
  problems(stage) {
    const backends = siblings(stage, 'aws_api_gateway_integration').filter((integration) =>
      ['HTTP', 'HTTP_PROXY'].includes(textOf(integration, 'type') ?? ''),
    );
    return when(
      backends.length > 0 && valueAt(stage, 'client_certificate_id') === undefined,
      `it has ${backends.length} HTTP backends and no client certificate`,
    );
  },
};

export const restStageCache: Rule = {
  id: 'rest-stage-cache',
  title: 'A REST stage with GET methods caches their answers, encrypted',
  scanners: [
    'CKV_AWS_120',
    'CKV_AWS_225',
    'CKV_AWS_308',
    'AWS-0002',
    'AWS-0190',
    'APIGateway.5',
    'KICS API Gateway Method Settings Cache Not Encrypted',
  ],
  protects:
    'Answers that are asked for again load the backend; cached ones may hold data, and are not encrypted ' +
    'by themselves.',
  fix: 'no setting has it: this project’s APIs have POST methods only',
  differs:
    'API Gateway caches GET methods unless told otherwise, and a message that is answered from a cache ' +
    'never reaches ' +
    'its queue: stages without a GET or ANY method need no cache. Where one is on, it must be encrypted.',
  types: restStage,
  problems(stage) {
    const gets = siblings(stage, 'aws_api_gateway_method').some((method) =>
      ['GET', 'ANY'].includes(textOf(method, 'http_method') ?? ''),
    );
    const settings = settingsOf(stage);
    const cached = flagOf(stage, 'cache_cluster_enabled') === true;
    const switchedOn = settings.filter(({ fields }) => flagOf(fields, 'caching_enabled') === true);
    return [
      ...when(
        gets && !(cached && switchedOn.some(({ path }) => path === '*/*')),
        'it has GET methods and no cache',
      ),
      ...switchedOn
        .filter(({ fields }) => flagOf(fields, 'cache_data_encrypted') !== true)
        .map(({ path }) => `what is cached of ${path} is not encrypted`),
    ];
  },
};
