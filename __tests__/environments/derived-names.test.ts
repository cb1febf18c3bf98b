import { type App, Testing } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { nameLimits } from '../../constructs/names';
import { environments } from '../../environments';
import { faultsOf } from '../../environments/checks';
import { derivedNames } from '../../environments/checks/derived-names';
import type { Environment } from '../../environments/environment';
import { addStacks } from '../../stacks/environment-stacks';
import type { ReadableStack } from '../../synthesis/readable-stack';
import { everySetting, faultsWith } from './settings';

/** Terraform's types with limited names, and the attribute that holds the name. */
const kinds = {
  aws_sqs_queue: ['queue', 'name'],
  aws_iam_role: ['role', 'name'],
  aws_lambda_function: ['function', 'function_name'],
  aws_pipes_pipe: ['pipe', 'name'],
  aws_cloudwatch_event_connection: ['connection', 'name'],
  aws_cloudwatch_event_api_destination: ['API destination', 'name'],
  aws_s3_bucket: ['bucket', 'bucket'],
} as const;

/** `kind name` of everything that the stacks of an environment really give a limited name. */
function namesInStacks(environment: Environment): readonly string[] {
  const app: App = Testing.app();
  addStacks(app, environment);
  return app.node
    .findAll()
    .filter((node): node is ReadableStack => 'allocateLogicalId' in node)
    .flatMap((stack) => {
      const resources: Record<string, Record<string, Record<string, string>>> = JSON.parse(
        Testing.synth(stack),
      ).resource ?? {};
      return Object.entries(kinds).flatMap(([type, [kind, attribute]]) =>
        Object.values(resources[type] ?? {}).map((resource) => `${kind} ${resource[attribute]}`),
      );
    })
    .sort();
}

describe('the names that AWS will see', () => {
  it.each([...environments, everySetting].map((environment) => [environment.name, environment] as const))(
    'are those of the stacks of %s',
    (_, environment) => {
      const names = derivedNames(environment).map(({ kind, name }) => `${kind} ${name}`);
      expect(names.sort()).toEqual(namesInStacks(environment));
    },
  );
});

describe('a name that is too long for AWS', () => {
  const callback = 'callbackReceiver.callbacks[2].name';
  const nothingElse = { subscriberPipe: undefined };

  it('is shortened at the setting that it comes from, by so many characters', () => {
    // test-<name>-to-queue: a role of 64 characters.
    const fitting = 'a'.repeat(64 - 'test-'.length - '-to-queue'.length);
    expect(faultsWith({ ...nothingElse, [callback]: fitting })).toEqual([]);
    expect(faultsWith({ ...nothingElse, [callback]: `${fitting}aaa` })).toEqual([
      {
        environment: 'test',
        field: callback,
        value: `${fitting}aaa`,
        rule: `names the role "test-${fitting}aaa-to-queue", 67 characters, and AWS takes 64: shorten it by 3, or the environment's name`,
      },
    ]);
  });

  it.each([
    ['subscriberPipe.subscriptions[2].name', 'role', 64 - 'test-'.length - '-role'.length],
    ['subscriberPipe.subscriptions[1].name', 'role', 64 - 'test-'.length - '-role'.length],
    [
      'subscriberPipe.subscriptions[0].name',
      'bucket',
      63 - 'test-'.length - '-111122223333-ap-northeast-2'.length,
    ],
  ])(
    'is named once for %s, with the name that is furthest over its limit: the %s',
    (field, kind, longest) => {
      expect(faultsWith({ [field]: 'a'.repeat(longest) })).toEqual([]);
      expect(faultsWith({ [field]: 'a'.repeat(longest + 1) })).toMatchObject([
        {
          field,
          rule: expect.stringMatching(`^names the ${kind} .* shorten it by 1, or the environment's name$`),
        },
      ]);
      expect(faultsWith({ [field]: 'a'.repeat(70) })).toHaveLength(1);
    },
  );

  it('is one whose kind has a limit', () => {
    const used = new Set(derivedNames(everySetting).map(({ kind }) => kind));
    expect([...used].sort()).toEqual(Object.keys(nameLimits).sort());
  });
});

describe('a name that two resources would share', () => {
  const [dev] = environments;
  const receiver = (name: string, ...names: readonly string[]) => ({
    ...dev,
    name,
    manageAccountLogging: false,
    websocketReply: undefined,
    subscriberPipe: undefined,
    callbackReceiver: {
      callbacks: names.map((callback) => ({
        name: callback,
        path: `/${callback}`,
        allowList: ['203.0.113.0/24'],
        schema: {},
      })),
    },
  });
  const fault = (environment: string, field: string, value: string, rule: string) => [
    { environment, field, value, rule: `${rule}: let the names differ` },
  ];

  it('is refused when it is that of a dead-letter queue', () => {
    expect(faultsOf([receiver('a', 'x', 'x-dead-letter')])).toEqual(
      fault(
        'a',
        'callbackReceiver.callbacks[1].name',
        'x-dead-letter',
        'names the queue "a-x-dead-letter", and so does callbackReceiver.callbacks[0].name',
      ),
    );
  });

  it('is refused when it is that of the WebSocket queue', () => {
    const standard = { queue: { kind: 'standard' } };
    expect(faultsOf([{ ...receiver('a', 'websocket-messages'), websocketReply: standard }])).toEqual(
      fault(
        'a',
        'name',
        'a',
        'names the queue "a-websocket-messages", and so does callbackReceiver.callbacks[0].name',
      ),
    );
  });

  it('is refused when it is that of another role', () => {
    expect(faultsWith({ 'subscriberPipe.subscriptions[2].name': 'orders-archive-writer' })).toEqual(
      fault(
        'test',
        'subscriberPipe.subscriptions[2].name',
        'orders-archive-writer',
        'names the role "test-orders-archive-writer-role", and so does subscriberPipe.subscriptions[0].name',
      ),
    );
  });

  it('is refused across the environments of one account and region, once for each pair', () => {
    expect(faultsOf([receiver('a', 'b-c'), receiver('a-b', 'c')])).toEqual(
      fault(
        'a-b',
        'callbackReceiver.callbacks[0].name',
        'c',
        'names the queue "a-b-c", and so does callbackReceiver.callbacks[0].name of a',
      ),
    );
  });

  it('is refused for roles in any region of the account, since roles have none', () => {
    expect(faultsOf([receiver('a', 'b-c'), { ...receiver('a-b', 'c'), region: 'us-east-1' }])).toEqual(
      fault(
        'a-b',
        'callbackReceiver.callbacks[0].name',
        'c',
        'names the role "a-b-c-to-queue", and so does callbackReceiver.callbacks[0].name of a',
      ),
    );
  });

  it('is fine in another account', () => {
    expect(faultsOf([receiver('a', 'b-c'), { ...receiver('a-b', 'c'), accountId: '999999999999' }])).toEqual(
      [],
    );
  });

  it('is no second fault where a callback or an environment is there twice', () => {
    const twice = receiver('a', 'x', 'x');
    expect(faultsOf([twice]).map(({ field, value }) => [field, value])).toEqual([
      ['callbackReceiver.callbacks[1].name', 'x'],
      ['callbackReceiver.callbacks[1].path', '/x'],
    ]);
    expect(faultsOf([receiver('a', 'x'), receiver('a', 'x')]).map(({ field }) => field)).toEqual(['name']);
  });
});
