import { optionalText, text } from '../../plan/attributes';
import type { Plan } from '../../plan/plan';
import { addressesBy, keyOf, localAddress, logGroupsOf, partOf, rowsOf, type StackFlow } from './stack-flow';
import type { StackRoles } from './stack-roles';
import type { Arrow } from './system';

/** Functions: what they take messages from, and what their roles let them do with these. */
export function stackFunctions(plan: Plan, roles: StackRoles): StackFlow {
  const functions = rowsOf(plan, 'aws_lambda_function', 'arn', 'function_name', 'role');
  const mappings = rowsOf(plan, 'aws_lambda_event_source_mapping', 'event_source_arn', 'function_name');
  const arns = new Map(functions.map((fn) => [text(fn, 'function_name'), text(fn, 'arn')]));
  /** Terraform takes a name as well as an ARN. */
  const arnOf = (fn: string) => arns.get(fn) ?? fn;
  const attached = addressesBy(
    [...mappings, ...rowsOf(plan, 'aws_lambda_permission', 'function_name')],
    (resource) => arnOf(text(resource, 'function_name')),
  );
  return {
    parts: functions.map((fn) =>
      partOf(plan, fn, {
        kind: 'function',
        name: text(fn, 'function_name'),
        arn: text(fn, 'arn'),
        behind: [
          ...attached(text(fn, 'arn')),
          ...roles.addresses(optionalText(fn, 'role')),
          ...logGroupsOf(plan, fn),
        ],
      }),
    ),
    arrows: [
      ...mappings.flatMap((mapping): readonly Arrow[] => {
        const from = optionalText(mapping, 'event_source_arn');
        const to = arnOf(text(mapping, 'function_name'));
        return from === undefined ? [] : [{ from, to, kind: 'messages', label: undefined }];
      }),
      ...functions.flatMap((fn) => written(keyOf(plan, fn), optionalText(fn, 'role'), roles)),
    ],
  };
}

/** Where a function's messages go is nowhere configured but in what its role allows it. */
function written(from: string, roleArn: string | undefined, roles: StackRoles): readonly Arrow[] {
  const allowed = (action: RegExp) =>
    roles
      .statements(roleArn)
      .filter(({ effect, actions = [] }) => effect === 'Allow' && actions.some((one) => action.test(one)))
      .flatMap(({ resources = [] }) => resources);
  return [
    ...allowed(/^s3:(\*|Put.*)$/i).flatMap((resource) => {
      const to = /^arn:[\w-]+:s3:::[\w.-]+(?=\/|$)/.exec(resource)?.[0];
      return to === undefined ? [] : [{ from, to, kind: 'messages' as const, label: undefined }];
    }),
    ...allowed(/^execute-api:(\*|ManageConnections)$/i).flatMap((resource) => {
      const to = /^arn:[\w-]+:execute-api:[\w-]+:\d+:\w+(?=\/)/.exec(resource)?.[0];
      return to === undefined ? [] : [{ from, to, kind: 'reply' as const, label: 'reply' }];
    }),
  ];
}

/** Buckets, with everything that is configured of them. */
export function stackBuckets(plan: Plan): StackFlow {
  const attached = addressesBy(
    Object.keys(plan.configuration.resource ?? {})
      .filter((type) => type.startsWith('aws_s3_bucket_'))
      .flatMap((type) => rowsOf(plan, type, 'bucket')),
    (resource) => optionalText(resource, 'bucket'),
  );
  return {
    parts: rowsOf(plan, 'aws_s3_bucket', 'arn', 'bucket').map((bucket) =>
      partOf(plan, bucket, {
        kind: 'bucket',
        name: text(bucket, 'bucket'),
        arn: text(bucket, 'arn'),
        behind: attached(text(bucket, 'bucket')).filter((address) => address !== localAddress(bucket)),
      }),
    ),
    arrows: [],
  };
}
