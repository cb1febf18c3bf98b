import { createHash } from 'node:crypto';
import { type PipeRecord, pipeRecord } from '../../../rehearse/pipe/pipe-record';
import { isObject } from '../models/json-place';
import { madeUp, recorded, takesRecorded } from '../models/payloads';
import { queueName } from '../read/integration';
import type { ReadModel } from '../read/models';
import type { Pipe } from '../read/pipes';
import type { Route } from '../read/rest-api';
import { patternSamples } from './pattern-samples';

/** A message that a pipe could get, and whether its body was really recorded. */
export interface SampleRecord {
  readonly record: PipeRecord;
  readonly recorded: boolean;
}

/** @param models of the routes that feed the queue, in either version */
export async function sampleRecords(
  models: readonly ReadModel[],
  pipes: readonly Pipe[],
  queueArn: string,
): Promise<readonly SampleRecord[]> {
  const known = models.some(takesRecorded) ? recorded : [];
  const made = (await Promise.all(models.map(madeUp))).flat();
  const bodies = [...known, ...made, { text: 'x' }].map((body) => JSON.stringify(body));
  const fields = pipes.flatMap(({ filters }) => filters).flatMap((json) => patternSamples(parsed(json)));
  return [
    ...bodies.map((body, index) => ({ record: recordOf(body, queueArn), recorded: index < known.length })),
    ...fields.map((sample) => ({ record: recordWith(sample, queueArn), recorded: false })),
    { record: recordOf('no JSON', queueArn), recorded: false },
  ];
}

/** Of the routes of a version that put messages on a queue. */
export const modelsFeeding = (routes: readonly Route[], queueArn: string): readonly ReadModel[] =>
  routes
    .filter(({ integration }) => integration?.queue && queueName(integration.queue) === queueName(queueArn))
    .flatMap(({ models, validatesBody }) => (validatesBody && models ? [...models.values()] : []));

export const recordOf = (body: string, queueArn: string): PipeRecord =>
  pipeRecord(
    {
      messageId: '11111111-1111-4111-8111-111111111111',
      receiptHandle: 'AQEBexample',
      body,
      md5OfBody: createHash('md5').update(body).digest('hex'),
      attributes: {
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: '1700000000000',
        SentTimestamp: '1700000000000',
        SenderId: 'AROAEXAMPLE:example',
      },
      messageAttributes: [],
    },
    queueArn,
  );

function recordWith(sample: Readonly<Record<string, unknown>>, queueArn: string): PipeRecord {
  const { body = {}, ...others } = sample;
  const record = recordOf(typeof body === 'string' ? body : JSON.stringify(body), queueArn);
  const merged = Object.entries(others).map(([name, value]) => {
    const own = (record as unknown as Readonly<Record<string, unknown>>)[name];
    return [name, isObject(own) && isObject(value) ? { ...own, ...value } : value];
  });
  return { ...record, ...Object.fromEntries(merged) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
