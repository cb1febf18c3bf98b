import { dashboardArn, eventRuleArn, topicArn } from '../arn';
import type { Placement } from '../placement';
import type { DeploymentGrants } from './deployment-action';
import { logGroupArns } from './monitoring';

/**
 * What `monitoring` adds to the log groups and alarms: the topic, the dashboard, rules on calls of AWS's APIs, and
 * filters on the access logs.
 * @param environment the dashboard's name
 * @param names a pattern of all other names: `dev-*`
 */
export function notificationGrants(
  at: Placement,
  environment: string,
  names: string,
  { makesTopic, hasHttpApi }: { readonly makesTopic: boolean; readonly hasHttpApi: boolean },
): DeploymentGrants {
  const topics = [topicArn(at, names)];
  const rules = [eventRuleArn(at, names)];
  const dashboards = [dashboardArn(at, environment)];
  const logGroups = logGroupArns(at, names, hasHttpApi);
  return {
    read: [
      ...(makesTopic
        ? [
            {
              sid: 'ReadTheTopics',
              actions: ['sns:GetTopicAttributes', 'sns:ListTagsForResource'] as const,
              resources: topics,
            },
          ]
        : []),
      {
        sid: 'ReadTheRules',
        actions: ['events:DescribeRule', 'events:ListTagsForResource', 'events:ListTargetsByRule'],
        resources: rules,
      },
      { sid: 'ReadTheDashboard', actions: ['cloudwatch:GetDashboard'], resources: dashboards },
      { sid: 'ReadTheFiltersOfTheLogGroups', actions: ['logs:DescribeMetricFilters'], resources: logGroups },
    ],
    write: [
      ...(makesTopic
        ? [
            {
              sid: 'MakeChangeAndDeleteTheTopics',
              actions: [
                'sns:CreateTopic',
                'sns:DeleteTopic',
                'sns:SetTopicAttributes',
                'sns:TagResource',
                'sns:UntagResource',
              ] as const,
              resources: topics,
            },
          ]
        : []),
      {
        sid: 'MakeChangeAndDeleteTheRules',
        actions: [
          'events:DeleteRule',
          'events:PutRule',
          'events:PutTargets',
          'events:RemoveTargets',
          'events:TagResource',
          'events:UntagResource',
        ],
        resources: rules,
      },
      {
        sid: 'MakeChangeAndDeleteTheDashboard',
        actions: ['cloudwatch:DeleteDashboards', 'cloudwatch:PutDashboard'],
        resources: dashboards,
      },
      {
        sid: 'MakeChangeAndDeleteTheFiltersOfTheLogGroups',
        actions: ['logs:DeleteMetricFilter', 'logs:PutMetricFilter'],
        resources: logGroups,
      },
    ],
  };
}
