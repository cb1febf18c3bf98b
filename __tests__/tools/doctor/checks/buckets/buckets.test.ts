import { describe, expect, it } from 'vitest';
import { affectedBy } from '../../../../../tools/doctor/affected';
import { answerOf, MissingPermission, NotReachable } from '../../../../../tools/doctor/aws/answer-of';
import { plannedBuckets, writersOf } from '../../../../../tools/doctor/checks/buckets/bucket-plan';
import { buckets } from '../../../../../tools/doctor/checks/buckets/buckets';
import { type Answers, withAnswer } from '../../recorded';
import {
  answersOf,
  asked,
  coverage,
  examined,
  planOf,
  told,
  type WrittenStatement,
  withStatements,
} from '../queues/queue-subjects';

const stackId = 'dev-subscriber-pipe';
const dev = answersOf('dev', 'buckets');
const name = 'dev-delivery-results-archive-111122223333-ap-northeast-2';
const arn = `arn:aws:s3:::${name}`;
const subject = `bucket ${name}`;
const writer = 'arn:aws:iam::111122223333:role/dev-delivery-results-archive-writer-role';
const block = `s3:GetBucketPublicAccessBlock ${arn}`;
const archiving = (error: string) =>
  `S3 answers ${error} to function dev-delivery-results-archive-writer: nothing is archived, pipe dev-delivery-results-archive fails with it, messages come back and end in the dead-letter queue`;

const findings = async (answers: Answers) => (await examined(buckets, stackId, answers)).findings;
const policy = (change: (statements: readonly WrittenStatement[]) => readonly WrittenStatement[]) =>
  findings(
    withAnswer<{ Policy: string }>(dev, `s3:GetBucketPolicy ${arn}`, ({ Policy }) => ({
      Policy: withStatements(Policy, change),
    })),
  );
const add = (statement: WrittenStatement) => policy((statements) => [...statements, statement]);

describe('buckets as they were synthesized', () => {
  it.each([
    ['dev-subscriber-pipe', 1],
    ['prod-subscriber-pipe', 1],
    ['dev-callback-receiver', 0],
  ])('are no finding in %s', async (id, resources) => {
    const answers = answersOf(id.startsWith('dev') ? 'dev' : 'prod', 'buckets');
    expect(await examined(buckets, id, answers)).toEqual({ resources, findings: [] });
  });

  it('are asked about with exactly the declared permissions', async () => {
    expect(coverage(buckets, stackId, await asked(buckets, stackId, dev))).toEqual({
      refused: [],
      unused: [],
    });
  });
});

describe('a bucket', () => {
  it('that does not exist fails the function, and is one finding', async () => {
    expect(await findings(withAnswer(dev, `s3:GetBucketLocation ${arn}`, () => null))).toEqual([
      {
        at: `${stackId}: aws_s3_bucket.delivery_results_archive_bucket`,
        subject,
        code: 'bucket-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: archiving('NoSuchBucket'),
        cause: 'The stack was never deployed to the end, or someone has deleted the bucket',
        fix: `npx cdktf deploy ${stackId}`,
      },
    ]);
  });

  it('is written to by the roles that may, and by no others', () => {
    const plan = planOf(stackId);
    const writersTo = (bucketArn: string) =>
      plannedBuckets(plan).flatMap((bucket) =>
        writersOf({ ...bucket, arn: bucketArn }, plan, affectedBy([plan])),
      );
    expect(writersTo(arn).map(({ roleArn }) => roleArn)).toEqual([writer]);
    expect(writersTo('arn:aws:s3:::another')).toEqual([]);
  });

  it('that blocks public access only in part says where it is open', async () => {
    const change = (off: object) =>
      findings(
        withAnswer<{ PublicAccessBlockConfiguration: object }>(dev, block, (answer) => ({
          PublicAccessBlockConfiguration: { ...answer.PublicAccessBlockConfiguration, ...off },
        })),
      );
    expect(await change({ BlockPublicPolicy: false })).toEqual([
      {
        at: `${stackId}: aws_s3_bucket_public_access_block.delivery_results_archive_bucket_public_access`,
        subject,
        code: 'bucket-public-access',
        severity: 'warning',
        problem: 'it does not block public access in full: BlockPublicPolicy is off',
        synthesized: 'BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets',
        deployed: 'BlockPublicAcls, IgnorePublicAcls, RestrictPublicBuckets',
        seen: 'nothing: a policy or ACL that opens the archived messages to everyone would take effect, unless the account blocks it',
        cause: 'Someone has changed it in the console or with another tool',
        fix: `npx cdktf deploy ${stackId} restores it; what was meant belongs in environments/`,
      },
    ]);
    const [finding] = await change({ IgnorePublicAcls: false, RestrictPublicBuckets: undefined });
    expect(finding?.problem).toBe(
      'it does not block public access in full: IgnorePublicAcls, RestrictPublicBuckets are off',
    );
  });

  it('that blocks nothing has an error of its own in S3', async () => {
    const sends: Readonly<Record<string, () => Promise<unknown>>> = {
      GetPublicAccessBlockCommand: () =>
        Promise.reject(Object.assign(new Error(), { name: 'NoSuchPublicAccessBlockConfiguration' })),
      GetBucketLocationCommand: async () => ({}),
      GetBucketPolicyCommand: async () => dev.get(`s3:GetBucketPolicy ${arn}`),
    };
    const [finding, ...others] = await live(sends);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'bucket-public-access', deployed: 'none' });
  });

  it('is asked for as the account’s own, and another error of S3 is no finding', async () => {
    const sent: unknown[] = [];
    const note = (answer: unknown) => async (input: unknown) => {
      sent.push(input);
      return answer;
    };
    const sends = {
      GetBucketLocationCommand: note({}),
      GetBucketPolicyCommand: note(dev.get(`s3:GetBucketPolicy ${arn}`)),
      GetPublicAccessBlockCommand: note(dev.get(block)),
    };
    expect(await live(sends)).toEqual([]);
    const own = { Bucket: name, ExpectedBucketOwner: '111122223333' };
    expect(sent).toEqual([own, own, own]);
    const failing = (error: string) => ({
      ...sends,
      GetPublicAccessBlockCommand: () => Promise.reject(Object.assign(new Error(), { name: error })),
    });
    await expect(live(failing('AccessDenied'))).rejects.toBeInstanceOf(MissingPermission);
    await expect(live(failing('SlowDown'))).rejects.toBeInstanceOf(NotReachable);
  });
});

