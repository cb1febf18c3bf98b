import { describe, expect, test } from 'vitest';
import {
  type ContextFields,
  contextVariable,
  overrides,
} from '../../../tools/rehearse/api-gateway/context-variable';
import { gatewayAnswer } from '../../../tools/rehearse/api-gateway/gateway-response';
import { selectIntegrationResponse } from '../../../tools/rehearse/api-gateway/integration-response';
import { renderMappingTemplate } from '../../../tools/rehearse/api-gateway/mapping-template';
import { compileModels, type Model } from '../../../tools/rehearse/api-gateway/model';
import { noParameters, type RequestParameters } from '../../../tools/rehearse/api-gateway/request-parameters';
import { invokeMethod } from '../../../tools/rehearse/api-gateway/rest-integration';
import { requestError } from '../../../tools/rehearse/api-gateway/rest-request';
import { existingQueue } from '../../../tools/rehearse/sqs/queue';
import { type RecordedCase, recordedCases } from './recorded-cases';
import { answerWire } from './recorded-wire-cases';
import { sqsSurroundings } from './sqs/sqs-surroundings';

const found = recordedCases();
const cases = 'missing' in found ? [] : found;
if ('missing' in found) console.log(`The recorded cases are not run: ${found.missing}`);

const ofKind = (kind: RecordedCase['kind']) => cases.filter((recorded) => recorded.kind === kind);

const queue = existingQueue('arn:aws:sqs:eu-central-1:111122223333:recorded');
const surroundings = () => sqsSurroundings([queue], 'recorded');

const toMap = (record: Readonly<Record<string, string>> = {}) => new Map(Object.entries(record));
const paramsOf = ({ params, contentType }: RecordedCase): RequestParameters => ({
  path: toMap(params.path),
  querystring: toMap(params.querystring),
  header: new Map([
    ...toMap(params.header),
    ...(contentType ? [['Content-Type', contentType] as const] : []),
  ]),
});

/** An API without authorizer has no `$context.authorizer`, and overrides that can be set. */
const contextOf = ({ context: { responseOverride: _, ...context } }: RecordedCase) =>
  contextVariable({ authorizer: null, ...(context as ContextFields) });

function render(recorded: RecordedCase, context = contextOf(recorded)): string {
  const rendered = renderMappingTemplate(
    recorded.template ?? '',
    { body: recorded.body, params: paramsOf(recorded), context },
    recorded.id,
  );
  if (recorded.responseTemplate === undefined) return rendered;
  return renderMappingTemplate(
    recorded.responseTemplate,
    { body: rendered, params: noParameters, context },
    recorded.id,
  );
}

function expectRendered(recorded: RecordedCase, rendered: string): void {
  if (recorded.compare === undefined) {
    expect(rendered).toBe(recorded.expected);
    return;
  }
  const [actual, expected] = [rendered, recorded.expected].map((text) => JSON.parse(text));
  // Where the input is JSON within JSON, its own spaces do not count either.
  const comparable = (value: { input: string }) =>
    recorded.compare === 'json-input' ? { ...value, input: JSON.parse(value.input) } : value;
  expect(comparable(actual)).toEqual(comparable(expected));
}

