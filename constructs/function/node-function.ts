import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { functionArchive } from '../../synthesis/function-archive';
import { addStackFile } from '../../synthesis/stack-files';
import { functionArn, logStreamsArn } from '../iam/arn';
import { placementOf } from '../iam/placement';
import { ServiceRole } from '../iam/service-role';
import { actorRoleName, functionLogGroupName } from '../names';
import type { EncryptionKey } from '../queue/encryption-key';

export interface NodeFunctionProps {
  /** Full name; Lambda allows 64 characters. */
  readonly name: string;
  readonly description: string;
  /** Folder in `lambda-src/`. */
  readonly source: string;
  /** 1 to 900. */
  readonly timeoutSeconds: number;
  /** 128 to 10,240. @default 256 */
  readonly memoryMegabytes?: number | undefined;
  /** Executions set aside for this function, which are also its ceiling. */
  readonly reservedConcurrency: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetentionDays: number;
  /** Encrypts the log and the variables. @default keys of AWS's own */
  readonly key?: EncryptionKey | undefined;
}

/**
 * A function from `lambda-src/`: its archive, its role, its log group. Runs on arm64 and Node.js 22, the newest
 * runtime that the oldest provider version we allow (5.100.0) accepts.
 */
export class NodeFunction extends Construct {
  readonly name: string;
  /** Written out, so that policies that name the function are known in the first plan. */
  readonly arn: string;
  readonly timeoutSeconds: number;
  readonly role: ServiceRole;
  readonly resource: LambdaFunction;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const at = placementOf(this);
    this.name = props.name;
    this.arn = functionArn(at, props.name);
    this.timeoutSeconds = props.timeoutSeconds;
    const logGroup = new CloudwatchLogGroup(this, 'log', {
      name: functionLogGroupName(props.name),
      retentionInDays: props.logRetentionDays,
      ...(props.key && { kmsKeyId: props.key.encryptLogs(functionLogGroupName(props.name)) }),
    });
    this.role = new ServiceRole(this, 'role', {
      name: actorRoleName(props.name),
      description: `What ${props.name} acts as`,
      trust: { service: 'lambda' },
    });
    this.role.grant(
      {
        sid: 'WriteItsOwnLog',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logStreamsArn(at, functionLogGroupName(props.name))],
      },
      {
        sid: 'SendTraces',
        actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
        // X-Ray knows no resources for these.
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
        resources: ['*'],
      },
    );
    const archive = functionArchive(props.source);
    const filename = `functions/${archive.fileName}`;
    addStackFile(this, filename, archive.bytes);
    this.resource = new LambdaFunction(this, 'Resource', {
      functionName: props.name,
      description: props.description,
      role: this.role.resource.arn,
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: archive.handler,
      filename,
      sourceCodeHash: archive.sha256Base64,
      timeout: props.timeoutSeconds,
      memorySize: props.memoryMegabytes ?? 256,
      reservedConcurrentExecutions: props.reservedConcurrency,
      environment: { variables: { ...props.environment } },
      // As it is deployed, Lambda gives the function's role a grant of the key: the role needs no statement of its own.
      // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
      ...(props.key && { kmsKeyArn: props.key.arn }),
      tracingConfig: { mode: 'Active' },
      loggingConfig: { logFormat: 'Text', logGroup: logGroup.name },
    });
  }

  /** What must be in place before the function is first invoked. */
  get ready(): readonly ITerraformDependable[] {
    return this.role.policies;
  }
}
