import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { expect, test } from 'vitest';
import { ServiceRole } from '../../../constructs/iam/service-role';
import type { IdentityStatement } from '../../../constructs/iam/statement';
import { exampleStack, resource, statements, synthesized } from '../../support/synthesized';

const send: IdentityStatement = {
  sid: 'Send',
  actions: ['sqs:SendMessage'],
  resources: ['arn:aws:sqs:ap-northeast-2:111122223333:orders'],
};
const put: IdentityStatement = {
  sid: 'Put',
  actions: ['s3:PutObject'],
  resources: ['arn:aws:s3:::archive/*'],
};
const reply: IdentityStatement = {
  sid: 'Reply',
  actions: ['execute-api:ManageConnections'],
  resources: ['arn:aws:execute-api:ap-northeast-2:111122223333:*/v1/POST/@connections/*'],
};

function exampleRole(region?: string) {
  const stack = exampleStack(region);
  const role = new ServiceRole(stack, 'actor', {
    name: 'dev-actor',
    description: 'What the tests act as',
    trust: { service: 'lambda' },
  });
  return { stack, role };
}

test('a role that is granted nothing has a trust policy and no other', () => {
  const { stack } = exampleRole();

  const configuration = synthesized(stack);

  expect(configuration.resource).toEqual({
    aws_iam_role: {
      actor: {
        name: 'dev-actor',
        description: 'What the tests act as',
        assume_role_policy: '${data.aws_iam_policy_document.actor_trust.json}',
      },
    },
  });
  expect(configuration.data).toEqual({
    aws_iam_policy_document: {
      actor_trust: {
        statement: [
          {
            sid: 'LambdaAssumesThisRole',
            effect: 'Allow',
            principals: [{ type: 'Service', identifiers: ['lambda.amazonaws.com'] }],
            actions: ['sts:AssumeRole'],
          },
        ],
      },
    },
  });
});

test('grants are collected in one policy, in the order in which they are made', () => {
  const { stack, role } = exampleRole();

  role.grant(put);
  role.grant(send, { ...put, sid: 'PutAgain' });

  const configuration = synthesized(stack);
  expect(configuration.resource.aws_iam_role_policy).toEqual({
    actor_grants: {
      name: 'dev-actor',
      role: '${aws_iam_role.actor.name}',
      policy: '${data.aws_iam_policy_document.actor_grants_document.json}',
    },
  });
  expect(statements(configuration, 'actor_grants_document')).toEqual([
    { sid: 'Put', effect: 'Allow', actions: ['s3:PutObject'], resources: ['arn:aws:s3:::archive/*'] },
    {
      sid: 'Send',
      effect: 'Allow',
      actions: ['sqs:SendMessage'],
      resources: ['arn:aws:sqs:ap-northeast-2:111122223333:orders'],
    },
    { sid: 'PutAgain', effect: 'Allow', actions: ['s3:PutObject'], resources: ['arn:aws:s3:::archive/*'] },
  ]);
});

test('a grant apart stands alone in a policy of its own', () => {
  const { stack, role } = exampleRole();

  role.grant(send);
  role.grantApart('connections', reply);
  role.grant(put);

  const configuration = synthesized(stack);
  expect(configuration.resource.aws_iam_role_policy).toEqual({
    actor_grants: {
      name: 'dev-actor',
      role: '${aws_iam_role.actor.name}',
      policy: '${data.aws_iam_policy_document.actor_grants_document.json}',
    },
    actor_connections: {
      name: 'dev-actor-connections',
      role: '${aws_iam_role.actor.name}',
      policy: '${data.aws_iam_policy_document.actor_connections_document.json}',
    },
  });
  expect(statements(configuration, 'actor_connections_document')).toEqual([
    {
      sid: 'Reply',
      effect: 'Allow',
      actions: ['execute-api:ManageConnections'],
      resources: ['arn:aws:execute-api:ap-northeast-2:111122223333:*/v1/POST/@connections/*'],
    },
  ]);
  expect(statements(configuration, 'actor_grants_document')).toMatchObject([{ sid: 'Send' }, { sid: 'Put' }]);
});

test('what acts as the role can wait for all of its policies', () => {
  const { stack, role } = exampleRole();
  expect(role.policies).toEqual([]);

  role.grant(send);
  role.grantApart('connections', reply);
  role.grant(put);

  new CloudwatchLogGroup(stack, 'late', { dependsOn: [...role.policies] });
  expect(resource(synthesized(stack), 'aws_cloudwatch_log_group', 'late').depends_on).toEqual([
    'aws_iam_role_policy.actor_grants',
    'aws_iam_role_policy.actor_connections',
  ]);
});

test('granting under one statement id twice is refused', () => {
  const { role } = exampleRole();
  role.grant(send);

  expect(() => role.grant(send)).toThrow(
    'example/actor/grants-document: the policy already has a statement "Send"',
  );
});

test('its ARN is written out, in the partition of its stack', () => {
  expect(exampleRole('ap-northeast-2').role.arn).toBe('arn:aws:iam::111122223333:role/dev-actor');
  expect(exampleRole('us-gov-west-1').role.arn).toBe('arn:aws-us-gov:iam::111122223333:role/dev-actor');
});
