import { describe, expect, test } from 'vitest';
import { type Configuration, readPlan } from '../../../tools/plan/plan';
import { type RestApi, restApisOf } from '../../../tools/rehearse/api-gateway/rest-api';
import { answerRequest, type RestRequest } from '../../../tools/rehearse/api-gateway/rest-request';
import { queuesOf } from '../../../tools/rehearse/sqs/queue';
import { dev } from '../../fixtures/environments/dev';
import { sqsSurroundings } from './sqs/sqs-surroundings';
import { plansOf } from './synthesized-plans';

const callback = { allowList: ['198.51.100.0/24'], schema: { type: 'object' } };

const { websocketReply: _, subscriberPipe: __, ...place } = dev;

const configuration = plansOf([
  {
    ...place,
    callbackReceiver: {
      callbacks: [
        { ...callback, name: 'scans', path: '/scans', binaryContentTypes: ['application/pdf'] },
        { ...callback, name: 'texts', path: '/texts', contentTypes: ['text/plain'] },
      ],
    },
  },
]).find(({ plan }) => plan.stackId === 'dev-callback-receiver')?.plan.configuration as Configuration;

type Change = (json: string) => string;

function ask(request: Partial<RestRequest>, change: Change = (json) => json) {
  const plan = readPlan('dev-callback-receiver', JSON.parse(change(JSON.stringify(configuration))));
  return answerRequest(
    restApisOf(plan)[0] as RestApi,
    {
      method: 'POST',
      path: '/scans',
      headers: new Map([['Content-Type', 'application/pdf']]),
      body: Buffer.from([0xff, 0x00, 0xe2, 0x28]),
      sourceIp: '198.51.100.7',
      timeEpoch: 1_700_000_000_000,
      ...request,
    },
    sqsSurroundings(queuesOf(plan)),
  );
}

const typed = (type: string, more: readonly (readonly [string, string])[] = []) =>
  new Map<string, string>([['Content-Type', type], ...more]);

describe('bytes of a binary type', () => {
  test('are sent in base64, and say so', () => {
    const { status, sqs } = ask({});

    expect(status).toBe(200);
    expect(sqs?.sent?.message.body).toBe('/wDiKA==');
    expect(sqs?.sent?.message.attributes.at(-1)).toEqual({
      name: 'bodyEncoding',
      dataType: 'String',
      value: 'base64',
    });
  });

  test('are refused by a callback that does not take them', () => {
    expect(ask({ path: '/texts' })).toMatchObject({ status: 415, sqs: undefined });
  });

  test('are refused where there are none', () => {
    expect(ask({ body: '' }).status).toBe(400);
  });

  test('are taken up to what the queue takes in base64', () => {
    expect(ask({ body: Buffer.alloc(195_000) }).sqs?.sent?.message.body).toHaveLength(260_000);
    expect(ask({ body: Buffer.alloc(196_608) })).toMatchObject({ status: 413 });
    expect(ask({ body: Buffer.alloc(10 * 1024 * 1024 + 1) })).toMatchObject({ status: 413, sqs: undefined });
  });

  test('that nothing converts are not passed over', () => {
    const unconverted: Change = (json) =>
      json.replace('"content_handling":"CONVERT_TO_TEXT","credentials"', '"credentials"');
    expect(() => ask({}, unconverted)).toThrow(
      'a template for application/pdf, which nothing converts to text',
    );
  });

  test('that are converted otherwise are not passed over', () => {
    expect(() => ask({}, (json) => json.replaceAll('CONVERT_TO_TEXT', 'CONVERT_TO_BINARY'))).toThrow(
      'the content handling CONVERT_TO_BINARY',
    );
    expect(() => ask({}, (json) => json.replace('["application/pdf"]', '["*/*"]'))).toThrow(
      'the binary media type */*',
    );
  });
});

describe('text', () => {
  test('of a callback that takes bytes too stays text', () => {
    const { sqs } = ask({ headers: typed('application/json'), body: Buffer.from('{"한":"🙂"}') });

    expect(sqs?.sent?.message.body).toBe('{"한":"🙂"}');
    expect(sqs?.sent?.message.attributes.map(({ name }) => name)).not.toContain('bodyEncoding');
  });

  test('that is no UTF-8 never reaches SQS changed', () => {
    expect(() => ask({ path: '/texts', headers: typed('text/plain') })).toThrow('a body that is not UTF-8');
  });
});

describe('a caller that asks for a binary type', () => {
  const accepting = { headers: typed('application/pdf', [['Accept', 'application/pdf, */*']]) };

  test('is answered in text', () => {
    expect(ask(accepting).status).toBe(200);
  });

  test('is not answered in bytes unnoticed', () => {
    const decoded: Change = (json) => {
      const { resource, ...rest } = JSON.parse(json);
      const responses = Object.entries<object>(resource.aws_api_gateway_integration_response).map(
        ([name, response]) => [name, { ...response, content_handling: undefined }],
      );
      const aws_api_gateway_integration_response = Object.fromEntries(responses);
      return JSON.stringify({ ...rest, resource: { ...resource, aws_api_gateway_integration_response } });
    };
    expect(ask({}, decoded).status).toBe(200);
    expect(() => ask(accepting, decoded)).toThrow('an answer as application/pdf that is no base64');
  });
});
