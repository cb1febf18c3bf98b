import { describe, expect, test } from 'vitest';
import { MissingPermission } from '../../../tools/doctor/aws/answer-of';
import type { Diagnosis } from '../../../tools/doctor/doctor';
import type { Finding } from '../../../tools/doctor/finding';
import { reportOf } from '../../../tools/doctor/report';
import { styleFor } from '../../../tools/terminal';

const plain = styleFor({}, {});
const finding: Finding = {
  code: 'pipe-state',
  severity: 'error',
  at: 'dev-subscriber-pipe: aws_pipes_pipe.archive_pipe',
  subject: 'pipe dev-archive',
  problem: 'it is STOPPED',
  seen: 'The queue dev-orders grows',
  cause: 'Someone has stopped it',
  fix: 'aws pipes start-pipe --name dev-archive',
};
const diagnosis = (...findings: readonly Finding[]): Diagnosis => ({
  environment: 'dev',
  accountId: '111122223333',
  region: 'eu-central-1',
  stacks: [
    {
      id: 'dev-callback-receiver',
      examined: [
        { check: 'REST API', resources: 1 },
        { check: 'queues', resources: 2 },
      ],
      findings: [],
    },
    { id: 'dev-subscriber-pipe', examined: [{ check: 'pipes', resources: 1 }], findings },
  ],
  unanswered: [],
});

test('nothing found is said in a line, with what was looked at and what was not', () => {
  expect(reportOf(diagnosis(), plain)).toBe(
    [
      'dev in account 111122223333, eu-central-1',
      '✓ dev-callback-receiver  REST API 1, queues 2',
      '✓ dev-subscriber-pipe  pipes 1',
      'Not compared: what alarms count, log groups, certificates and DNS records, tags, bucket versioning and lifecycle, the account’s logging role.',
      'dev: all 4 resources are as they were synthesized.',
    ].join('\n\n'),
  );
});

describe('a finding', () => {
  test('says what is wrong, what is seen of it, why, and what mends it', () => {
    expect(reportOf(diagnosis(finding), plain)).toContain(
      [
        '✗ dev-subscriber-pipe  pipes 1',
        '',
        '  error: pipe dev-archive: it is STOPPED',
        '    seen        The queue dev-orders grows',
        '    cause       Someone has stopped it',
        '    fix         aws pipes start-pipe --name dev-archive',
        '    at          dev-subscriber-pipe: aws_pipes_pipe.archive_pipe [pipe-state]',
      ].join('\n'),
    );
  });

  test('shows both sides where it has them, lines below each other', () => {
    const differing = { ...finding, synthesized: 'one\ntwo', deployed: 'three' };
    expect(reportOf(diagnosis(differing), plain)).toContain(
      '    synthesized one\n                two\n    deployed    three\n    fix',
    );
  });

  test('counts as what it is', () => {
    const warning = { ...finding, severity: 'warning' } as const;
    expect(reportOf(diagnosis(finding, warning, warning), plain)).toMatch(
      /\n\ndev: 1 error and 2 warnings in 4 resources\.$/,
    );
  });
});

test('a missing permission is told with its resource, and nothing is called fine that was not looked at', () => {
  const permission = { action: 'kms:GetKeyPolicy', resource: 'arn:aws:kms:eu-central-1:111122223333:key/1' };
  const report = reportOf(
    { ...diagnosis(), unanswered: [new MissingPermission(permission, 'User x may not')] },
    styleFor({ isTTY: true }, {}),
  );
  expect(report).toContain(
    'kms:GetKeyPolicy on arn:aws:kms:eu-central-1:111122223333:key/1\n    \u001b[2mUser x may not\u001b[22m\nnpm run doctor -- dev --policy prints',
  );
  expect(report.split('\n').at(-1)).toBe(
    'dev: all 4 resources are as they were synthesized, as far as AWS answered.',
  );
});

test('colours are for terminals', () => {
  expect(reportOf(diagnosis(finding), plain)).not.toContain('\u001b');
  expect(reportOf(diagnosis(finding), styleFor({ isTTY: true }, {}))).toContain('\u001b[31merror\u001b[39m');
});
