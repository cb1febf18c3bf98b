import type { IdentityStatement } from '../statement';

/**
 * What Terraform does to read, make, change and delete the resource types of the stacks, and what AWS does in the
 * caller's name on the way. Roles of the running system are granted none of these.
 * Names: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export type DeploymentAction =
  | `acm:${
      | 'AddTagsToCertificate'
      | 'DeleteCertificate'
      | 'DescribeCertificate'
      | 'ListTagsForCertificate'
      | 'RemoveTagsFromCertificate'
      | 'RequestCertificate'}`
  | 'apigateway:DELETE'
  | 'apigateway:GET'
  | 'apigateway:PATCH'
  | 'apigateway:POST'
  | 'apigateway:PUT'
  | 'apigateway:SetWebACL'
  | 'apigateway:TagResource'
  | 'apigateway:UpdateRestApiPolicy'
  | `cloudwatch:${
      | 'DeleteAlarms'
      | 'DeleteDashboards'
      | 'DescribeAlarms'
      | 'GetDashboard'
      | 'ListTagsForResource'
      | 'PutDashboard'
      | 'PutMetricAlarm'
      | 'TagResource'
      | 'UntagResource'}`
  | `events:${'Create' | 'Delete' | 'Describe' | 'Update'}${'ApiDestination' | 'Connection'}`
  | `events:${
      | 'DeleteRule'
      | 'DescribeRule'
      | 'ListTagsForResource'
      | 'ListTargetsByRule'
      | 'PutRule'
      | 'PutTargets'
      | 'RemoveTargets'
      | 'TagResource'
      | 'UntagResource'}`
  | `iam:${
      | 'AttachRolePolicy'
      | 'CreateRole'
      | 'CreateServiceLinkedRole'
      | 'DeleteRole'
      | 'DeleteRolePermissionsBoundary'
      | 'DeleteRolePolicy'
      | 'DetachRolePolicy'
      | 'GetRole'
      | 'GetRolePolicy'
      | 'ListAttachedRolePolicies'
      | 'ListInstanceProfilesForRole'
      | 'ListRolePolicies'
      | 'PassRole'
      | 'PutRolePermissionsBoundary'
      | 'PutRolePolicy'
      | 'TagRole'
      | 'UntagRole'
      | 'UpdateAssumeRolePolicy'
      | 'UpdateRole'}`
  | `iam:${
      | 'AddClientIDToOpenIDConnectProvider'
      | 'CreatePolicyVersion'
      | 'DeleteOpenIDConnectProvider'
      | 'DeletePolicy'
      | 'DeletePolicyVersion'
      | 'RemoveClientIDFromOpenIDConnectProvider'
      | 'SetDefaultPolicyVersion'
      | 'UpdateOpenIDConnectProviderThumbprint'}`
  | `kms:${
      | 'CreateAlias'
      | 'CreateGrant'
      | 'CreateKey'
      | 'Decrypt'
      | 'DeleteAlias'
      | 'DescribeKey'
      | 'EnableKeyRotation'
      | 'Encrypt'
      | 'GetKeyPolicy'
      | 'GetKeyRotationStatus'
      | 'ListAliases'
      | 'ListResourceTags'
      | 'PutKeyPolicy'
      | 'ScheduleKeyDeletion'
      | 'TagResource'
      | 'UntagResource'}`
  | `lambda:${
      | 'CreateEventSourceMapping'
      | 'CreateFunction'
      | 'DeleteEventSourceMapping'
      | 'DeleteFunction'
      | 'GetEventSourceMapping'
      | 'GetFunction'
      | 'GetFunctionCodeSigningConfig'
      | 'ListTags'
      | 'ListVersionsByFunction'
      | 'PutFunctionConcurrency'
      | 'TagResource'
      | 'UntagResource'
      | 'UpdateEventSourceMapping'
      | 'UpdateFunctionCode'
      | 'UpdateFunctionConfiguration'}`
  | `logs:${
      | 'AssociateKmsKey'
      | 'CreateLogDelivery'
      | 'CreateLogGroup'
      | 'DeleteLogDelivery'
      | 'DeleteLogGroup'
      | 'DeleteMetricFilter'
      | 'DescribeLogGroups'
      | 'DescribeMetricFilters'
      | 'DescribeResourcePolicies'
      | 'GetLogDelivery'
      | 'ListLogDeliveries'
      | 'ListTagsForResource'
      | 'PutMetricFilter'
      | 'PutResourcePolicy'
      | 'PutRetentionPolicy'
      | 'TagResource'
      | 'UntagResource'
      | 'UpdateLogDelivery'}`
  | `pipes:${'CreatePipe' | 'DeletePipe' | 'DescribePipe' | 'ListTagsForResource' | 'TagResource' | 'UntagResource' | 'UpdatePipe'}`
  | `route53:${'ChangeResourceRecordSets' | 'GetChange' | 'GetHostedZone' | 'ListResourceRecordSets'}`
  | `s3:${
      | 'CreateBucket'
      | 'DeleteBucket'
      | 'DeleteBucketPolicy'
      | 'DeleteObject'
      | 'GetAccelerateConfiguration'
      | 'GetBucketAcl'
      | 'GetBucketCORS'
      | 'GetBucketLogging'
      | 'GetBucketObjectLockConfiguration'
      | 'GetBucketPolicy'
      | 'GetBucketPublicAccessBlock'
      | 'GetBucketRequestPayment'
      | 'GetBucketTagging'
      | 'GetBucketVersioning'
      | 'GetBucketWebsite'
      | 'GetEncryptionConfiguration'
      | 'GetLifecycleConfiguration'
      | 'GetObject'
      | 'GetObjectVersion'
      | 'GetReplicationConfiguration'
      | 'ListBucket'
      | 'PutBucketPolicy'
      | 'PutBucketPublicAccessBlock'
      | 'PutBucketTagging'
      | 'PutBucketVersioning'
      | 'PutObject'}`
  | `secretsmanager:${'CreateSecret' | 'DeleteSecret' | 'GetSecretValue' | 'PutSecretValue' | 'UpdateSecret'}`
  | `sns:${
      | 'CreateTopic'
      | 'DeleteTopic'
      | 'GetTopicAttributes'
      | 'ListTagsForResource'
      | 'SetTopicAttributes'
      | 'TagResource'
      | 'UntagResource'}`
  | `sqs:${'CreateQueue' | 'DeleteQueue' | 'GetQueueAttributes' | 'ListQueueTags' | 'SetQueueAttributes' | 'TagQueue' | 'UntagQueue'}`
  | `wafv2:${'AssociateWebACL' | 'DisassociateWebACL' | 'GetWebACL' | 'GetWebACLForResource'}`;

/** A statement of a role that deploys. */
export type DeploymentStatement = IdentityStatement<DeploymentAction>;

/** What deploying one kind of resource takes. */
export interface DeploymentGrants {
  /** To plan: what the provider reads of the environment's own resources. */
  readonly read: readonly DeploymentStatement[];
  /** To apply, beside what is read. */
  readonly write: readonly DeploymentStatement[];
}
