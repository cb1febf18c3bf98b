import type { Environment } from '../../../environments/environment';
import type { Configuration } from '../../support/synthesized';
import { attribute, environment, namesOf, type Options } from './option';

const alarmTopicArn = 'arn:aws:sns:ap-northeast-2:111122223333:on-call';
const hcpTerraform = {
  kind: 'hcp-terraform',
  organization: 'example-org',
  project: 'gateways',
} satisfies Environment['state'];
const github = { repository: 'example-org/gateways' };

/** What every resource of the stack is tagged with. */
const tagsOf = ({ provider }: Configuration) =>
  (provider as { readonly aws: readonly [{ readonly default_tags: readonly [{ readonly tags: unknown }] }] })
    .aws[0].default_tags[0].tags;

export const operations: Options = {
  monitoring: {
    ...environment({ monitoring: {} }, {}, 'monitoring'),
    seen: namesOf('aws_cloudwatch_dashboard'),
    without: [],
    with: ['dashboard'],
  },
  'monitoring.thresholds': {
    ...environment({ monitoring: { thresholds: { oldestMessageMinutes: 5 } } }, { monitoring: {} }),
    seen: attribute('aws_cloudwatch_metric_alarm', 'orders_queue_alarms_age', 'threshold'),
    without: 900,
    with: 300,
  },
  alarmTopicArn: {
    ...environment({ alarmTopicArn }),
    seen: attribute('aws_cloudwatch_metric_alarm', 'orders_queue_alarms_age', 'alarm_actions'),
    without: undefined,
    with: [alarmTopicArn],
  },
  logRetentionDays: {
    ...environment({ logRetentionDays: 90 }),
    seen: attribute('aws_cloudwatch_log_group', 'stage_access_log', 'retention_in_days'),
    without: 30,
    with: 90,
  },
  manageAccountLogging: {
    ...environment({ manageAccountLogging: true }),
    seen: namesOf('aws_api_gateway_account'),
    without: [],
    with: ['account_logging'],
  },
  'encryption: customer-key': {
    ...environment({ encryption: 'customer-key' }),
    seen: attribute('aws_sqs_queue', 'orders_queue', 'kms_master_key_id'),
    without: undefined,
    with: '${aws_kms_key.key.arn}',
  },
  tags: {
    ...environment({ tags: { 'cost-center': 'messaging' } }),
    seen: tagsOf,
    without: { environment: 'test', stack: 'test-callback-receiver' },
    with: { environment: 'test', stack: 'test-callback-receiver', 'cost-center': 'messaging' },
  },
  'state: hcp-terraform': {
    ...environment({ state: hcpTerraform }),
    seen: ({ terraform }) => (terraform as { readonly cloud?: unknown }).cloud,
    without: undefined,
    with: {
      organization: 'example-org',
      workspaces: { name: 'test-callback-receiver', project: 'gateways' },
    },
  },
  'state: s3': {
    ...environment({ state: { kind: 's3', bucket: 'example-state', region: 'eu-west-1' } }),
    seen: ({ terraform }) => (terraform as { readonly backend: { readonly s3?: unknown } }).backend.s3,
    without: undefined,
    with: {
      bucket: 'example-state',
      region: 'eu-west-1',
      key: 'test-callback-receiver.tfstate',
      encrypt: true,
      use_lockfile: true,
    },
  },
  deploymentRoles: {
    ...environment({
      state: { kind: 's3', bucket: 'example-state', region: 'eu-west-1' },
      deploymentRoles: { github },
    }),
    seen: attribute('aws_iam_role', 'orders_sender', 'permissions_boundary'),
    without: undefined,
    with: 'arn:aws:iam::111122223333:policy/test-boundary',
  },
  'deploymentRoles.github': {
    ...environment(
      { state: hcpTerraform, deploymentRoles: { github, hcpTerraform: {} } },
      { state: hcpTerraform, deploymentRoles: { hcpTerraform: {} } },
      'deployment-roles',
    ),
    seen: namesOf('aws_iam_role'),
    without: ['hcp_terraform_apply', 'hcp_terraform_plan'],
    with: ['github_apply', 'github_plan', 'hcp_terraform_apply', 'hcp_terraform_plan'],
  },
  'deploymentRoles.hcpTerraform': {
    ...environment(
      { state: hcpTerraform, deploymentRoles: { hcpTerraform: {} } },
      { state: hcpTerraform },
      'deployment-roles',
    ),
    seen: namesOf('aws_iam_role'),
    without: [],
    with: ['hcp_terraform_apply', 'hcp_terraform_plan'],
  },
};
