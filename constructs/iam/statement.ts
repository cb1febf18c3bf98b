/**
 * The actions that the project's policies are made of. A misspelt one, or one that nothing here needs, does not
 * compile; add an action here when a construct really needs it.
 * Names: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export type Action =
  | 'sts:AssumeRole'
  | 'sts:AssumeRoleWithWebIdentity'
  | 'sqs:SendMessage'
  | 'sqs:ReceiveMessage'
  | 'sqs:DeleteMessage'
  | 'sqs:ChangeMessageVisibility'
  | 'sqs:GetQueueAttributes'
  | 'sqs:GetQueueUrl'
  | 'sqs:SetQueueAttributes'
  | 'sqs:*'
  | 'kms:*'
  | 'kms:Decrypt'
  | 'kms:DescribeKey'
  | 'kms:Encrypt'
  | 'kms:GenerateDataKey'
  | 'kms:GenerateDataKey*'
  | 'kms:ReEncrypt*'
  | 'execute-api:Invoke'
  | 'execute-api:ManageConnections'
  | 'events:InvokeApiDestination'
  | 'lambda:InvokeFunction'
  | 'logs:CreateLogGroup'
  | 'logs:CreateLogStream'
  | 'logs:DescribeLogGroups'
  | 'logs:DescribeLogStreams'
  | 'logs:FilterLogEvents'
  | 'logs:GetLogEvents'
  | 'logs:PutLogEvents'
  | 's3:*'
  | 's3:PutObject'
  | 'secretsmanager:GetSecretValue'
  | 'sns:Publish'
  | 'xray:PutTelemetryRecords'
  | 'xray:PutTraceSegments';

/** Services that assume one of our roles, publish alarms, or write logs. */
export type ServicePrincipal =
  /** Their names are the same in every partition. */
  | 'apigateway.amazonaws.com'
  | 'cloudwatch.amazonaws.com'
  | 'events.amazonaws.com'
  | 'lambda.amazonaws.com'
  | 'pipes.amazonaws.com'
  /** CloudWatch Logs, a region at a time, under the domain of its partition. */
  | `logs.${string}`;

export type Principal =
  | { readonly type: 'AWS'; readonly identifiers: readonly string[] }
  | { readonly type: 'Service'; readonly identifiers: readonly ServicePrincipal[] }
  /** ARNs of the account's OpenID Connect providers. */
  | { readonly type: 'Federated'; readonly identifiers: readonly string[] }
  /** Everyone, signed or not: only with a Deny, or narrowed by a condition. */
  | { readonly type: '*'; readonly identifiers: readonly ['*'] };

export const anyone: Principal = { type: '*', identifiers: ['*'] };

/** Each key with the operators that fit its type. */
export type Condition =
  | {
      readonly test: 'Bool';
      readonly variable: 'aws:SecureTransport';
      readonly values: readonly ['true' | 'false'];
    }
  | {
      readonly test: 'IpAddress' | 'NotIpAddress';
      readonly variable: 'aws:SourceIp' | 'aws:VpcSourceIp';
      readonly values: readonly string[];
    }
  | {
      readonly test: 'StringEquals';
      readonly variable:
        | 'aws:PrincipalAccount'
        | 'aws:RequestTag/environment'
        | 'aws:ResourceTag/environment'
        | 'aws:SourceAccount'
        | 'aws:SourceVpce'
        | 'iam:AWSServiceName'
        | 'iam:PassedToService'
        | 'kms:ViaService'
        | 's3:prefix'
        /** Claims of a token, by the host of its issuer. */
        | `${string}:${'aud' | 'sub' | 'ref'}`;
      readonly values: readonly string[];
    }
  | {
      readonly test: 'StringNotEquals';
      readonly variable: 'aws:SourceVpce';
      readonly values: readonly string[];
    }
  | {
      readonly test: 'StringEqualsIfExists';
      readonly variable: 'aws:ResourceTag/environment';
      readonly values: readonly string[];
    }
  | {
      readonly test: 'ArnEquals';
      readonly variable: 'aws:SourceArn' | 'iam:PermissionsBoundary' | 'kms:EncryptionContext:aws:logs:arn';
      readonly values: readonly string[];
    }
  | {
      readonly test: 'ArnLike';
      readonly variable: 'kms:EncryptionContext:aws:lambda:FunctionArn' | 'lambda:FunctionArn';
      readonly values: readonly string[];
    }
  | {
      readonly test: 'ArnNotEquals';
      readonly variable: 'aws:PrincipalArn';
      readonly values: readonly string[];
    }
  | {
      readonly test: 'ForAllValues:StringEquals';
      readonly variable: 'acm:DomainNames';
      readonly values: readonly string[];
    }
  | {
      readonly test: 'ForAllValues:StringLike';
      readonly variable: 'route53:ChangeResourceRecordSetsNormalizedRecordNames';
      readonly values: readonly string[];
    }
  | {
      readonly test: 'ForAnyValue:StringEquals';
      readonly variable: 'kms:ResourceAliases';
      readonly values: readonly string[];
    };

/** One statement of an identity, resource or trust policy. */
export interface Statement<A extends string = Action> {
  /** What the statement is for, in words; letters and digits only, as IAM demands of identity policies. */
  readonly sid: string;
  /** @default Allow */
  readonly effect?: 'Allow' | 'Deny';
  readonly actions: readonly A[];
  /** Left out in trust policies only. */
  readonly resources?: readonly string[];
  /** Left out in identity policies only. */
  readonly principals?: readonly Principal[];
  readonly conditions?: readonly Condition[];
}

/** A statement of a policy that is attached to a role: the role is the principal. */
export type IdentityStatement<A extends string = Action> = Omit<Statement<A>, 'principals'> & {
  readonly resources: readonly string[];
};

/** `delivery-results` → `DeliveryResults`: a name as a part of a statement id. */
export function sidPart(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
