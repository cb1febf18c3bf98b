import { describe, expect, it } from 'vitest';
import type { ReviewedStack } from '../../../../tools/review/change';
import { pictureReview } from '../../../../tools/review/picture/picture-review';
import { pictureSection } from '../../../../tools/review/picture/picture-section';
import { resourceChange } from './resource-change-of';
import { changeOfStacks, queueArn, stackOf } from './stack-of';
import { arrowLines, markedParts, partLine } from './told';

const pipe = (source: string, target: string) => ({ name: 'p', role_arn: 'arn:r', source, target });

const reviewOf = (
  base: readonly ReviewedStack[],
  head: readonly ReviewedStack[],
  ...places: readonly string[]
) =>
  pictureReview(
    changeOfStacks(base, head),
    places.map((place) => resourceChange(place)),
  );

const pictureOf = (stacks: readonly ReviewedStack[], ...places: readonly string[]) => {
  const { pictures, concerns } = reviewOf(stacks, stacks, ...places);
  expect(concerns).toEqual([]);
  return pictures[0] ?? { environment: '', stacks: [], parts: [], arrows: [] };
};

describe('what cannot be read', () => {
  const readable = stackOf('dev-a', { aws_pipes_pipe: { p: pipe(queueArn('q'), queueArn('r')) } });

  it('is told, and the rest is drawn', () => {
    const broken = stackOf('dev-b', {
      aws_sqs_queue: { q: { name: 'q', redrive_policy: 'nonsense' } },
      aws_s3_bucket: { b: { bucket: 'b' } },
    });
    const { pictures, concerns } = reviewOf([], [readable, broken], 'dev-b/aws_s3_bucket.b');
    expect(concerns).toEqual([
      {
        level: 'attention',
        text:
          'has a configuration that could not be read, so that the picture lacks it: ' +
          'dev-b: aws_sqs_queue.q: "redrive_policy" is no JSON',
      },
    ]);
    expect(pictures[0]?.parts.map(({ name }) => name)).toEqual(['p', 'b', 'q', 'r']);
  });

  it('is not told of an environment that does not change', () => {
    const broken = { ...stackOf('prod-b'), environment: 'prod', configuration: {} };
    const { pictures, concerns } = reviewOf([readable, broken], [readable, broken], 'dev-a/aws_pipes_pipe.p');
    expect(pictures.map(({ environment }) => environment)).toEqual(['dev']);
    expect(concerns).toEqual([]);
  });

  it('is told once, whether in one version or in both', () => {
    const without = { ...stackOf('dev-b'), configuration: { resource: {} } };
    const message = /^has a configuration .* dev-b: a provider other than one "aws"/;
    for (const base of [[], [without]]) {
      const { concerns } = reviewOf(base, [without], 'dev-b/aws_sqs_queue.q');
      expect(concerns.map(({ text }) => text)).toEqual([expect.stringMatching(message)]);
    }
  });

  it('makes no arrow of the other version a new one', () => {
    const withQueue = (redrive_policy: string) =>
      stackOf('dev-b', {
        aws_sqs_queue: { q: { name: 'q', redrive_policy } },
      });
    const redrive = JSON.stringify({ deadLetterTargetArn: queueArn('d'), maxReceiveCount: 3 });
    const [picture] = reviewOf([withQueue('{')], [withQueue(redrive)], 'dev-b/aws_sqs_queue.q').pictures;
    expect(picture && arrowLines(picture)).toEqual(['q -> d dead-letters']);
  });

  it('is not caught where it is a fault of ours', () => {
    const { configuration } = readable;
    const faulty = {
      ...readable,
      configuration: {
        provider: configuration.provider,
        get resource(): never {
          throw new TypeError('a fault');
        },
      },
    };
    const changes = [resourceChange('dev-a/aws_pipes_pipe.p')];
    expect(() => pictureReview(changeOfStacks([], [faulty]), changes)).toThrow('a fault');
  });
});

