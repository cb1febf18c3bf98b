import type { Plan } from '../../../plan/plan';
import { blocksOf, evaluated, textOf } from '../policies/evaluated';
import { isPrivate } from '../policies/private-endpoint';
import { domainSettings } from './domains';
import type { Setting } from './exposure-change';

/** Settings by which APIs, functions and buckets are open to others. */
export const settingsOf = (plan: Plan): readonly Setting[] => [
  ...endpoints(plan),
  ...webAcls(plan),
  ...domainSettings(plan),
  ...routes(plan),
  ...functionUrls(plan),
  ...publicAccess(plan),
];

const flag = (plan: Plan, value: unknown): boolean => String(evaluated(plan, value)) === 'true';

const apiTypes = ['aws_api_gateway_rest_api', 'aws_apigatewayv2_api'];

function endpoints(plan: Plan): readonly Setting[] {
  return apiTypes.flatMap((type) =>
    blocksOf(plan, type).flatMap(([name, block]): readonly Setting[] => {
      const what = `API ${textOf(plan, block.name) ?? name}`;
      return [
        {
          id: `${type}.${name} endpoint`,
          what,
          isOpen: !flag(plan, block.disable_execute_api_endpoint),
          open: 'its execute-api endpoint answers, beside its own domain',
          closed: 'its execute-api endpoint is disabled',
          tellsNew: false,
        },
        {
          id: `${type}.${name} types`,
          what,
          isOpen: !isPrivate(block),
          open: 'it can be reached from outside its VPC endpoints',
          closed: 'it can only be reached through VPC endpoints',
          tellsNew: false,
        },
      ];
    }),
  );
}

const associations = ['aws_wafv2_web_acl_association', 'aws_wafregional_web_acl_association'];

function webAcls(plan: Plan): readonly Setting[] {
  const guarded = associations
    .flatMap((type) => blocksOf(plan, type))
    .map(([, { resource_arn: arn }]) => arn);
  return blocksOf(plan, 'aws_api_gateway_stage').map(([name, block]) => ({
    id: `aws_api_gateway_stage.${name} web ACL`,
    what: `stage ${textOf(plan, block.stage_name) ?? name}`,
    isOpen: !guarded.includes(`\${aws_api_gateway_stage.${name}.arn}`),
    open: 'no web ACL looks at its requests any more',
    closed: 'a web ACL looks at its requests first',
    tellsNew: false,
  }));
}

/** Of a WebSocket API only `$connect` can ask for authorization. */
function routes(plan: Plan): readonly Setting[] {
  const apis = blocksOf(plan, 'aws_apigatewayv2_api').map(([name, block]) => ({
    id: textOf(plan, `\${aws_apigatewayv2_api.${name}.id}`),
    name: textOf(plan, block.name) ?? name,
    isWebSocket: block.protocol_type === 'WEBSOCKET',
  }));
  return blocksOf(plan, 'aws_apigatewayv2_route').flatMap(([name, block]): readonly Setting[] => {
    const api = apis.find(({ id }) => id === textOf(plan, block.api_id));
    const key = textOf(plan, block.route_key) ?? name;
    if (api?.isWebSocket && key !== '$connect') return [];
    const authorization = textOf(plan, block.authorization_type) ?? 'NONE';
    const what = `${key} of API ${api?.name ?? 'unknown'}`;
    return [
      {
        id: `${api?.id} ${key} authorization`,
        what,
        isOpen: authorization === 'NONE',
        open: 'everyone, with authorization NONE',
        closed: `authorization ${authorization}`,
        tellsNew: true,
      },
      {
        id: `${api?.id} ${key} key`,
        what,
        isOpen: !flag(plan, block.api_key_required),
        open: 'no API key is asked for',
        closed: 'an API key is asked for',
        tellsNew: false,
      },
    ];
  });
}

const functionUrls = (plan: Plan): readonly Setting[] =>
  blocksOf(plan, 'aws_lambda_function_url').map(([name, block]) => ({
    id: `aws_lambda_function_url.${name}`,
    what: `URL of function ${textOf(plan, block.function_name) ?? name}`,
    isOpen: block.authorization_type === 'NONE',
    open: 'authorization NONE',
    closed: `authorization ${textOf(plan, block.authorization_type)}`,
    tellsNew: true,
  }));

const blocks = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

/** A bucket without any of them counts as one with all of them off. */
function publicAccess(plan: Plan): readonly Setting[] {
  const accessBlocks = blocksOf(plan, 'aws_s3_bucket_public_access_block');
  return blocksOf(plan, 'aws_s3_bucket').flatMap(([name, block]) => {
    const bucket = textOf(plan, block.bucket) ?? name;
    const own = accessBlocks.find(([, { bucket: of }]) => textOf(plan, of) === bucket)?.[1] ?? {};
    return blocks.map((attribute) => ({
      id: `${bucket} ${attribute}`,
      what: `bucket ${bucket}`,
      isOpen: !flag(plan, own[attribute]),
      open: `${attribute} is off`,
      closed: `${attribute} is on`,
      tellsNew: false,
    }));
  });
}
