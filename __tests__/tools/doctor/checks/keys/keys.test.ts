import type { KeyMetadata } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { keys } from '../../../../../tools/doctor/checks/keys/keys';
import { withAnswer } from '../../recorded';
import {
  answersOf,
  asked,
  coverage,
  examined,
  keyArn,
  keyIds,
  planOf,
  told,
  type WrittenStatement,
  withStatements,
} from '../queues/queue-subjects';

const stackId = 'prod-callback-receiver';
const prod = answersOf('prod', 'keys');
const own = keyArn(keyIds[stackId]);
const describing = 'kms:DescribeKey arn:aws:kms:ap-northeast-2:444455556666:key/*';
const subject = 'key alias/prod-callback-receiver';
const at = `${stackId}: aws_kms_key.key`;
const restores = `npx cdktf deploy ${stackId} restores it; what was meant belongs in environments/`;

const described = async (change: Partial<KeyMetadata>) => {
  const answers = withAnswer<{ KeyMetadata: KeyMetadata }>(prod, describing, ({ KeyMetadata }) => ({
    KeyMetadata: { ...KeyMetadata, ...change },
  }));
  return (await examined(keys, stackId, answers)).findings;
};

const policy = async (change: (statements: readonly WrittenStatement[]) => readonly WrittenStatement[]) => {
  const answers = withAnswer<{ Policy: string }>(prod, `kms:GetKeyPolicy ${own}`, ({ Policy }) => ({
    Policy: withStatements(Policy, change),
  }));
  return (await examined(keys, stackId, answers)).findings;
};

const callbacks =
  'POST /v1/bizppurio/delivery-results, POST /v1/payments/events and POST /v1/carrier/inbound-sms';
const pipes = 'pipe prod-delivery-results and pipe prod-payment-events-archive';
const seenWith = (error: string) =>
  `SQS answers ${error}: callers of ${callbacks} get 502 {"message":"Not accepted, try again later"}; nothing reaches ${pipes}`;

describe('keys as they were synthesized', () => {
  it('are no finding', async () => {
    expect(await examined(keys, stackId, prod)).toEqual({ resources: 1, findings: [] });
  });

  it('are none in stacks without keys', async () => {
    expect(await examined(keys, 'dev-callback-receiver', answersOf('dev', 'keys'))).toEqual({
      resources: 0,
      findings: [],
    });
    expect(await asked(keys, 'dev-callback-receiver', answersOf('dev', 'keys'))).toEqual([]);
  });

  it('are no finding in the other stack', async () => {
    const id = keyIds['prod-websocket-reply'];
    const answers = withAnswer<{ KeyMetadata: KeyMetadata }>(prod, describing, ({ KeyMetadata }) => ({
      KeyMetadata: {
        ...KeyMetadata,
        KeyId: id,
        Arn: keyArn(id),
        Description: 'Encrypts the queues, logs and variables of prod-websocket-reply',
      },
    }));
    expect(await examined(keys, 'prod-websocket-reply', answers)).toEqual({ resources: 1, findings: [] });
  });

  it('are asked about with exactly the declared permissions', async () => {
    expect(coverage(keys, stackId, await asked(keys, stackId, prod))).toEqual({ refused: [], unused: [] });
    expect(keys.permissions(planOf('dev-callback-receiver'))).toEqual([]);
  });
});

