import { expect, test } from 'vitest';
import {
  type IntegrationResponse,
  responseTemplate,
  selectIntegrationResponse,
} from '../../../tools/rehearse/api-gateway/integration-response';

const response = (
  status: number,
  selectionPattern?: string,
  templates: Readonly<Record<string, string>> = {},
): IntegrationResponse => ({
  address: `response ${status}`,
  status,
  selectionPattern,
  templates: new Map(Object.entries(templates)),
});

const responses = [
  response(200, '2\\d{2}'),
  response(502),
  response(400, '4\\d{2}'),
  response(404, '404|4.4'),
];

test.each([
  ['200', 200],
  ['299', 200],
  ['400', 400],
  // Two match: the lower status answers.
  ['404', 400],
  ['500', 502],
  // The pattern must match all of it.
  ['1200', 502],
  ['2000', 502],
])('%s from the integration is answered with %i', (said, status) => {
  expect(selectIntegrationResponse(responses, said)?.status).toBe(status);
});

test('an empty pattern is none', () => {
  expect(selectIntegrationResponse([response(200, '')], '400')?.status).toBe(200);
});

test('without a default there may be no answer', () => {
  expect(selectIntegrationResponse([response(200, '2\\d{2}')], '400')).toBeUndefined();
});

test('a pattern that cannot be read is refused by name', () => {
  expect(() => selectIntegrationResponse([response(200, '(')], '200')).toThrow(
    'response 200: the selection pattern ( is not simulated',
  );
});

test('an empty template is none', () => {
  expect(responseTemplate(response(200))).toBeUndefined();
  expect(responseTemplate(response(200, undefined, { 'application/json': '' }))).toBeUndefined();
  expect(responseTemplate(response(200, undefined, { 'application/json': 'x' }))).toBe('x');
});

test('a choice between templates is refused by name', () => {
  expect(() =>
    responseTemplate(response(200, undefined, { 'application/json': 'x', 'text/xml': 'y' })),
  ).toThrow('response 200: a choice between response templates is not simulated');
});
