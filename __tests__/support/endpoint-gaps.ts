import fs from 'node:fs';
import path from 'node:path';
import type { TerraformConfiguration } from '../../tools/synth/synthesize';

/** A resource type that moto_server cannot apply, and what stands in for it there. */
interface Gap {
  readonly type: string;
  /** Meta-arguments and attributes in place of the stack's. */
  readonly override: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

/** A difference that a second plan against moto_server shows though nothing was changed. */
interface Noise {
  readonly type: string;
  readonly attribute: string;
  /** Whether what the endpoint answered explains that it differs from what the stack says. */
  readonly explains: (answered: unknown) => boolean;
  readonly reason: string;
}

const forgotten = (answered: unknown) => Array.isArray(answered) && answered.length === 0;

/** Written by hand, each seen with moto 5.2.1 and the AWS provider 5.100.0: the endpoint's, not the stacks'. */
export const endpointGaps: readonly Gap[] = [
  {
    type: 'aws_sqs_queue_redrive_allow_policy',
    override: { count: 0 },
    reason: 'SetQueueAttributes forgets RedriveAllowPolicy, and the provider waits minutes for it',
  },
  {
    type: 'aws_sqs_queue_redrive_policy',
    override: { count: 0 },
    reason:
      'SetQueueAttributes forgets the queue policy that is not among its attributes, and the provider waits for it',
  },
  {
    type: 'aws_api_gateway_rest_api_policy',
    override: { count: 0 },
    reason: 'UpdateRestApi does not know the path /policy',
  },
  {
    type: 'aws_apigatewayv2_deployment',
    override: { count: 0 },
    reason: 'there is no CreateDeployment of WebSocket APIs',
  },
  {
    type: 'aws_apigatewayv2_stage',
    override: { deployment_id: null, auto_deploy: true },
    reason: 'there is no deployment that it could name',
  },
];

export const endpointNoise: readonly Noise[] = [
  {
    type: 'aws_lambda_function',
    attribute: 'logging_config',
    explains: forgotten,
    reason: 'GetFunctionConfiguration does not give it',
  },
];

/**
 * Switches off, in the folder of a stack, what the endpoint cannot do. Terraform merges the file into the
 * configuration, be it HCL or JSON; a synth leaves it where it is.
 */
export function switchOffGaps(folder: string, { resource = {} }: TerraformConfiguration): void {
  const overridden = endpointGaps.flatMap(({ type, override }) => {
    const names = Object.keys(resource[type] ?? {});
    return names.length > 0
      ? [[type, Object.fromEntries(names.map((name) => [name, override]))] as const]
      : [];
  });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'endpoint_override.tf.json'),
    // Terraform refuses `resource` without a type.
    JSON.stringify(overridden.length > 0 ? { resource: Object.fromEntries(overridden) } : {}, undefined, 2),
  );
}