describe('an alias', () => {
  it('that points nowhere shuts everyone out', async () => {
    const answers = withAnswer(prod, describing, () => null);
    expect((await examined(keys, stackId, answers)).findings).toEqual([
      {
        at: `${stackId}: aws_kms_alias.key_alias`,
        subject,
        code: 'key-alias-missing',
        severity: 'error',
        problem: 'its alias points nowhere',
        seen: seenWith('KMS.AccessDeniedException'),
        cause:
          'Roles are granted the key by its alias, so that without the alias nobody is. The stack was never deployed to the end, or someone has deleted the alias; the key itself may still be there',
        fix: `npx cdktf deploy ${stackId}`,
      },
    ]);
  });

  it('of a key that no queue has shuts nobody out', async () => {
    const answers = withAnswer(prod, describing, () => null);
    expect((await examined(keys, 'prod-subscriber-pipe', answers)).findings).toMatchObject([
      {
        code: 'key-alias-missing',
        severity: 'warning',
        seen: expect.stringMatching(/^nothing, while the key is there: /),
        cause:
          'The stack was never deployed to the end, or someone has deleted the alias; the key itself may still be there',
      },
    ]);
  });

  it('may point to another key, as its description tells', async () => {
    expect(await described({ Description: 'Signs invoices' })).toEqual([
      {
        at: `${stackId}: aws_kms_alias.key_alias`,
        subject,
        code: 'key-description',
        severity: 'warning',
        problem: 'its alias points to a key with another description, maybe another key',
        synthesized: 'Encrypts the queues, logs and variables of prod-callback-receiver',
        deployed: `Signs invoices (${own})`,
        seen: 'nothing, where only the text was edited; queues that are encrypted with another key than the alias names are told among the queues',
        cause: 'Someone has edited the description, or pointed the alias at another key',
        fix: restores,
      },
    ]);
  });
});

describe('a key', () => {
  it('that is disabled refuses everyone', async () => {
    expect(await described({ KeyState: 'Disabled', Enabled: false })).toEqual([
      {
        at,
        subject,
        code: 'key-state',
        severity: 'error',
        problem: 'it is disabled',
        synthesized: 'Enabled',
        deployed: 'Disabled',
        seen: `${seenWith('KMS.DisabledException')}. What lies in the queues and dead-letter queues can be read again once it is enabled, as long as it is kept`,
        cause:
          'Someone has disabled it. SQS may go on for some minutes with a data key that it still has, so that the errors begin later',
        fix: `aws kms enable-key --key-id ${keyIds[stackId]}`,
      },
    ]);
  });

  it('that will be deleted takes every message with it, and says when', async () => {
    const DeletionDate = new Date('2026-12-21T09:00:00Z');
    const [finding, ...others] = await described({ KeyState: 'PendingDeletion', DeletionDate });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'key-state',
      severity: 'error',
      problem: 'IT WILL BE DELETED ON 2026-12-21: every message encrypted with it is lost then',
      deployed: 'PendingDeletion, deletion at 2026-12-21T09:00:00.000Z',
      fix: `aws kms cancel-key-deletion --key-id ${keyIds[stackId]} && aws kms enable-key --key-id ${keyIds[stackId]}, before that date; nobody can bring a deleted key back, AWS neither`,
    });
    expect(finding?.seen).toBe(
      `${seenWith('KMS.InvalidStateException')}. What lies in the queues and dead-letter queues cannot be read, and after the deletion never again`,
    );
  });

  it('that is not enabled says nothing of its rotation', async () => {
    const answers = withAnswer<{ KeyMetadata: KeyMetadata }>(
      withAnswer(prod, `kms:GetKeyRotationStatus ${own}`, () => ({ KeyRotationEnabled: false })),
      describing,
      ({ KeyMetadata }) => ({ KeyMetadata: { ...KeyMetadata, KeyState: 'PendingDeletion' } }),
    );
    const { findings } = await examined(keys, stackId, answers);
    expect(findings.map(({ code }) => code)).toEqual(['key-state']);
    expect(findings[0]?.problem).toBe('IT WILL BE DELETED: every message encrypted with it is lost then');
  });

  it('in any other state is named with it', async () => {
    expect(told(await described({ KeyState: 'Unavailable' }))).toEqual([
      {
        code: 'key-state',
        severity: 'error',
        subject,
        problem: 'its state is Unavailable',
        seen: seenWith('KMS.InvalidStateException'),
      },
    ]);
  });

  it('that is not rotated is a warning', async () => {
    const answers = withAnswer(prod, `kms:GetKeyRotationStatus ${own}`, () => ({
      KeyRotationEnabled: false,
    }));
    expect((await examined(keys, stackId, answers)).findings).toEqual([
      {
        at,
        subject,
        code: 'key-rotation',
        severity: 'warning',
        problem: 'it is not rotated every year',
        synthesized: 'rotated',
        deployed: 'not rotated',
        seen: 'nothing: messages pass',
        cause: 'Someone has turned the rotation off',
        fix: restores,
      },
    ]);
  });
});

