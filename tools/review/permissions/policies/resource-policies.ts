import type { Plan } from '../../../plan/plan';
import { type Block, blocksOf, textOf } from './evaluated';
import { lambdaPermissions } from './lambda-permissions';
import type { OwnedStatements, Owner } from './owned-statements';
import { policyStatements, type ReadStatement, readFrom } from './policy-statements';
import { isPrivate } from './private-endpoint';
import { unreadBlocks } from './unread-blocks';
import { unresolved } from './unresolved';

/** A kind of resource that has a policy of its own. */
interface Kind {
  readonly kind: Owner['kind'];
  readonly type: string;
  /** The attribute with its name in AWS, and others by which a policy may name it. */
  readonly name: string;
  readonly ids: readonly string[];
  /** The resource that is its policy, and the attribute that says whose. */
  readonly policy: readonly [type: string, of: string];
  /** What AWS does without a policy, where that is more than nothing. */
  readonly unless?: (plan: Plan, block: Block) => ReadStatement | undefined;
}

const kinds: readonly Kind[] = [
  {
    kind: 'queue',
    type: 'aws_sqs_queue',
    name: 'name',
    ids: ['arn', 'url'],
    policy: ['aws_sqs_queue_policy', 'queue_url'],
  },
  {
    kind: 'key',
    type: 'aws_kms_key',
    name: 'key_id',
    ids: ['arn', 'key_id'],
    policy: ['aws_kms_key_policy', 'key_id'],
    // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    unless: (plan) =>
      readFrom(plan, {
        Effect: 'Allow',
        Principal: { AWS: `arn:${plan.partition}:iam::${plan.accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      }),
  },
  {
    kind: 'API',
    type: 'aws_api_gateway_rest_api',
    name: 'name',
    ids: ['id'],
    policy: ['aws_api_gateway_rest_api_policy', 'rest_api_id'],
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
    unless: (plan, block) =>
      isPrivate(block)
        ? undefined
        : readFrom(plan, { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }),
  },
  {
    kind: 'bucket',
    type: 'aws_s3_bucket',
    name: 'bucket',
    ids: ['arn'],
    policy: ['aws_s3_bucket_policy', 'bucket'],
  },
  {
    kind: 'topic',
    type: 'aws_sns_topic',
    name: 'name',
    ids: ['arn'],
    policy: ['aws_sns_topic_policy', 'arn'],
  },
  {
    kind: 'secret',
    type: 'aws_secretsmanager_secret',
    name: 'name',
    ids: ['arn'],
    policy: ['aws_secretsmanager_secret_policy', 'secret_arn'],
  },
];

/** Who may use queues, keys, APIs, buckets, functions, topics and secrets, and whatever else has a policy. */
export const resourcePolicies = (plan: Plan): readonly OwnedStatements[] => [
  ...kinds.flatMap((kind) => policiesOf(plan, kind)),
  ...lambdaPermissions(plan),
  ...otherPolicies(plan),
  ...unreadBlocks(plan),
];

interface Declared {
  readonly owned: Omit<OwnedStatements, 'statements'>;
  readonly block: Block;
  /** By which a policy may say that it is its own. */
  readonly identifiers: readonly string[];
}

function policiesOf(plan: Plan, kind: Kind): readonly OwnedStatements[] {
  const declared = blocksOf(plan, kind.type).map(([name, block]) => declaredOf(plan, kind, name, block));
  const [type, of] = kind.policy;
  const policies = blocksOf(plan, type).map(([, block]): OwnedStatements => {
    const whose = textOf(plan, block[of]) ?? unresolved(plan, block[of]);
    const statements = policyStatements(plan, block.policy);
    const owner = declared.find(({ identifiers }) => identifiers.includes(whose));
    return owner ? { ...owner.owned, statements } : { ...elsewhere(plan, kind, whose), statements };
  });
  const inline = declared.map(({ owned, block }): OwnedStatements => {
    const own = policyStatements(plan, block.policy);
    const isAlone = own.length === 0 && !policies.some(({ id }) => id === owned.id);
    const unless = isAlone ? kind.unless?.(plan, block) : undefined;
    return { ...owned, statements: unless ? [unless] : own };
  });
  return [...inline, ...policies];
}

function declaredOf(plan: Plan, kind: Kind, name: string, block: Block): Declared {
  const { stackId, accountId } = plan;
  const attribute = (of: string) => textOf(plan, `\${${kind.type}.${name}.${of}}`);
  const identifiers = [...kind.ids, 'id'].flatMap((of) => attribute(of) ?? []);
  const known = textOf(plan, block[kind.name]) ?? name;
  const owned = {
    // Names of keys and APIs need not be their own.
    id:
      kind.ids.includes('url') || kind.kind === 'bucket'
        ? named(plan, kind, known)
        : `${stackId} ${kind.type}.${name}`,
    stackId,
    accountId,
    owner: { kind: kind.kind, name: kind.kind === 'key' ? keyName(plan, identifiers, name) : known },
    about: 'resource',
    isDeclared: true,
    arn: attribute('arn'),
  } as const;
  return { owned, block, identifiers };
}

const named = ({ accountId, region }: Plan, { kind }: Kind, name: string) =>
  `${kind} ${accountId} ${region} ${name}`;

/** A policy of a resource that the stack does not make. */
function elsewhere(plan: Plan, kind: Kind, whose: string): Omit<OwnedStatements, 'statements'> {
  const name = whose.split(kind.kind === 'queue' ? /[/:]/ : ':').at(-1) ?? whose;
  return {
    id:
      kind.kind === 'queue' || kind.kind === 'bucket' ? named(plan, kind, name) : `${plan.stackId} ${whose}`,
    stackId: plan.stackId,
    accountId: plan.accountId,
    owner: { kind: kind.kind, name },
    about: 'resource',
    isDeclared: false,
    arn: whose.startsWith('arn:') ? whose : undefined,
  };
}

/** People know a key by its alias. */
function keyName(plan: Plan, identifiers: readonly string[], name: string): string {
  const alias = blocksOf(plan, 'aws_kms_alias').find(([, { target_key_id: target }]) =>
    identifiers.includes(textOf(plan, target) ?? ''),
  );
  return (alias && textOf(plan, alias[1].name)) ?? `aws_kms_key.${name}`;
}

/** Policies of types that are not known here. */
function otherPolicies(plan: Plan): readonly OwnedStatements[] {
  const known = new Set([
    ...kinds.flatMap(({ type, policy }) => [type, policy[0]]),
    'aws_iam_policy',
    'aws_iam_role_policy',
  ]);
  return Object.keys(plan.configuration.resource ?? {})
    .filter((type) => !known.has(type))
    .flatMap((type) =>
      blocksOf(plan, type).flatMap(([name, { policy }]): readonly OwnedStatements[] => {
        const statements = typeof policy === 'string' ? policyStatements(plan, policy) : [];
        if (statements.length === 0) return [];
        const address = `${type}.${name}`;
        const { stackId, accountId } = plan;
        return [
          {
            id: `${stackId} ${address}`,
            stackId,
            accountId,
            owner: { kind: 'resource', name: address },
            about: 'resource',
            isDeclared: true,
            statements,
            arn: undefined,
          },
        ];
      }),
    );
}
