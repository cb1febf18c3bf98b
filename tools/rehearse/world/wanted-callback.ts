import { defaults } from '../../../environments/defaults';
import type {
  CallbackAuthorization,
  CallbackIdSource,
  CallbackSettings,
} from '../../../environments/environment';
import { canonicalJson } from '../../../synthesis/canonical-json';
import type { Quota } from '../api-gateway/usage-plan';
import type { CallbackFlow } from './flows';
import { type IdParameter, idSourceOf, idValueOf } from './id-sources';

/** What an environment wants of a callback, as plain data. */
export interface WantedCallback {
  readonly name: string;
  /** With its leading slash, without the stage. */
  readonly path: string;
  /** CIDR blocks. */
  readonly allowList: readonly string[];
  /** Roles of other accounts that are to consume the queue. */
  readonly consumerRoleArns: readonly string[];
  /** What JSON bodies must satisfy; nothing where the callback takes no JSON. */
  readonly schema: Readonly<Record<string, unknown>> | undefined;
  /** Whether messages keep their order within a group. */
  readonly fifo: boolean;
  /** Of the queue that someone else owns; nothing where the stack makes one. */
  readonly queueArn: string | undefined;
  /** Nothing where the environment leaves it to a default. */
  readonly ids: Readonly<Record<IdParameter, CallbackIdSource | undefined>>;
  /** Roles as which requests are signed. @default they need no signature */
  readonly callerRoleArns?: readonly string[] | undefined;
  /** The API key that requests need, by its name. @default they need none */
  readonly apiKey?: { readonly name: string; readonly quota: Quota | undefined } | undefined;
  readonly signature?: WantedSignature | undefined;
}

/** Requests are signed with a secret that someone else keeps. */
export interface WantedSignature {
  readonly secretArn: string;
  readonly keyArn: string | undefined;
  readonly toleranceSeconds: number;
}

export function wantedCallback(
  environment: string,
  {
    name,
    path,
    allowList,
    authorization,
    apiKey,
    contentTypes = ['application/json'],
    schema,
    queue = { kind: 'standard' },
  }: CallbackSettings,
): WantedCallback {
  const theirs = queue.kind === 'existing' ? queue : undefined;
  const ordered = queue.kind === 'standard' ? undefined : queue;
  return {
    name,
    path,
    allowList,
    consumerRoleArns: queue.kind === 'existing' ? [] : (queue.consumerRoleArns ?? []),
    schema: contentTypes.includes('application/json') ? schema : undefined,
    fifo: theirs ? theirs.arn.endsWith('.fifo') : queue.kind === 'fifo',
    queueArn: theirs?.arn,
    ids: {
      MessageGroupId: ordered?.messageGroupId,
      MessageDeduplicationId: ordered?.messageDeduplicationId,
    },
    callerRoleArns: authorization?.kind === 'aws-iam' ? authorization.callerRoleArns : undefined,
    apiKey: apiKey && {
      name: `${environment}-${name}`,
      quota: apiKey.quota && { limit: apiKey.quota.requests, period: apiKey.quota.period },
    },
    ...(authorization?.kind === 'hmac' && { signature: signatureOf(authorization) }),
  };
}

const signatureOf = ({
  secretArn,
  keyArn,
  toleranceSeconds = defaults.signatureToleranceSeconds,
}: Extract<CallbackAuthorization, { readonly kind: 'hmac' }>): WantedSignature => ({
  secretArn,
  keyArn,
  toleranceSeconds,
});

/** What a flow does otherwise than its callback is wanted. */
export function lostOf(wanted: WantedCallback, flow: CallbackFlow): readonly string[] {
  const { name, schema, fifo, queueArn, ids } = wanted;
  const { method } = flow;
  const model = method.models.get('application/json');
  return [
    ...(schema === undefined || (model && canonicalJson(model.schema) === canonicalJson(schema))
      ? []
      : [`${method.address} ${model ? 'checks JSON bodies against another schema' : 'checks no JSON body'}`]),
    ...(flow.queueArn.endsWith('.fifo') === fifo
      ? []
      : [`its messages go to ${flow.queueArn}, which is ${fifo ? 'not ' : ''}FIFO`]),
    ...(queueArn === undefined || queueArn === flow.queueArn
      ? []
      : [`its messages go to ${flow.queueArn}, not to ${queueArn}`]),
    ...(['MessageGroupId', 'MessageDeduplicationId'] as const).flatMap((parameter) => {
      const source = ids[parameter];
      return source === undefined || isFrom(flow, parameter, source)
        ? []
        : [`its ${parameter} is not ${wordsOf(source)}, by ${method.integration.address}`];
    }),
  ].map((what) => `the callback ${name}: ${what}`);
}

function isFrom(flow: CallbackFlow, parameter: IdParameter, source: CallbackIdSource): boolean {
  const there = idSourceOf(flow, parameter);
  switch (source.from) {
    case 'constant':
      return idValueOf(flow, parameter) === encodeURIComponent(source.value);
    case 'header':
      return there?.from === 'header' && there.name === source.name.toLowerCase();
    case 'body':
      return there?.from === 'field' && there.name === source.field;
  }
}

function wordsOf(source: CallbackIdSource): string {
  switch (source.from) {
    case 'constant':
      return JSON.stringify(source.value);
    case 'header':
      return `the header ${source.name}`;
    case 'body':
      return `the field ${source.field} of the body`;
  }
}