describe.skipIf('missing' in found)('as recorded from AWS', () => {
  test.each(ofKind('apigw'))('$id', (recorded) => {
    const context = contextOf(recorded);

    expectRendered(recorded, render(recorded, context));

    const { status, header } = recorded.expectedOverride ?? {};
    const set = overrides(context, 'responseOverride');
    if (status !== undefined) expect(set.get('status')).toBe(status);
    for (const [name, value] of Object.entries(header ?? {})) expect(set.get(`header.${name}`)).toBe(value);
  });

  test.each(ofKind('sqs'))('$id', (recorded) => {
    expectRendered(recorded, render(recorded));
    if (recorded.integration === undefined) return;

    const answer = invokeMethod(
      {
        integration: {
          address: recorded.id,
          path: '/111122223333/recorded',
          credentials: undefined,
          requestParameters: toMap(recorded.integration.requestParameters),
          templates: new Map([['application/json', recorded.template ?? '']]),
        },
        responses: [
          {
            address: recorded.id,
            status: 200,
            templates: toMap(
              recorded.sqsResponseTemplate ? { 'application/json': recorded.sqsResponseTemplate } : {},
            ),
          },
        ],
      },
      { body: recorded.body, params: paramsOf(recorded), context: contextOf(recorded) },
      surroundings(),
    );

    if (!('sqs' in answer)) throw new Error(`API Gateway answered ${answer.type}`);
    expect(answer.status).toBe(recorded.expectedHttp?.status);
    const { Body, MD5OfBody, MessageAttributes } = recorded.expectedSqs ?? {};
    if (Body !== undefined) expect(answer.sqs.sent?.message.body).toBe(Body);
    if (MD5OfBody !== undefined) {
      expect(JSON.parse(answer.body).SendMessageResponse.SendMessageResult.MD5OfMessageBody).toBe(MD5OfBody);
    }
    expect(answer.sqs.sent?.message.attributes).toEqual(
      Object.entries(MessageAttributes ?? {}).map(([name, { DataType, StringValue }]) => ({
        name,
        dataType: DataType,
        value: StringValue,
      })),
    );
    for (const name of Object.keys(recorded.expectedHttp?.bodyShape ?? {})) {
      expect(JSON.parse(answer.body)[name]).toMatch(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/);
    }
  });

  test.each(ofKind('http').filter(({ model }) => model !== undefined))('$id', (recorded) => {
    if (recorded.id === 'ls-validator-ref-models') {
      expectReferringModel(recorded);
      return;
    }
    const error = requestError(
      {
        requiredParameters: Object.keys(recorded.requestParameters ?? {}),
        models: new Map([['application/json', modelOf(recorded.model)]]),
      },
      paramsOf(recorded),
      recorded.body,
    );

    const answer = error && gatewayAnswer(new Map(), { ...error, requestId: 'r' });
    expect(answer ? { status: answer.status, body: JSON.parse(answer.body) } : { status: 200 }).toEqual(
      recorded.expected,
    );
  });

  test.each(ofKind('http').filter(({ integrationResponses }) => integrationResponses !== undefined))(
    '$id',
    ({ id, integrationResponses = {}, integrationStatus, lambdaErrorMessage, expected }) => {
      const responses = Object.entries(integrationResponses).map(([status, selectionPattern]) => ({
        address: id,
        status: Number(status),
        selectionPattern: selectionPattern ?? undefined,
        templates: new Map<string, string>(),
      }));

      const selected = selectIntegrationResponse(
        responses,
        integrationStatus === undefined ? (lambdaErrorMessage ?? '') : String(integrationStatus),
      );

      expect(selected?.status).toBe(expected.status);
    },
  );

  test.each(ofKind('http').filter(({ id }) => id.startsWith('ls-header-remap-')))('$id', (recorded) => {
    const answer = invokeMethod(
      {
        integration: {
          address: recorded.id,
          path: '/111122223333/recorded',
          credentials: undefined,
          requestParameters: toMap(recorded.requestParameters as Readonly<Record<string, string>>),
          templates: new Map([['application/json', 'Action=SendMessage&MessageBody=x']]),
        },
        responses: [],
      },
      { body: recorded.body, params: paramsOf(recorded), context: contextOf(recorded) },
      surroundings(),
    );

    if (!('type' in answer)) throw new Error('the integration was called');
    const { status, body } = gatewayAnswer(new Map(), { ...answer, requestId: 'r' });
    expect({ status, body: JSON.parse(body) }).toEqual({
      status: recorded.expected.status,
      body: recorded.expected.body,
    });
  });

  test('every case over HTTP is of one of the kinds above', () => {
    const others = ofKind('http').filter(
      ({ id, model, integrationResponses }) =>
        !model && !integrationResponses && !id.startsWith('ls-header-remap-'),
    );

    expect(others).toEqual([]);
  });

  test.each(ofKind('sqs-wire'))('$id', async (recorded) => {
    const {
      status = 200,
      bodyContains,
      code,
      message,
      messageContains,
      jsonPath,
      bodies,
    } = recorded.expected;

    const answer = await answerWire(recorded);

    expect(answer.status).toBe(status);
    if (bodyContains) expect(answer.body).toContain(bodyContains);
    if (code) expect(answer.body).toContain(`<Code>${code}</Code>`);
    if (message) expect(answer.body).toContain(message);
    if (messageContains) expect(answer.body).toContain(messageContains);
    if (jsonPath) {
      expect(valueAt(JSON.parse(answer.body), jsonPath)).toContainEqual({
        Name: 'QueueArn',
        Value: expect.stringMatching(/^arn:aws:sqs:.*:recorded$/),
      });
    }
    if (bodies)
      expect([...answer.body.matchAll(/<Body>([^<]*)<\/Body>/g)].map(([, body]) => body)).toEqual(bodies);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: what JSON.parse gives
const valueAt = (value: any, path: string) => path.split('.').reduce((inner, name) => inner[name], value);

const modelOf = (schema: unknown): Model =>
  compileModels('api1', [{ name: 'only', schema: JSON.stringify(schema) }], 'recorded').get('only') as Model;

/** The other model is the one of the cases before it. */
function expectReferringModel({ model }: RecordedCase): void {
  const testSchema = cases.find(({ id }) => id === 'ls-validator-ok')?.model;
  const models = compileModels(
    'api1',
    [
      { name: 'list', schema: JSON.stringify(model).replace('{api-id}', 'api1') },
      { name: 'testSchema', schema: JSON.stringify(testSchema) },
    ],
    'recorded',
  );
  const request = {
    requiredParameters: [],
    models: new Map([['application/json', models.get('list') as Model]]),
  };

  expect(requestError(request, noParameters, '[{"a": 1, "b": 2}]')).toBeUndefined();
  expect(requestError(request, noParameters, '[{"a": 1}]')?.type).toBe('BAD_REQUEST_BODY');
}