/** The check with clients that answer, so that what it sends is seen. */
async function live(sends: Readonly<Record<string, (input: unknown) => Promise<unknown>>>) {
  const send = (command: { readonly constructor: { readonly name: string }; readonly input: unknown }) =>
    sends[command.constructor.name]?.(command.input);
  const plan = planOf(stackId);
  const aws = { clients: { s3: { send } }, ask: answerOf } as unknown as Parameters<
    typeof buckets.examine
  >[0]['aws'];
  return (await buckets.examine({ plan, affected: affectedBy([plan]), aws })).findings;
}

describe('the policy of a bucket', () => {
  const tls = {
    code: 'bucket-policy-tls',
    severity: 'warning',
    subject,
    problem: 'its policy does not refuse requests without TLS',
    seen: 'nothing: whoever may read or write it may also do so over plain HTTP, where messages can be read on the way',
  };

  it('that is gone does not refuse requests without TLS', async () => {
    const found = await findings(withAnswer(dev, `s3:GetBucketPolicy ${arn}`, () => null));
    expect(told(found)).toEqual([tls]);
    expect(found[0]).toMatchObject({
      at: `${stackId}: aws_s3_bucket_policy.delivery_results_archive_bucket_policy`,
      deployed: 'none',
    });
  });

  it('that says another thing does not either', async () => {
    expect(
      told(await policy((statements) => statements.map((statement) => ({ ...statement, Resource: arn })))),
    ).toEqual([tls]);
  });

  it('that lets another account read says who', async () => {
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999988887777:root' },
      Action: 's3:GetObject',
      Resource: `${arn}/*`,
    };
    expect(told(await add(statement))).toEqual([
      {
        code: 'bucket-policy-extra',
        severity: 'warning',
        subject,
        problem: 'its policy also lets account 999988887777 do s3:GetObject',
        seen: 'nothing: nobody notices who may do more than was reviewed',
      },
    ]);
  });

  it('that lets everyone read is an error', async () => {
    const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${arn}/*` };
    const [finding] = await add(statement);
    expect(finding).toMatchObject({
      code: 'bucket-policy-public',
      severity: 'error',
      seen: 'nothing, until someone on the internet uses it: archived messages may be read, forged or deleted',
    });
  });

  it.each([
    ['that refuses the function', { AWS: writer }, undefined, 'error', archiving('AccessDenied')],
    [
      'that refuses others',
      { AWS: '999988887777' },
      undefined,
      'warning',
      'nothing: none of the flows is among those that it hits',
    ],
    [
      'that refuses on a condition that is not known here',
      '*',
      { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
      'warning',
      'AccessDenied for whom its condition hits, which only AWS can say',
    ],
  ] as const)('%s', async (_how, Principal, Condition, severity, seen) => {
    const denial = { Effect: 'Deny', Principal, Action: 's3:Put*', Resource: `${arn}/*` };
    const [finding, ...others] = await add({ ...denial, ...(Condition && { Condition }) });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'bucket-policy-deny', severity, seen });
  });
});
