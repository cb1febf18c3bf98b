import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { MissingPermission } from '../../../../../tools/doctor/aws/answer-of';
import { eventSourceMappings } from '../../../../../tools/doctor/checks/event-source-mappings/event-source-mappings';
import type { Plan } from '../../../../../tools/plan/plan';
import { type Answers, recorded, withAnswer } from '../../recorded';
import {
  changedByHand,
  environments,
  examined,
  planOf,
  withResource,
} from '../web-socket-api/web-socket-subjects';

type Mapping = EventSourceMappingConfiguration;

const list = 'lambda:ListEventSourceMappings *';
const intact = { dev: recorded('event-source-mappings-dev'), prod: recorded('event-source-mappings-prod') };
const plan = planOf('dev', 'websocket-reply');

const about = {
  at: 'dev-websocket-reply: aws_lambda_event_source_mapping.reply_source',
  subject: 'event source mapping of dev-websocket-messages.fifo to dev-websocket-reply',
};
const byHand = changedByHand('dev-websocket-reply');
const silence = 'clients of WebSocket API dev-websocket-reply get silence instead of replies';
const waiting = `the queue dev-websocket-messages.fifo, which WebSocket API dev-websocket-reply fills, grows and the alarm on ApproximateAgeOfOldestMessage goes off; ${silence}`;
const queueArn = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-websocket-messages.fifo';
const uuid = '761a7a4f-1023-4849-a319-3beef68d9f08';

const findingsOf = async (answers: Answers, of: Plan = plan) =>
  (await examined(eventSourceMappings, 'dev', of, answers)).findings;

const listed = (change: (all: readonly Mapping[]) => readonly Mapping[] | null, of: Plan = plan) =>
  findingsOf(withAnswer<readonly Mapping[]>(intact.dev, list, change), of);

const changed = (change: Partial<Mapping>, of: Plan = plan) =>
  listed((all) => all.map((one) => (one.EventSourceArn === queueArn ? { ...one, ...change } : one)), of);

describe('event source mappings as they were synthesized', () => {
  it.each(environments)('are no finding in %s', async (name) => {
    const of = planOf(name, 'websocket-reply');
    expect(await examined(eventSourceMappings, name, of, intact[name])).toEqual({
      resources: 1,
      findings: [],
    });
  });

  it('are no concern of a stack without any: nothing is asked', async () => {
    const none = planOf('dev', 'subscriber-pipe');
    expect(eventSourceMappings.permissions(none)).toEqual([]);
    expect(await examined(eventSourceMappings, 'dev', none, new Map())).toEqual({
      resources: 0,
      findings: [],
    });
  });

  it('may come back without what Lambda leaves out, or with the version behind the function', async () => {
    expect(
      await changed({
        State: undefined,
        BatchSize: undefined,
        MaximumBatchingWindowInSeconds: undefined,
        LastProcessingResult: 'OK',
      }),
    ).toEqual([]);
    expect(
      await changed({
        FunctionArn: 'arn:aws:lambda:ap-northeast-2:111122223333:function:dev-websocket-reply:$LATEST',
        LastProcessingResult: 'No records processed',
        FilterCriteria: {},
      }),
    ).toEqual([]);
  });

  it('ask for nothing but what is declared, and for all of it', () => {
    expect(
      eventSourceMappings.permissions(plan).map(({ action, resource }) => `${action} ${resource}`),
    ).toEqual([...intact.dev.keys()]);
  });

  it('end with the permission that is missing', async () => {
    const refused = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    await expect(findingsOf(new Map([[list, refused]]))).rejects.toThrow(MissingPermission);
  });
});

describe('a mapping that is missing', () => {
  const missing = {
    ...about,
    code: 'mapping-missing',
    severity: 'error',
    problem: 'it does not exist',
    seen: `nothing takes messages to the function: ${waiting}`,
    cause:
      "The stack was never deployed to the end, or someone has deleted the mapping (in the console, the function's trigger).",
    fix: 'npx cdktf deploy dev-websocket-reply',
  };

  it('lets the queue grow', async () => {
    expect(await listed(() => null)).toEqual([missing]);
    expect(await listed((all) => all.filter(({ UUID }) => UUID !== uuid))).toEqual([missing]);
  });

  it('may take from another queue', async () => {
    const other = 'arn:aws:sqs:ap-northeast-2:111122223333:other.fifo';
    expect(await changed({ EventSourceArn: other })).toEqual([
      {
        ...missing,
        problem: 'it does not exist: the function takes from another queue',
        deployed: other,
      },
    ]);
  });
});