describe('queues', () => {
  it('have their redrive policy of their own or in a resource, and dead-letter queues anywhere', () => {
    const redrive = (name: string) =>
      JSON.stringify({ deadLetterTargetArn: queueArn(name), maxReceiveCount: 3 });
    const stacks = [
      stackOf('dev-a', {
        aws_sqs_queue: {
          one: { name: 'one', redrive_policy: redrive('dead') },
          two: { name: 'two' },
        },
        aws_sqs_queue_redrive_policy: {
          two: { queue_url: '${aws_sqs_queue.two.url}', redrive_policy: redrive('elsewhere') },
        },
      }),
      stackOf('dev-b', { aws_sqs_queue: { dead: { name: 'dead' } } }),
    ];
    const picture = pictureOf(stacks, 'dev-a/aws_sqs_queue.one');
    expect(arrowLines(picture)).toEqual(['one -> dead dead-letters', 'two -> elsewhere dead-letters']);
    expect(picture.parts.map(partLine)).toEqual([
      'changed one (queue) [settings]',
      'same two (queue)',
      'same dead (dead-letter-queue)',
      'same elsewhere (dead-letter-queue)',
    ]);
  });

  it.each([
    '${aws_kms_key.k.arn}',
    '${aws_kms_key.k.key_id}',
    'alias/own',
    'arn:aws:kms:eu-west-1:111122223333:alias/own',
  ])('have a key by %s', (key) => {
    const stack = stackOf('dev-a', {
      aws_sqs_queue: { q: { name: 'q', kms_master_key_id: key } },
      aws_kms_key: { k: {} },
      aws_kms_alias: { a: { name: 'alias/own', target_key_id: '${aws_kms_key.k.key_id}' } },
    });
    expect(markedParts(pictureOf([stack], 'dev-a/aws_kms_key.k'))).toEqual([
      'changed q (queue) KMS key [key]',
    ]);
  });

  it('have no key of their own with that of SQS', () => {
    const stack = stackOf('dev-a', {
      aws_sqs_queue: { q: { name: 'q', kms_master_key_id: 'alias/aws/sqs' } },
    });
    expect(markedParts(pictureOf([stack], 'dev-a/aws_sqs_queue.q'))).toEqual([
      'changed q (queue) [settings]',
    ]);
  });
});

describe('APIs of version 2', () => {
  const api = (protocol_type: string) => ({ name: protocol_type, protocol_type });
  const toQueue = (name: string) => ({
    api_id: '${aws_apigatewayv2_api.w.id}',
    integration_uri: `arn:aws:apigateway:eu-west-1:sqs:path/111122223333/${name}`,
  });
  const route = (route_key: string, integration: string) => ({
    api_id: '${aws_apigatewayv2_api.w.id}',
    route_key,
    target: `integrations/\${aws_apigatewayv2_integration.${integration}.id}`,
  });

  it('that are for HTTP are no WebSocket APIs', () => {
    const stack = stackOf('dev-a', { aws_apigatewayv2_api: { h: api('HTTP'), w: api('WEBSOCKET') } });
    const { parts, stacks } = pictureOf([stack], 'dev-a/aws_apigatewayv2_api.h');
    expect(parts.map(partLine)).toEqual(['same any client (clients)', 'same WEBSOCKET (web-socket-api)']);
    expect(stacks).toEqual([{ id: 'dev-a', mark: 'changed', what: ['API'] }]);
  });

  it('have an arrow for each target, with the routes that lead there', () => {
    const stack = stackOf('dev-a', {
      aws_apigatewayv2_api: { w: api('WEBSOCKET') },
      aws_apigatewayv2_integration: { q: toQueue('q'), r: toQueue('r') },
      aws_apigatewayv2_route: { d: route('$default', 'q'), o: route('order', 'r'), p: route('pay', 'r') },
    });
    expect(arrowLines(pictureOf([stack], 'dev-a/aws_apigatewayv2_api.w'))).toEqual([
      'any client <-> WEBSOCKET',
      'WEBSOCKET -> q',
      'WEBSOCKET -> r order, pay',
    ]);
  });
});

