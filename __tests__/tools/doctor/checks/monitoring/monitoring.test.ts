import { describe, expect, it } from 'vitest';
import { affectedBy } from '../../../../../tools/doctor/affected';
import type { Check } from '../../../../../tools/doctor/check';
import { alarms } from '../../../../../tools/doctor/checks/monitoring/alarms';
import { dashboards } from '../../../../../tools/doctor/checks/monitoring/dashboards';
import { topics } from '../../../../../tools/doctor/checks/monitoring/topics';
import type { Plan } from '../../../../../tools/plan/plan';
import { dev } from '../../../../fixtures/environments/dev';
import { type Answers, answering, withAnswer } from '../../recorded';
import { plansWith } from '../pipes/pipe-subjects';

const plans = plansWith({ ...dev, monitoring: {} }, new Map());
const planOf = (stackId: string): Plan => {
  const plan = plans.find((candidate) => candidate.stackId === stackId);
  if (!plan) throw new Error(`no stack ${stackId}`);
  return plan;
};
const examined = (check: Check, stackId: string, answers: Answers) =>
  check.examine({ plan: planOf(stackId), affected: affectedBy(plans), aws: answering(answers) });
const monitoring = 'dev-monitoring';
const receiver = 'dev-callback-receiver';
const written = (stackId: string, type: string) =>
  Object.values(planOf(stackId).configuration.resource?.[type] ?? {}) as Record<string, unknown>[];

const topicArn = 'arn:aws:sns:ap-northeast-2:111122223333:dev-alarms';
const keyArn = 'arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const fixOf = (stackId: string) =>
  `npx cdktf deploy ${stackId} restores it; what was meant belongs in environments/`;

describe('alarms', () => {
  const asked = 'cloudwatch:DescribeAlarms arn:aws:cloudwatch:ap-northeast-2:111122223333:alarm:*';
  const deployed: Answers = new Map([
    [
      asked,
      {
        MetricAlarms: written(receiver, 'aws_cloudwatch_metric_alarm').map((alarm) => ({
          AlarmName: alarm.alarm_name,
          ActionsEnabled: true,
          Threshold: alarm.threshold,
          AlarmActions: alarm.alarm_actions,
          OKActions: alarm.ok_actions,
        })),
      },
    ],
  ]);
  interface Alarm {
    readonly AlarmName: string;
    readonly [attribute: string]: unknown;
  }
  const with5xx = async (change: (alarm: Alarm) => object | undefined) => {
    const answers = withAnswer<{ MetricAlarms: Alarm[] }>(deployed, asked, ({ MetricAlarms }) => ({
      MetricAlarms: MetricAlarms.flatMap((alarm) =>
        alarm.AlarmName.endsWith('-server-errors') ? (change(alarm) ?? []) : alarm,
      ),
    }));
    return (await examined(alarms, receiver, answers)).findings;
  };
  const about = {
    at: `${receiver}: aws_cloudwatch_metric_alarm.alarms_server_errors`,
    subject: 'alarm dev-callback-receiver-server-errors',
    severity: 'warning',
  };

  it('as they were synthesized are no finding, and take the one permission that is declared', async () => {
    expect(await examined(alarms, receiver, deployed)).toEqual({ resources: 6, findings: [] });
    expect(
      alarms.permissions(planOf(receiver)).map(({ action, resource }) => `${action} ${resource}`),
    ).toEqual([asked]);
    expect(alarms.permissions(planOf(monitoring))).toEqual([]);
  });

  it('that are not there tell nobody', async () => {
    expect(await with5xx(() => undefined)).toEqual([
      expect.objectContaining({ ...about, code: 'alarm-missing', fix: `npx cdktf deploy ${receiver}` }),
    ]);
  });

  it.each([
    [{ ActionsEnabled: false }, 'alarm-actions-disabled', 'enabled', 'disabled'],
    [{ Threshold: 50 }, 'alarm-threshold', '1', '50'],
    [{ AlarmActions: [] }, 'alarm-actions', topicArn, 'nobody'],
    [{ OKActions: [topicArn, `${topicArn}-2`] }, 'alarm-actions', topicArn, `${topicArn}, ${topicArn}-2`],
  ])('with %j are told', async (change, code, synthesized, there) => {
    expect(await with5xx((alarm) => ({ ...alarm, ...change }))).toEqual([
      expect.objectContaining({ ...about, code, synthesized, deployed: there, fix: fixOf(receiver) }),
    ]);
  });
});

