import { describe, expect, test } from 'vitest';
import { integrationResponses } from '../../../constructs/api/integration-responses';

const refused =
  '#if($input.body.contains("must be shorter than"))' +
  '#set($context.responseOverride.status = 413)' +
  '{"message":"The body is larger than the queue takes","requestId":"$context.requestId"}' +
  '#elseif($input.body.contains("InvalidMessageContents") || $input.body.contains("InvalidParameterValue") || $input.body.contains("MissingParameter"))' +
  '#set($context.responseOverride.status = 400)' +
  '{"message":"The queue cannot take this message","requestId":"$context.requestId"}' +
  '#else' +
  '{"message":"Not accepted, try again later","requestId":"$context.requestId"}' +
  '#end';

test('a caller gets 200 with an empty body for a 2xx of SQS, and 502 for everything else', () => {
  expect(integrationResponses('empty')).toEqual([
    { statusCode: '200', selectionPattern: '2\\d{2}', template: '#set($nothing = "")' },
    { statusCode: '502', template: refused },
  ]);
});

test('a caller who is to know gets SQS’s id of the message', () => {
  expect(integrationResponses('message-id')).toEqual([
    {
      statusCode: '200',
      selectionPattern: '2\\d{2}',
      template: '{"messageId":"$input.path(\'$.SendMessageResponse.SendMessageResult.MessageId\')"}',
    },
    { statusCode: '502', template: refused },
  ]);
});

describe.each(['empty', 'message-id'] as const)('with the answer %s', (accepted) => {
  const responses = integrationResponses(accepted);

  test('exactly one response has no pattern, and it is no 2xx: it fails closed', () => {
    expect(
      responses.filter(({ selectionPattern }) => selectionPattern === undefined).map((r) => r.statusCode),
    ).toEqual(['502']);
  });

  test.each(['200', '202', '299'])('SQS’s %s is taken as success', (status) => {
    expect(selected(responses, status)).toBe('200');
  });

  test.each(['100', '301', '400', '403', '404', '413', '429', '500', '503', '20', '2000'])(
    'SQS’s %s is not',
    (status) => {
      expect(selected(responses, status)).toBe('502');
    },
  );
});

/** API Gateway matches the whole of the status against the pattern. */
function selected(responses: ReturnType<typeof integrationResponses>, status: string) {
  const matching = responses.find(
    ({ selectionPattern }) => selectionPattern && new RegExp(`^(?:${selectionPattern})$`).test(status),
  );
  return (matching ?? responses.find(({ selectionPattern }) => !selectionPattern))?.statusCode;
}