it('a mapping of the same function to another queue that was synthesized too is not in its place', async () => {
  const resource = plan.configuration.resource ?? {};
  const mappings = resource.aws_lambda_event_source_mapping ?? {};
  const second = 'arn:aws:sqs:ap-northeast-2:111122223333:second.fifo';
  const two: Plan = {
    ...plan,
    configuration: {
      ...plan.configuration,
      resource: {
        ...resource,
        aws_lambda_event_source_mapping: {
          ...mappings,
          second: { ...(mappings.reply_source as object), event_source_arn: second },
        },
      },
    },
  };
  const [finding, ...others] = await changed({ EventSourceArn: second }, two);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ code: 'mapping-missing', problem: 'it does not exist' });
});

describe('who else takes from the queue', () => {
  const another = (change: Partial<Mapping>) =>
    listed((all) => [{ ...all.find(({ UUID }) => UUID === uuid), UUID: 'u2', ...change }, ...all]);

  it('is a second mapping of the same function', async () => {
    expect(await another({ State: 'Enabled' })).toEqual([
      {
        ...about,
        code: 'mapping-duplicate',
        severity: 'warning',
        problem: 'there are 2 of it; the first is compared here',
        deployed: `u2: arn:aws:lambda:ap-northeast-2:111122223333:function:dev-websocket-reply, Enabled\n${uuid}: arn:aws:lambda:ap-northeast-2:111122223333:function:dev-websocket-reply, Enabled`,
        seen: 'each polls the queue by its own settings: together they start more batches at once than synthesized, and what one of them filters or does not report is lost',
        cause: "Someone has added the function's trigger in the console too.",
        fix: `aws lambda delete-event-source-mapping --uuid ${uuid} --region ap-northeast-2`,
      },
    ]);
  });

  it('is another function, which gets part of the messages', async () => {
    const FunctionArn = 'arn:aws:lambda:ap-northeast-2:111122223333:function:other';
    expect(await another({ FunctionArn })).toEqual([
      {
        ...about,
        code: 'mapping-rival',
        severity: 'error',
        problem: 'another function takes messages from the queue',
        deployed: `u2: ${FunctionArn}, Enabled`,
        seen: `part of the messages goes to it and never reaches this function; ${silence} for those`,
        cause:
          "Someone has added the queue as the other function's trigger: a queue gives a message to one taker only.",
        fix: 'aws lambda delete-event-source-mapping --uuid u2 --region ap-northeast-2',
      },
    ]);
  });

  it('is nobody whose mapping is disabled', async () => {
    expect(await another({ State: 'Disabled' })).toEqual([]);
    const FunctionArn = 'arn:aws:lambda:ap-northeast-2:111122223333:function:other';
    expect(await another({ FunctionArn, State: 'Disabled' })).toEqual([]);
  });
});

describe('the state of a mapping', () => {
  it('Disabled lets the queue grow', async () => {
    expect(await changed({ State: 'Disabled', StateTransitionReason: 'USER_INITIATED' })).toEqual([
      {
        ...about,
        code: 'mapping-state',
        severity: 'error',
        problem: 'it is Disabled: USER_INITIATED',
        seen: waiting,
        cause:
          'Someone has disabled it in the console or by another tool, often to stop a function in trouble.',
        fix: `aws lambda update-event-source-mapping --uuid ${uuid} --enabled --region ap-northeast-2, once its cause is mended`,
      },
    ]);
  });

  it("may be of Lambda's own making", async () => {
    expect(
      await changed({ State: 'Disabling', StateTransitionReason: 'Lambda initiated: queue was deleted' }),
    ).toMatchObject([
      {
        severity: 'error',
        problem: 'it is Disabling: Lambda initiated: queue was deleted',
        cause:
          'Lambda has stopped it by itself: the reason says why, such as a queue that is gone or a role that may not take from it.',
      },
    ]);
  });

  it('Deleting is mended by a deploy', async () => {
    expect(await changed({ State: 'Deleting' })).toMatchObject([
      { code: 'mapping-state', severity: 'error', fix: byHand.fix },
    ]);
  });

  it.each(['Creating', 'Enabling', 'Updating'])('%s passes by itself', async (State) => {
    expect(await changed({ State })).toMatchObject([
      {
        code: 'mapping-state',
        severity: 'warning',
        problem: `it is ${State}: USER_INITIATED`,
        seen: 'messages wait until it is Enabled, a minute as a rule',
      },
    ]);
  });

  it('Enabled is told where it was synthesized as disabled, Disabled is not', async () => {
    const off = withResource(plan, 'aws_lambda_event_source_mapping', 'reply_source', { enabled: false });
    expect(await changed({}, off)).toMatchObject([
      {
        code: 'mapping-state',
        severity: 'warning',
        problem: 'it is Enabled: USER_INITIATED',
        seen: 'messages are taken from the queue, though the mapping was synthesized as disabled',
      },
    ]);
    expect(await changed({ State: 'Disabled' }, off)).toEqual([]);
  });
});