describe('targets', () => {
  it.each([
    ['arn:aws:lambda:eu-west-1:111122223333:function:theirs:live', 'theirs (function)'],
    ['arn:aws:s3:::theirs', 'theirs (bucket)'],
    ['arn:aws:states:eu-west-1:111122223333:stateMachine:theirs', 'theirs (other)'],
  ])('of someone else are known by their ARN: %s', (arn, line) => {
    const stack = stackOf('dev-a', { aws_pipes_pipe: { p: pipe(queueArn('q'), arn) } });
    const { parts } = pictureOf([stack], 'dev-a/aws_pipes_pipe.p');
    expect(parts.filter(({ key }) => key === arn).map(partLine)).toEqual([`same ${line}`]);
  });

  it('of someone else, in place of another one, are a new arrow and one that is gone', () => {
    const [one, other] = ['r', 's'].map((name) =>
      stackOf('dev-a', { aws_pipes_pipe: { p: pipe(queueArn('q'), queueArn(name)) } }),
    ) as [ReviewedStack, ReviewedStack];
    const [picture] = reviewOf([one], [other], 'dev-a/aws_pipes_pipe.p').pictures;
    expect(picture && arrowLines(picture)).toEqual(['q -> p', 'added p -> s', 'gone p -> r']);
  });

  it('that are no ARN are left out', () => {
    const stack = stackOf('dev-a', { aws_pipes_pipe: { p: pipe('(sensitive 1)', queueArn('r')) } });
    expect(arrowLines(pictureOf([stack], 'dev-a/aws_pipes_pipe.p'))).toEqual(['p -> r']);
  });

  it('that are masked stand for themselves', () => {
    const stack = stackOf('dev-a', {
      aws_cloudwatch_event_api_destination: {
        d: { name: 'd', connection_arn: 'arn:c', invocation_endpoint: '(sensitive 1)' },
      },
    });
    const picture = pictureOf([stack], 'dev-a/aws_cloudwatch_event_api_destination.d');
    expect(markedParts(picture)).toEqual(['changed (sensitive 1) (destination) [settings]']);
  });

  it('that a role names and no stack has are no arrow: an API of someone else', () => {
    const statement = (actions: string, resources: string) => ({
      effect: 'Allow',
      actions: [actions],
      resources: [resources],
    });
    const stack = stackOf(
      'dev-a',
      {
        aws_lambda_function: { f: { function_name: 'f', role: '${aws_iam_role.r.arn}' } },
        aws_iam_role: { r: { name: 'r' } },
        aws_iam_role_policy: {
          g: {
            role: '${aws_iam_role.r.name}',
            policy: '${data.aws_iam_policy_document.g.json}',
          },
        },
      },
      {
        aws_iam_policy_document: {
          g: {
            statement: [
              statement(
                'execute-api:ManageConnections',
                'arn:aws:execute-api:eu-west-1:111122223333:abc/v1/POST/x',
              ),
              statement('s3:PutObject', 'arn:aws:s3:::theirs/*'),
              statement('s3:GetObject', 'arn:aws:s3:::read/*'),
              { ...statement('s3:PutObject', 'arn:aws:s3:::denied/*'), effect: 'Deny' },
            ],
          },
        },
      },
    );
    expect(arrowLines(pictureOf([stack], 'dev-a/aws_lambda_function.f'))).toEqual(['f -> theirs']);
  });
});

it('a stack that has nothing of a flow is a node where it changes', () => {
  const stacks = [
    stackOf('dev-a', { aws_sqs_queue: { q: { name: 'q' } } }),
    stackOf('dev-b', { aws_iam_role: { r: { name: 'r' } } }),
    stackOf('dev-c', { aws_iam_role: { r: { name: 'r' } } }),
  ];
  const section = pictureSection(reviewOf(stacks, stacks, 'dev-b/aws_iam_role.r'));
  const [, mermaid] = section?.blocks ?? [];
  const text = mermaid?.kind === 'mermaid' ? mermaid.text : '';
  expect(text).toContain('\n  s2["~#160;dev-b: role"]\n');
  expect(text).not.toContain('dev-c');
  expect(text).toContain('\n  class s2 changed');
});
