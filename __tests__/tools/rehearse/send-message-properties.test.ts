import fc from 'fast-check';
import { render as velocityjs } from 'velocityjs';
import { describe, expect, test } from 'vitest';
import type { CallbackIdSource, CallbackSettings, Environment } from '../../../environments/environment';
import { contextVariable } from '../../../tools/rehearse/api-gateway/context-variable';
import { renderMappingTemplate } from '../../../tools/rehearse/api-gateway/mapping-template';
import { restApisOf } from '../../../tools/rehearse/api-gateway/rest-api';
import { utilVariable } from '../../../tools/rehearse/api-gateway/util-variable';
import { webSocketApisOf } from '../../../tools/rehearse/api-gateway/websocket-api';
import type { Value } from '../../../tools/rehearse/velocity/value';
import { environments } from '../../fixtures/environments';
import { hostileText } from './hostile-text';
import { plansOf } from './synthesized-plans';

/** Beside the project's own environments, one with every source of an id and as many headers as there can be. */
const everyOption: Environment = {
  name: 'every',
  accountId: '111122223333',
  region: 'eu-central-1',
  state: { kind: 'local' },
  callbackReceiver: {
    callbacks: [
      callback('headers', {
        headerAttributes: [
          { header: 'X-First', attribute: 'first' },
          { header: 'X-Second', attribute: 'second', required: true },
          { header: 'X-Third', attribute: 'third' },
          { header: 'X-Fourth', attribute: 'fourth' },
          { header: 'X-Fifth', attribute: 'fifth', required: true },
          { header: 'X-Sixth', attribute: 'sixth' },
        ],
      }),
      callback('header-ids', {
        queue: {
          kind: 'fifo',
          messageGroupId: { from: 'header', name: 'X-Group' },
          messageDeduplicationId: { from: 'header', name: 'X-Once' },
        },
      }),
      callback('constant-id', {
        queue: { kind: 'fifo', messageGroupId: { from: 'constant', value: 'a&b=c+d%{e}' } },
      }),
    ],
  },
  websocketReply: { queue: { kind: 'fifo', messageGroupId: { from: 'connection' } } },
};

function callback(name: string, settings: Partial<CallbackSettings>): CallbackSettings {
  return {
    name,
    path: `/${name}`,
    allowList: ['203.0.113.0/24'],
    schema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' },
    ...settings,
  };
}

/** What arrives, with nothing in it that could be trusted. */
interface Request {
  readonly body: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly context: {
    readonly requestId: string;
    readonly requestTimeEpoch: string;
    readonly connectionId: string;
    readonly identity: { readonly sourceIp: string };
  };
}

type Fields = readonly (readonly [string, string])[];

interface Route {
  readonly name: string;
  readonly template: string;
  readonly request: fc.Arbitrary<Request>;
  /** What the message should be made of. */
  readonly fields: (request: Request) => Fields;
}

const plainContext: Request['context'] = {
  requestId: 'r1',
  requestTimeEpoch: '1',
  connectionId: 'c1',
  identity: { sourceIp: '203.0.113.1' },
};

const context: fc.Arbitrary<Request['context']> = fc.record({
  requestId: hostileText,
  requestTimeEpoch: hostileText,
  connectionId: hostileText,
  identity: fc.record({ sourceIp: hostileText }),
});

const jsonBody = (names: readonly string[]): fc.Arbitrary<string> =>
  fc
    .record({ ...Object.fromEntries(names.map((name) => [name, hostileText])), 'other "field"': hostileText })
    .map((body) => JSON.stringify(body));

const attributeFields = (attributes: readonly (readonly [string, string, string])[]): Fields =>
  attributes.flatMap(([name, type, value], index) => [
    [`MessageAttribute.${index + 1}.Name`, name],
    [`MessageAttribute.${index + 1}.Value.DataType`, type],
    [`MessageAttribute.${index + 1}.Value.StringValue`, value],
  ]);

/** API Gateway makes an empty object of an empty body. */
const received = ({ body }: Request) => body || '{}';

const header = ({ headers }: Request, name: string) =>
  headers.find(([sent]) => sent.toLowerCase() === name.toLowerCase())?.[1] ?? '';

function idOf(source: CallbackIdSource, request: Request): string {
  if (source.from === 'constant') return source.value;
  return source.from === 'header' ? header(request, source.name) : JSON.parse(request.body)[source.field];
}

const anyCase = (name: string) =>
  fc
    .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
    .map((upper) => [...name].map((c, i) => (upper[i] ? c.toUpperCase() : c.toLowerCase())).join(''));

