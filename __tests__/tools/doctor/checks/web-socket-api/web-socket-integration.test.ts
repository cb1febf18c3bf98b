import type { Integration } from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { changedIn, findingsServed } from './web-socket-recorded';
import { changedByHand, type Name } from './web-socket-subjects';

const clients = 'clients of WebSocket API dev-websocket-reply';
const about = {
  at: 'dev-websocket-reply: aws_apigatewayv2_integration.api_default_route_integration',
  subject: 'integration of the route $default of WebSocket API dev-websocket-reply',
};
const byHand = changedByHand('dev-websocket-reply');
const notSent = `${clients} get {"message":"Internal server error","connectionId":…,"requestId":…} for each message, and nothing is queued`;
const refused = (error: string) =>
  `SQS answers ${error}: no message of ${clients} is queued, and no reply comes. Whether API Gateway tells the client of such an error is not documented: expect silence`;

const integrated = (
  change: (integration: Integration) => Partial<Integration>,
  name: Name = 'dev',
  type = 'AWS',
) =>
  findingsServed(
    name,
    changedIn<Integration>(name, '/integrations', ({ IntegrationType }) => IntegrationType === type, change),
  );

describe('an integration', () => {
  it('of another type is that one finding', async () => {
    expect(
      await integrated(() => ({ IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://example.com' })),
    ).toEqual([
      {
        ...about,
        ...byHand,
        code: 'integration-type',
        severity: 'error',
        problem: 'it is of the type HTTP_PROXY',
        synthesized: 'AWS',
        deployed: 'HTTP_PROXY',
        seen: notSent,
      },
    ]);
  });

  it('to another queue leaves messages without an answer', async () => {
    expect(
      await integrated(({ IntegrationUri }) => ({
        IntegrationUri: IntegrationUri?.replace('messages.fifo', 'other.fifo'),
      })),
    ).toEqual([
      {
        ...about,
        ...byHand,
        code: 'integration-uri',
        severity: 'error',
        problem: 'it sends to another place',
        synthesized: 'arn:aws:apigateway:ap-northeast-2:sqs:path/111122223333/dev-websocket-messages.fifo',
        deployed: 'arn:aws:apigateway:ap-northeast-2:sqs:path/111122223333/dev-websocket-other.fifo',
        seen: `messages of ${clients} go elsewhere, where nobody answers them; or they go nowhere, since the role may send to its own queue alone: AccessDenied. Either way no reply comes`,
      },
    ]);
  });

  it('that asks with GET gives SQS no action', async () => {
    expect(await integrated(() => ({ IntegrationMethod: 'GET' }))).toMatchObject([
      {
        code: 'integration-method',
        severity: 'error',
        problem: 'it asks with GET',
        seen: refused('404 UnknownOperationException'),
        cause: 'SQS reads the action from the form of a POST.',
      },
    ]);
  });

  it('as no role fails before SQS', async () => {
    expect(await integrated(() => ({ CredentialsArn: undefined }))).toMatchObject([
      {
        code: 'integration-credentials',
        problem: 'it acts as no role',
        synthesized: 'arn:aws:iam::111122223333:role/dev-websocket-messages-to-queue',
        deployed: 'none',
        seen: notSent,
      },
    ]);
  });

  it('as another role is refused by SQS, or by that role', async () => {
    const [finding, ...others] = await integrated(() => ({
      CredentialsArn: 'arn:aws:iam::111122223333:role/other',
    }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'integration-credentials', problem: 'it acts as another role' });
    expect(finding?.seen).toBe(
      `${refused('403 AccessDenied where the other role may not send')}. Where API Gateway cannot assume the role: ${notSent}`,
    );
  });

  it.each([
    [{}, 'it maps no Content-Type', 'none'],
    [
      { 'integration.request.header.Content-Type': "'application/json'" },
      'it maps another Content-Type',
      "'application/json'",
    ],
  ])(
    'without the content type of a form is UnknownOperationException: %j',
    async (parameters, problem, deployed) => {
      expect(await integrated(() => ({ RequestParameters: parameters }))).toEqual([
        {
          ...about,
          ...byHand,
          code: 'integration-content-type',
          severity: 'error',
          problem,
          synthesized: "'application/x-www-form-urlencoded'",
          deployed,
          seen: refused('404 UnknownOperationException'),
          cause: 'Without the content type of a form SQS finds no Action in the request.',
        },
      ]);
    },
  );

  it('that maps a header which API Gateway refuses fails every message', async () => {
    const mapping = (header: string) =>
      integrated(({ RequestParameters }) => ({
        RequestParameters: { ...RequestParameters, [`integration.request.header.${header}`]: "'x'" },
      }));
    expect(await mapping('Transfer-Encoding')).toMatchObject([
      {
        code: 'integration-parameter',
        severity: 'error',
        problem: 'it also maps integration.request.header.transfer-encoding',
        synthesized: 'none',
        deployed: "'x'",
        seen: notSent,
      },
    ]);
    expect(await mapping('X-Other')).toMatchObject([{ code: 'integration-parameter', severity: 'warning' }]);
  });

  it('that selects its template otherwise has none', async () => {
    expect(await integrated(() => ({ TemplateSelectionExpression: '$request.body.action' }))).toMatchObject([
      {
        code: 'integration-template-selection',
        severity: 'error',
        synthesized: '\\$default',
        deployed: '$request.body.action',
        seen: `no template is selected. With the passthrough behavior NEVER nothing is sent: ${notSent}. Otherwise the bare message is: ${refused('404 UnknownOperationException')}`,
      },
    ]);
  });

  it('that passes messages through is a warning', async () => {
    expect(await integrated(() => ({ PassthroughBehavior: 'WHEN_NO_MATCH' }))).toMatchObject([
      {
        code: 'integration-passthrough',
        severity: 'warning',
        synthesized: 'NEVER',
        deployed: 'WHEN_NO_MATCH',
      },
    ]);
  });

  it('whose template has another key has none', async () => {
    expect(
      await integrated(({ RequestTemplates = {} }) => ({
        RequestTemplates: { 'application/json': RequestTemplates.$default ?? '' },
      })),
    ).toMatchObject([
      {
        code: 'integration-template',
        problem: 'it has no mapping template $default',
        deployed: 'application/json',
        seen: notSent,
      },
    ]);
  });

  it('of $connect that answers otherwise lets nobody connect', async () => {
    expect(
      await integrated(() => ({ RequestTemplates: { '200': '{"statusCode":500}' } }), 'prod', 'MOCK'),
    ).toMatchObject([
      {
        at: 'prod-websocket-reply: aws_apigatewayv2_integration.api_connect_route_integration',
        subject: 'integration of the route $connect of WebSocket API prod-websocket-reply',
        code: 'integration-template',
        synthesized: '{"statusCode":200}',
        deployed: '{"statusCode":500}',
        seen: 'clients of WebSocket API prod-websocket-reply cannot connect: the handshake fails with an HTTP error, 500 as a rule; AWS documents only that there is no connection',
      },
    ]);
  });
});

describe('a mapping template', () => {
  const templated = (change: (template: string) => string) =>
    integrated(({ RequestTemplates = {} }) => ({
      RequestTemplates: { $default: change(RequestTemplates.$default ?? '') },
    }));
  const fault = { ...about, ...byHand, code: 'integration-template', severity: 'error' };

  it('without an action is UnknownOperationException', async () => {
    expect(await templated((template) => template.replace('Action=SendMessage&', ''))).toEqual([
      {
        ...fault,
        problem: 'its mapping template gives SQS no Action',
        synthesized: 'Action=SendMessage',
        deployed: 'no Action',
        seen: refused('404 UnknownOperationException'),
      },
    ]);
  });

  it('without a group id is refused by a FIFO queue', async () => {
    expect(await templated((template) => template.replace(/&MessageGroupId=[^&]+/, ''))).toEqual([
      {
        ...fault,
        problem: 'its mapping template gives SQS no MessageGroupId',
        synthesized: "MessageGroupId=$util.urlEncode($input.path('$.MessageGroupId'))",
        deployed: 'no MessageGroupId',
        seen: refused('400 MissingParameter "The request must contain the parameter MessageGroupId."'),
      },
    ]);
  });

  it.each([
    [
      /&MessageBody=[^&]+/,
      'MessageBody',
      '400 MissingParameter "The request must contain the parameter MessageBody."',
    ],
    [
      /&MessageDeduplicationId=[^&]+/,
      'MessageDeduplicationId',
      '400 InvalidParameterValue "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"',
    ],
  ])('without %s is refused too', async (field, name, error) => {
    expect(await templated((template) => template.replace(field, ''))).toMatchObject([
      { problem: `its mapping template gives SQS no ${name}`, seen: refused(error) },
    ]);
  });

  it('without the connection id leaves the function without an address: silence', async () => {
    expect(
      await templated((template) =>
        template
          .replace(/&MessageAttribute\.1\.[^&]+/g, '')
          .replaceAll('MessageAttribute.2.', 'MessageAttribute.1.'),
      ),
    ).toEqual([
      {
        ...fault,
        problem: 'its mapping template does not set the message attribute connectionId',
        synthesized: 'connectionId: $util.urlEncode($context.connectionId)',
        deployed: 'attributes: requestId',
        seen: `messages are queued, and function dev-websocket-reply cannot answer them without connectionId: ${clients} get silence, and the messages end in the dead-letter queue`,
      },
    ]);
  });

  it('that numbers its attributes with a gap sets none behind it', async () => {
    const findings = await templated((template) =>
      template.replaceAll('MessageAttribute.2.', 'MessageAttribute.3.'),
    );
    expect(findings).toMatchObject([
      { problem: 'its mapping template does not set the message attribute requestId' },
    ]);
  });

  it('that writes MessageAttributes sets none, without a word from SQS', async () => {
    const findings = await templated((template) =>
      template.replaceAll('MessageAttribute.', 'MessageAttributes.'),
    );
    expect(findings.map(({ problem }) => problem)).toEqual([
      'its mapping template does not set the message attribute connectionId',
      'its mapping template does not set the message attribute requestId',
    ]);
    for (const { deployed, cause } of findings) {
      expect(deployed).toBe('attributes: none');
      expect(cause).toBe(
        'SQS reads MessageAttribute.N and ignores the field MessageAttributes.1.Name without a word.',
      );
    }
  });

  it.each([
    '$input.body',
    "$input.json('$')",
    '${input.body}',
    '$!input.body',
    '$util.urlEncode($input.body)$input.body',
    '$util.base64Encode($input.body)',
  ])('that does not encode a value lets it end its field: %s', async (value) => {
    expect(
      await templated((template) => template.replace('$util.urlEncode($input.body)', () => value)),
    ).toEqual([
      {
        ...fault,
        problem: 'its mapping template does not encode MessageBody',
        synthesized: 'MessageBody=$util.urlEncode($input.body)',
        deployed: `MessageBody=${value}`,
        seen: `messages of ${clients} pass until one holds &, + or %: then it is queued cut short or altered, or SQS refuses it with MissingParameter or InvalidParameterValue, and a client can add parameters of its own, such as another connectionId to which the reply goes`,
        cause: 'Without $util.urlEncode a value ends at its first & and SQS reads on in it.',
      },
    ]);
  });

  it('encodes what stands anywhere within the call', async () => {
    const value = "$util.urlEncode($input.path('$.a').concat($context.stage))";
    expect(
      await templated((template) => template.replace('$util.urlEncode($input.body)', () => value)),
    ).toMatchObject([{ problem: 'its mapping template is another one', deployed: `MessageBody=${value}` }]);
  });

  it('that ends in a line break gives its last field one', async () => {
    expect(await templated((template) => `${template}\n`)).toEqual([
      {
        ...fault,
        problem: 'its mapping template has a line break',
        synthesized: 'one line',
        deployed: 'a line break after …alue=$util.urlEncode($context.requestId)',
        seen: 'the line break becomes part of the value before it: what function dev-websocket-reply reads there is another value, and SQS refuses it with InvalidParameterValue in an id',
        cause: "The console's editor adds one at the end.",
      },
    ]);
  });

  it('that differs in any other way tells the fields alone', async () => {
    expect(
      await templated((template) =>
        template.replace('urlEncode($context.connectionId)', 'urlEncode($context.requestId)'),
      ),
    ).toEqual([
      {
        ...fault,
        problem: 'its mapping template is another one',
        synthesized: 'MessageAttribute.1.Value.StringValue=$util.urlEncode($context.connectionId)',
        deployed: 'MessageAttribute.1.Value.StringValue=$util.urlEncode($context.requestId)',
        seen: `messages of ${clients} are queued with other content, or SQS refuses them; function dev-websocket-reply may not be able to answer`,
      },
    ]);
    expect(await templated((template) => `${template}&DelaySeconds=5`)).toMatchObject([
      { synthesized: 'nothing more', deployed: 'DelaySeconds=5' },
    ]);
  });

  it('that is no form at all gives SQS nothing that it asks for', async () => {
    const findings = await templated(() => '$input.body');
    expect(findings.map(({ problem }) => problem)).toEqual([
      ...['Action', 'MessageBody', 'MessageGroupId', 'MessageDeduplicationId'].map(
        (field) => `its mapping template gives SQS no ${field}`,
      ),
      ...['connectionId', 'requestId'].map(
        (name) => `its mapping template does not set the message attribute ${name}`,
      ),
    ]);
  });

  it('with a line break in its middle tells where', async () => {
    expect(
      await templated((template) => template.replace('Action=SendMessage', 'Action=SendMessage\r\n')),
    ).toMatchObject([{ deployed: 'a line break after …Action=SendMessage' }]);
  });

  it('with two faults is two findings', async () => {
    const findings = await templated((template) =>
      template.replace('Action=SendMessage&', '').replace('$util.urlEncode($input.body)', '$input.body'),
    );
    expect(findings.map(({ problem }) => problem)).toEqual([
      'its mapping template gives SQS no Action',
      'its mapping template does not encode MessageBody',
    ]);
  });
});