it('a last batch that went wrong is told', async () => {
  expect(await changed({ LastProcessingResult: 'PROBLEM: Function call failed' })).toEqual([
    {
      ...about,
      code: 'mapping-last-result',
      severity: 'error',
      problem: 'its last batch went wrong: PROBLEM: Function call failed',
      seen: `batches come back until maxReceiveCount and end in the dead-letter queue; while none gets through, ${waiting}`,
      cause: 'The function throws, times out or is throttled, or Lambda may not take from the queue.',
      fix: "the function's log says what it failed on",
    },
  ]);
  expect(
    await changed({ State: 'Disabled', LastProcessingResult: 'PROBLEM: Function call failed' }),
  ).toMatchObject([{ code: 'mapping-state' }]);
});

describe('what a mapping hands over', () => {
  it('is lost where it fails and nobody listens', async () => {
    expect(await changed({ FunctionResponseTypes: [] })).toEqual([
      {
        ...about,
        ...byHand,
        code: 'mapping-batch-failures',
        severity: 'error',
        problem: 'it ignores which messages of a batch the function reports as failed',
        synthesized: 'ReportBatchItemFailures',
        deployed: 'no function response types',
        seen: `the function answers with the failed ones, which counts as success: they are deleted with the others and lost; they never reach the dead-letter queue, and no alarm goes off; ${silence}. A batch that throws or times out comes back whole: what was done in it is done again, out of order within its group`,
      },
    ]);
  });

  it.each([
    [{ BatchSize: 1 }, { code: 'mapping-batch-size', synthesized: '10', deployed: '1' }],
    [
      { MaximumBatchingWindowInSeconds: 20 },
      { code: 'mapping-batching-window', synthesized: '0 s', deployed: '20 s' },
    ],
    [
      { ScalingConfig: { MaximumConcurrency: 2 } },
      {
        code: 'mapping-concurrency',
        problem: 'it starts fewer batches at once',
        synthesized: '10 at once',
        deployed: '2 at once',
        seen: `under load ${waiting}`,
      },
    ],
    [
      { ScalingConfig: undefined },
      {
        code: 'mapping-concurrency',
        problem: 'it starts more batches at once',
        deployed: 'no limit',
        seen: "under load batches beyond the function's reserved concurrency are throttled; messages that come back until maxReceiveCount go to the dead-letter queue unread",
      },
    ],
  ])('differs: %j', async (change, finding) => {
    expect(await changed(change)).toMatchObject([{ ...about, ...byHand, severity: 'warning', ...finding }]);
  });

  const lost = `messages that match none of the deployed patterns are deleted from the queue unseen: they reach neither the function nor the dead-letter queue, and no alarm goes off; ${silence}`;

  it('is what a filter lets through: the rest is deleted', async () => {
    expect(
      await changed({ FilterCriteria: { Filters: [{ Pattern: '{ "body": { "b": [1], "a": [2] } }' }] } }),
    ).toEqual([
      {
        ...about,
        ...byHand,
        code: 'mapping-filter',
        severity: 'error',
        problem: 'it filters messages',
        synthesized: 'none: all messages are taken',
        deployed: '{"body":{"a":[2],"b":[1]}}',
        seen: lost,
      },
    ]);
  });

  it('is hidden by a filter under a key', async () => {
    expect(await changed({ KMSKeyArn: 'arn:aws:kms:ap-northeast-2:111122223333:key/k' })).toMatchObject([
      {
        code: 'mapping-filter',
        severity: 'error',
        deployed:
          'criteria under the key arn:aws:kms:ap-northeast-2:111122223333:key/k, which a list of mappings does not show',
        seen: lost,
      },
    ]);
  });

  it('may be filtered as synthesized', async () => {
    const filtered = withResource(plan, 'aws_lambda_event_source_mapping', 'reply_source', {
      filter_criteria: { filter: [{ pattern: '{"body":{"a":[2],"b":[1]}}' }] },
    });
    const filters = (...patterns: readonly string[]) => ({
      FilterCriteria: { Filters: patterns.map((Pattern) => ({ Pattern })) },
    });
    expect(await changed(filters('{"body":{"b":[1],"a":[2]}}'), filtered)).toEqual([]);
    expect(await changed(filters('{"body":{"b":[7]}}'), filtered)).toMatchObject([
      { code: 'mapping-filter', severity: 'error', problem: 'its filter is another one' },
    ]);
    expect(await changed({}, filtered)).toMatchObject([
      {
        code: 'mapping-filter',
        severity: 'warning',
        problem: 'its filter is gone',
        deployed: 'none: all messages are taken',
        seen: 'the function also gets messages that were to be left out',
      },
    ]);
  });
});