function callbackRequest({ headerAttributes = [], queue }: CallbackSettings): fc.Arbitrary<Request> {
  const sources = queue
    ? [
        ...('messageGroupId' in queue && queue.messageGroupId ? [queue.messageGroupId] : []),
        ...('messageDeduplicationId' in queue && queue.messageDeduplicationId
          ? [queue.messageDeduplicationId]
          : []),
      ]
    : [];
  const bodyFields = sources.flatMap((source) => (source.from === 'body' ? [source.field] : []));
  const required = [
    'Content-Type',
    ...sources.flatMap((source) => (source.from === 'header' ? [source.name] : [])),
    ...headerAttributes.filter((attribute) => attribute.required).map((attribute) => attribute.header),
  ];
  const optional = headerAttributes
    .filter((attribute) => !attribute.required)
    .map((attribute) => attribute.header);
  const sent = (name: string) => fc.tuple(anyCase(name), hostileText);
  return fc.record({
    body: bodyFields.length > 0 ? jsonBody(bodyFields) : hostileText,
    headers: fc
      .tuple(
        fc.tuple(...required.map(sent)),
        fc.tuple(...optional.map((name) => fc.option(sent(name)))),
        fc.array(sent('X-Unrelated'), { maxLength: 1 }),
      )
      .map(([fixed, maybe, unrelated]) => [...unrelated, ...fixed, ...maybe.filter((pair) => pair !== null)]),
    context,
  });
}

const callbackFields =
  ({ headerAttributes = [], queue }: CallbackSettings) =>
  (request: Request): Fields => [
    ['Action', 'SendMessage'],
    ['MessageBody', received(request)],
    ...(queue?.kind === 'fifo'
      ? ([
          ['MessageGroupId', idOf(queue.messageGroupId, request)],
          [
            'MessageDeduplicationId',
            queue.messageDeduplicationId
              ? idOf(queue.messageDeduplicationId, request)
              : request.context.requestId,
          ],
        ] as const)
      : []),
    ...attributeFields([
      ['requestId', 'String', request.context.requestId],
      ['sourceIp', 'String', request.context.identity.sourceIp],
      ['receivedAt', 'Number', request.context.requestTimeEpoch],
      ['contentType', 'String', header(request, 'Content-Type')],
      ...[
        ...headerAttributes.filter(({ required }) => required),
        ...headerAttributes.filter(({ required }) => !required),
      ]
        .map((attribute) => [attribute, header(request, attribute.header)] as const)
        .filter(([{ required }, value]) => required || value !== '')
        .map(([{ attribute }, value]) => [attribute, 'String', value] as const),
    ]),
  ];

const webSocketFields =
  ({ websocketReply }: Environment) =>
  (request: Request): Fields => {
    const { connectionId, requestId } = request.context;
    const fromConnection =
      websocketReply?.queue?.kind === 'fifo' && websocketReply.queue.messageGroupId?.from === 'connection';
    return [
      ['Action', 'SendMessage'],
      ['MessageBody', request.body],
      ['MessageGroupId', fromConnection ? connectionId : JSON.parse(request.body).MessageGroupId],
      ['MessageDeduplicationId', requestId],
      ...attributeFields([
        ['connectionId', 'String', connectionId],
        ['requestId', 'String', requestId],
      ]),
    ];
  };

const routes: readonly Route[] = plansOf([...environments, everyOption]).flatMap(({ environment, plan }) => [
  ...restApisOf(plan).flatMap(({ methods }) =>
    methods.flatMap(({ path, integration }) => {
      const settings = environment.callbackReceiver?.callbacks.find((candidate) => candidate.path === path);
      if (!settings) throw new Error(`${plan.stackId} has ${path}, which its environment does not`);
      return [...integration.templates].map(([contentType, template]) => ({
        name: `${plan.stackId} ${path} ${contentType}`,
        template,
        request: callbackRequest(settings),
        fields: callbackFields(settings),
      }));
    }),
  ),
  ...webSocketApisOf(plan).flatMap((api) =>
    api.routes.flatMap(({ routeKey, integration }) =>
      [...integration.templates.values()].map((template) => ({
        name: `${plan.stackId} ${routeKey}`,
        template,
        request: fc.record({ body: jsonBody(['MessageGroupId']), headers: fc.constant([]), context }),
        fields: webSocketFields(environment),
      })),
    ),
  ),
]);

const rendered = (template: string, { body, headers, context: fields }: Request) =>
  renderMappingTemplate(
    template,
    {
      body,
      params: { path: new Map(), querystring: new Map(), header: new Map(headers) },
      context: contextVariable(fields),
    },
    'template',
  );

/** Read by the platform's own decoder, which keeps what is there twice. */
const decoded = (form: string): Fields => [...new URLSearchParams(form)];