describe('a topic', () => {
  const asked = `sns:GetTopicAttributes ${topicArn}`;
  const describing = 'kms:DescribeKey arn:aws:kms:ap-northeast-2:111122223333:key/*';
  const allow = (sid: string, service: string, condition?: object) => ({
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: `${service}.amazonaws.com` },
    Action: 'SNS:Publish',
    Resource: topicArn,
    ...(condition && { Condition: condition }),
  });
  const cloudWatch = allow('a', 'cloudwatch', { StringEquals: { 'aws:SourceAccount': '111122223333' } });
  const eventBridge = allow('b', 'events');
  const tls = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'sns:Publish',
    Resource: topicArn,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const deployed = (attributes: object, statements: readonly object[]): Answers =>
    new Map<string, unknown>([
      [
        asked,
        {
          Attributes: {
            KmsMasterKeyId: keyArn,
            Policy: JSON.stringify({ Statement: statements }),
            ...attributes,
          },
        },
      ],
      [describing, { KeyMetadata: { Arn: keyArn, KeyId: keyArn.split('/')[1] } }],
    ]);
  const intact = [tls, eventBridge, cloudWatch];
  const findings = async (attributes: object, statements: readonly object[] = intact) =>
    (await examined(topics, monitoring, deployed(attributes, statements))).findings.map(
      ({ code, severity, deployed: there }) => ({ code, severity, deployed: there }),
    );

  it('as it was synthesized is no finding, and takes the permissions that are declared', async () => {
    expect(await examined(topics, monitoring, deployed({}, intact))).toEqual({ resources: 1, findings: [] });
    expect(
      topics.permissions(planOf(monitoring)).map(({ action, resource }) => `${action} ${resource}`),
    ).toEqual([asked, describing]);
    expect(topics.permissions(planOf(receiver))).toEqual([]);
  });

  it('that is not there notifies nobody', async () => {
    const { findings: found } = await examined(
      topics,
      monitoring,
      withAnswer(deployed({}, intact), asked, () => null),
    );
    expect(found).toEqual([
      expect.objectContaining({
        at: 'dev-monitoring: aws_sns_topic.alarms',
        subject: 'topic dev-alarms',
        code: 'topic-missing',
        fix: 'npx cdktf deploy dev-monitoring, and subscribe again',
      }),
    ]);
  });

  it.each([
    ['alias/aws/sns', 'alias/aws/sns'],
    [undefined, 'none'],
  ])('with the key %s is told', async (KmsMasterKeyId, there) => {
    expect(await findings({ KmsMasterKeyId })).toEqual([
      { code: 'topic-key', severity: 'warning', deployed: there },
    ]);
  });

  it('that CloudWatch may not publish to is told, and one that everyone may', async () => {
    expect(await findings({}, [tls, eventBridge])).toEqual([
      { code: 'topic-policy-statement', severity: 'warning', deployed: 'none' },
    ]);
    expect(await findings({}, [...intact, { ...eventBridge, Principal: '*' }])).toEqual([
      expect.objectContaining({ code: 'topic-policy-public', severity: 'error' }),
    ]);
    expect(await findings({}, [...intact, { ...tls, Condition: undefined }])).toEqual([
      expect.objectContaining({ code: 'topic-policy-deny' }),
    ]);
  });
});

describe('a dashboard', () => {
  const asked = 'cloudwatch:GetDashboard arn:aws:cloudwatch::111122223333:dashboard/dev';
  const [dashboard] = written(monitoring, 'aws_cloudwatch_dashboard');
  const deployed = (DashboardBody: string): Answers => new Map([[asked, { DashboardBody }]]);
  const codes = async (answers: Answers) =>
    (await examined(dashboards, monitoring, answers)).findings.map(
      ({ code, subject }) => `${subject}: ${code}`,
    );

  it('as it was synthesized is no finding, however AWS writes it', async () => {
    const body = JSON.stringify(JSON.parse(String(dashboard?.dashboard_body)), null, 2);
    expect(await examined(dashboards, monitoring, deployed(body))).toEqual({ resources: 1, findings: [] });
    expect(
      dashboards.permissions(planOf(monitoring)).map(({ action, resource }) => `${action} ${resource}`),
    ).toEqual([asked]);
  });

  it('that is another or is not there is told', async () => {
    expect(await codes(deployed('{"widgets":[]}'))).toEqual(['dashboard dev: dashboard-body']);
    expect(await codes(new Map([[asked, null]]))).toEqual(['dashboard dev: dashboard-missing']);
  });
});
