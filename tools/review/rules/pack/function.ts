import { isProduction } from '../reading/environment-kind';
import { blocksOf, numberOf, textOf, valueAt } from '../reading/fields';
import { isFunction } from '../reading/queues';
import type { RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';
import { runtimeFault } from './runtimes';

const lambda = ['aws_lambda_function'];
const construct = 'constructs/function/node-function.ts';

/** Functions that are a container image have no runtime and no handler. */
const isImage = (resource: RuleResource) => textOf(resource, 'package_type') === 'Image';

export const functionTracing: Rule = {
  id: 'function-tracing',
  title: 'A function traces its invocations',
  scanners: ['CKV_AWS_50', 'AWS-0066', 'Lambda.7', 'KICS Lambda Functions Without X-Ray Tracing'],
  protects: 'Without a trace nobody can tell where a slow or failed batch spent its time.',
  fix: `${construct} sets tracingConfig`,
  types: lambda,
  problems(resource) {
    const mode = blocksOf(resource, 'tracing_config').map((config) => textOf(config, 'mode'))[0];
    return when(mode !== 'Active', `its tracing mode is ${mode ?? 'not set'}`);
  },
};

export const functionConcurrency: Rule = {
  id: 'function-concurrency',
  title: 'A function reserves as much concurrency as its event source mappings use',
  scanners: ['CKV_AWS_115', 'HIPAA.Security-LambdaConcurrency'],
  protects:
    'It may use up the account’s concurrency, or be throttled by others’ use of it: throttled messages ' +
    'end as dead letters.',
  fix: 'set websocketReply.maximumConcurrency, of which as much is reserved',
  types: lambda,
  problems(resource, system) {
    const reserved = numberOf(resource, 'reserved_concurrent_executions') ?? -1;
    if (reserved < 0) return ['it reserves no concurrency'];
    const used = system
      .resources('aws_lambda_event_source_mapping')
      .filter((mapping) => isFunction(valueAt(mapping, 'function_name'), resource))
      .flatMap((mapping) => blocksOf(mapping, 'scaling_config'))
      .reduce((sum, config) => sum + (numberOf(config, 'maximum_concurrency') ?? 0), 0);
    return when(reserved < used, `it reserves ${reserved}, and its event source mappings use up to ${used}`);
  },
};

export const functionVariablesKey: Rule = {
  id: 'function-variables-key',
  title: 'In production, environment variables are encrypted with a key of the account',
  scanners: ['CKV_AWS_173'],
  protects:
    'Whoever may read the function’s configuration reads its variables; a key of one’s own keeps them apart.',
  fix: "set encryption: 'customer-key'; without variables none is needed",
  differs: 'Outside production Lambda’s own key is taken.',
  types: lambda,
  problems(resource) {
    const variables = blocksOf(resource, 'environment').flatMap((block) => {
      const [written] = blocksOf(block, 'variables');
      return written ? Object.keys(written.values) : [];
    });
    return when(
      isProduction(resource.stack) && variables.length > 0 && !textOf(resource, 'kms_key_arn'),
      `it has no kms_key_arn for ${variables.join(', ')}`,
    );
  },
};

export const functionRuntime: Rule = {
  id: 'function-runtime',
  title: 'A function’s runtime is supported',
  scanners: ['CKV_AWS_363', 'Lambda.2', 'AwsSolutions-L1'],
  protects: 'A runtime that is deprecated gets no security patches any more.',
  fix: `${construct} sets the runtime; the bundle’s target is in synthesis/function-archive.ts`,
  differs:
    'cdk-nag wants the latest one; it takes every one that AWS supports today. A container image has none.',
  types: lambda,
  problems(resource, { today }) {
    if (isImage(resource)) return [];
    const fault = runtimeFault(textOf(resource, 'runtime'), today);
    return fault === undefined ? [] : [fault];
  },
};

export const functionLimits: Rule = {
  id: 'function-limits',
  title: 'A function says how much memory and time it gets',
  scanners: [],
  protects: 'Lambda’s defaults are 128 MB and 3 seconds: batches are cut off that would have gone through.',
  fix: 'set websocketReply.functionMemoryMegabytes and functionTimeoutSeconds; both have defaults',
  types: lambda,
  problems: (resource) =>
    ['memory_size', 'timeout'].flatMap((attribute) =>
      when(numberOf(resource, attribute) === undefined, `${attribute} is not set`),
    ),
};

export const functionNetwork: Rule = {
  id: 'function-vpc',
  title: 'A function runs within a VPC',
  scanners: ['CKV_AWS_117', 'HIPAA.Security-LambdaInsideVPC', 'Lambda.3'],
  protects: 'Within a VPC, a function that was taken over reaches only what the VPC lets it reach.',
  fix: 'no setting has it: the functions call public AWS endpoints only',
  types: lambda,
  problems: (resource) => when(blocksOf(resource, 'vpc_config').length === 0, 'it is in no VPC'),
};

export const functionCodeSigning: Rule = {
  id: 'function-code-signing',
  title: 'A function takes signed code only',
  scanners: ['CKV_AWS_272'],
  protects: 'Whoever may update the function’s code can otherwise put in any.',
  fix: 'no setting has it: it wants a signing profile, and an archive that AWS Signer has signed',
  types: lambda,
  problems: (resource) =>
    when(valueAt(resource, 'code_signing_config_arn') === undefined, 'it has no code signing configuration'),
};