/** Rendered and decoded, a request gives exactly the fields that should be there, once each. */
const exactFields = ({ template, request, fields }: Route) =>
  fc.property(request, (each) => {
    expect(decoded(rendered(template, each))).toEqual(fields(each));
  });

test('every route of both environments has a template here', () => {
  expect(routes.map(({ name }) => name)).toEqual([
    'dev-callback-receiver /bizppurio/delivery-results application/json',
    'dev-websocket-reply $default',
    'prod-callback-receiver /bizppurio/delivery-results application/json',
    'prod-callback-receiver /payments/events application/json',
    'prod-callback-receiver /carrier/inbound-sms application/json',
    'prod-callback-receiver /carrier/inbound-sms application/x-www-form-urlencoded',
    'prod-callback-receiver /carrier/inbound-sms text/plain',
    'prod-websocket-reply $default',
    'every-callback-receiver /headers application/json',
    'every-callback-receiver /header-ids application/json',
    'every-callback-receiver /constant-id application/json',
    'every-websocket-reply $default',
  ]);
});

describe.each(routes)('$name', (route) => {
  test('any body, header and id gives exactly the fields that should be there, once each', () => {
    fc.assert(exactFields(route), { numRuns: 150 });
  });

  test('velocityjs by itself renders the same', () => {
    fc.assert(
      fc.property(route.request, (each) => {
        expect(velocityjs(route.template, variablesFor(each))).toBe(rendered(route.template, each));
      }),
      { numRuns: 50 },
    );
  });

  test('without the encoding of any one value the property fails', () => {
    const encoded = [...route.template.matchAll(/\$util\.urlEncode\(((?:[^()]|\([^()]*\))*)\)/g)];
    expect(encoded.length).toBeGreaterThanOrEqual(4);

    for (const { 0: call, 1: value, index } of encoded) {
      const template = route.template.slice(0, index) + value + route.template.slice(index + call.length);

      expect({
        call,
        failed: fc.check(exactFields({ ...route, template }), { numRuns: 1000 }).failed,
      }).toEqual({
        call,
        failed: true,
      });
    }
  });
});

test('a group id that carries a parameter stays a group id', () => {
  const route = routes.find(({ name }) => name === 'prod-websocket-reply $default') as Route;
  const body = JSON.stringify({ MessageGroupId: 'x&MessageAttribute.1.Value.StringValue=victim' });

  const fields = decoded(
    rendered(route.template, {
      body,
      headers: [],
      context: { ...plainContext, connectionId: 'own', requestId: 'r1' },
    }),
  );

  expect(fields).toEqual([
    ['Action', 'SendMessage'],
    ['MessageBody', body],
    ['MessageGroupId', 'x&MessageAttribute.1.Value.StringValue=victim'],
    ['MessageDeduplicationId', 'r1'],
    ['MessageAttribute.1.Name', 'connectionId'],
    ['MessageAttribute.1.Value.DataType', 'String'],
    ['MessageAttribute.1.Value.StringValue', 'own'],
    ['MessageAttribute.2.Name', 'requestId'],
    ['MessageAttribute.2.Value.DataType', 'String'],
    ['MessageAttribute.2.Value.StringValue', 'r1'],
  ]);
});

test.each([
  [[], ['second', 'fifth']],
  [['X-First'], ['second', 'fifth', 'first']],
  [
    ['X-Sixth', 'X-Third'],
    ['second', 'fifth', 'third', 'sixth'],
  ],
  [
    ['X-First', 'X-Third', 'X-Fourth', 'X-Sixth'],
    ['second', 'fifth', 'first', 'third', 'fourth', 'sixth'],
  ],
])('of the optional headers %j are sent: attributes are numbered without gaps', (sent, names) => {
  const route = routes.find(({ name }) => name.startsWith('every-callback-receiver /headers')) as Route;

  const fields = new Map(
    decoded(
      rendered(route.template, {
        body: '{}',
        headers: ['Content-Type', 'X-Second', 'X-Fifth', ...sent].map((name) => [name, 'v'] as const),
        context: plainContext,
      }),
    ),
  );

  expect([...fields].filter(([name]) => name.endsWith('.Name'))).toEqual(
    ['requestId', 'sourceIp', 'receivedAt', 'contentType', ...names].map((name, index) => [
      `MessageAttribute.${index + 1}.Name`,
      name,
    ]),
  );
});

/** The same as plain JavaScript values. */
function variablesFor({ body, headers, context: fields }: Request) {
  const encode = utilVariable('template').methods.urlEncode as (value: Value) => Value;
  return {
    input: {
      body: body || '{}',
      path: (path: string) => JSON.parse(body)[path.slice(2)],
      params: () => ({ header: Object.fromEntries(headers) }),
    },
    util: { urlEncode: encode },
    context: fields,
  };
}
