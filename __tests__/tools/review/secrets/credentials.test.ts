import { expect, test } from 'vitest';
import { withoutCredentials } from '../../../../tools/review/secrets/credentials';

const masked = (text: string) => withoutCredentials(text, (secret) => `[${secret}]`);
/** Put together here, so that no scanner of secrets finds them in this file. */
const letters = (count: number) => 'aB3'.repeat(count).slice(0, count);
const jwt = `eyJ${letters(20)}.eyJ${letters(30)}.${letters(43)}`;
const privateKey = `-----BEGIN RSA PRIVATE KEY-----\nMIIE\n${letters(64)}\n-----END RSA PRIVATE KEY-----`;
const basic = Buffer.from('user:hunter2').toString('base64');

test.each([
  jwt,
  privateKey,
  privateKey.replaceAll('\n', '\\n'),
  `ghp_${letters(36)}`,
  `github_pat_${letters(22)}_${letters(59)}`,
  `glpat-${letters(20)}`,
  `xoxb-${letters(12)}-${letters(24)}`,
  `hooks.slack.com/services/T${letters(8)}/B${letters(8)}/${letters(24)}`,
  `sk_live_${letters(24)}`,
  `npm_${letters(36)}`,
  `AIza${letters(35)}`,
  `SG.${letters(22)}.${letters(43)}`,
  `hvs.${letters(24)}`,
  `${letters(14)}.atlasv1.${letters(67)}`,
])('%s is a credential, in any text', (token) => {
  expect(masked(token)).toBe(`[${token}]`);
  expect(masked(`{"a": "${token}", "b": 1}`)).toBe(`{"a": "[${token}]", "b": 1}`);
  expect(masked(`a\\n${token} b`)).toBe(`a\\n[${token}] b`);
});

test.each([
  ['https://user:hunter2@host/x', 'https://user:[hunter2]@host/x'],
  ['see postgres://u:p@h, and redis://:pw@h', 'see postgres://u:[p]@h, and redis://:[pw]@h'],
  [`Authorization: Bearer ${letters(12)}`, `Authorization: Bearer [${letters(12)}]`],
  [`Basic ${basic}`, `Basic [${basic}]`],
  [`AKIA${'A'.repeat(16)}:${letters(40)}`, `[AKIA${'A'.repeat(16)}]:[${letters(40)}]`],
  [`Bearer ${jwt}`, `Bearer [${jwt}]`],
  [`https://user:ghp_${letters(36)}@host`, `https://user:[ghp_${letters(36)}]@host`],
  ['-----BEGIN PRIVATE KEY-----\nMIIE', '[-----BEGIN PRIVATE KEY-----\nMIIE]'],
])('only the secret of %s is masked', (text, expected) => {
  expect(masked(text)).toBe(expected);
});

test.each([
  'https://${var.user}:${var.password}@host',
  'Bearer ${var.token}',
  'Bearer authentication or Basic authentication, basic understanding',
  'https://sqs.ap-northeast-2.amazonaws.com/111122223333/dev-queue',
  'arn:aws:sqs:ap-northeast-2:111122223333:dev-queue',
  'kms:GenerateDataKey secretsmanager:GetSecretValue',
  `AKIA${'A'.repeat(16)}`,
  'task-force sk-delivery-results-archive-writer npm_config_cache',
  'a8m/zWQmmuY4nCPz4eenm55ocP+iH8oaqcmYc/Js9Ag=',
  '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----',
  'https://host/path:x@y',
  `xghp_${letters(36)}`,
])('%s has none', (text) => {
  expect(masked(text)).toBe(text);
});

test('megabytes of what almost is a credential take no longer than others', () => {
  const start = performance.now();
  for (const almost of ['-eyJa', 'ghp_', '://a:', 'Bearer ', 'aaaa', '-----BEGIN ', 'AKIA', 'Basic a']) {
    masked(almost.repeat(1_000_000 / almost.length));
  }
  expect(performance.now() - start).toBeLessThan(5000);
});