describe('the policy of a key', () => {
  const admins = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::444455556666:role/admin' },
    Action: 'kms:*',
    Resource: '*',
  };
  const [pipe, delegation] = [
    'arn:aws:iam::444455556666:role/prod-delivery-results-role',
    'Allow kms:* on * to account 444455556666 where StringEquals aws:PrincipalAccount = 444455556666',
  ];

  it('that no longer leaves the decision to the account shuts every role out', async () => {
    const [finding, ...others] = await policy((statements) => [admins, ...statements.slice(1)]);
    expect(others.map(({ code }) => code)).toEqual(['key-policy-extra']);
    expect(finding).toEqual({
      at,
      subject,
      code: 'key-policy',
      severity: 'error',
      problem:
        'its policy keeps POST /v1/bizppurio/delivery-results, pipe prod-delivery-results, POST /v1/payments/events, pipe prod-payment-events-archive and POST /v1/carrier/inbound-sms from using it, whatever the roles were granted',
      synthesized: delegation,
      deployed: 'Allow kms:* on * to arn:aws:iam::444455556666:role/admin',
      seen: seenWith('KMS.AccessDeniedException'),
      cause:
        'A role may use a key only where the key policy names it or leaves the decision to the account. Someone has replaced the policy in the console or with another tool',
      fix: restores,
    });
  });

  it('that allows less than senders need names the senders alone', async () => {
    const [finding] = await policy((statements) =>
      statements.map((statement) => ({ ...statement, Action: 'kms:Decrypt' })),
    );
    expect(finding?.problem).toBe(
      `its policy keeps ${callbacks} from using it, whatever the roles were granted`,
    );
  });

  it('that denies it to one names that one', async () => {
    const denial = { Effect: 'Deny', Principal: { AWS: pipe }, Action: 'kms:Decrypt', Resource: '*' };
    const found = await policy((statements) => [...statements, denial]);
    expect(told(found)).toEqual([
      {
        code: 'key-policy',
        severity: 'error',
        subject,
        problem: 'its policy keeps pipe prod-delivery-results from using it, whatever the roles were granted',
        seen: expect.stringContaining('nothing reaches pipe prod-delivery-results'),
      },
    ]);
  });

  it('that denies it to others is a warning', async () => {
    const denial = { Effect: 'Deny', Principal: { AWS: '999988887777' }, Action: 'kms:*', Resource: '*' };
    expect(
      (await policy((statements) => [...statements, denial])).map(({ code, severity }) => [code, severity]),
    ).toEqual([['key-policy-deny', 'warning']]);
  });

  it('that lacks the statement and says the same otherwise is a warning', async () => {
    const found = await policy((statements) =>
      statements.map(({ Condition, ...statement }, index) =>
        index === 0 ? statement : { ...statement, Condition },
      ),
    );
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['key-policy-statement', 'warning'],
      ['key-policy-extra', 'warning'],
    ]);
  });

  it('that shuts CloudWatch Logs out is a warning: messages pass, and no log is written', async () => {
    expect(told(await policy((statements) => statements.slice(0, 1)))).toEqual([
      {
        code: 'key-policy-statement',
        severity: 'warning',
        subject,
        problem: 'its policy lacks a statement',
        seen: 'messages pass; what the service encrypts with it is not written: no log, no notification',
      },
    ]);
  });

  it('that lets others use it says who and what', async () => {
    expect(told(await policy((statements) => [...statements, admins]))).toEqual([
      {
        code: 'key-policy-extra',
        severity: 'warning',
        subject,
        problem: 'its policy also lets arn:aws:iam::444455556666:role/admin do kms:*',
        seen: 'nothing: nobody notices who may do more than was reviewed',
      },
    ]);
  });

  it('is told of a disabled key too', async () => {
    const answers = withAnswer<{ KeyMetadata: KeyMetadata }>(
      withAnswer(prod, `kms:GetKeyPolicy ${own}`, () => ({
        Policy: JSON.stringify({ Statement: [admins] }),
      })),
      describing,
      ({ KeyMetadata }) => ({ KeyMetadata: { ...KeyMetadata, KeyState: 'Disabled' } }),
    );
    const { findings } = await examined(keys, stackId, answers);
    expect(findings.map(({ code }) => code)).toEqual(['key-state', 'key-policy', 'key-policy-extra']);
  });
});
