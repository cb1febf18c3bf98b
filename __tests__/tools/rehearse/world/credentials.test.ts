import { expect, test } from 'vitest';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import type { Session } from '../../../../tools/rehearse/world/access';
import { CredentialIssuer } from '../../../../tools/rehearse/world/credentials';
import { roleArn } from './example-stacks';
import { signed } from './example-world';

const here = { service: 'execute-api', region: 'eu-central-1' };

const sessionOf = (name: string): Session => ({
  role: {
    address: name,
    arn: roleArn(name),
    trust: { address: name, statements: [] },
    identity: [],
  },
  principal: { kind: 'role', roleArn: roleArn(name), sessionName: 's' },
});

const issuer = () => new CredentialIssuer(idSource('test'));

test('who signed with credentials is known by them', () => {
  const credentials = issuer();
  const [a, b] = [sessionOf('a'), sessionOf('b')];
  const ofA = credentials.issue(a);
  const ofB = credentials.issue(b);

  expect(credentials.signerOf({ headers: signed(ofB, here) }, here)).toBe(b);
  expect(credentials.signerOf({ headers: signed(ofA, here) }, here)).toBe(a);
});

test('temporary credentials look like AWS’s, and no two are alike', () => {
  const credentials = issuer();
  const session = sessionOf('a');
  const [one, two] = [credentials.issue(session), credentials.issue(session)];

  expect(one.accessKeyId).toMatch(/^ASIA[0-9A-F]{16}$/);
  expect(new Set([...Object.values(one), ...Object.values(two)]).size).toBe(6);
  expect(credentials.signerOf({ headers: signed(one, here) }, here)).toBe(session);
});

test('the same ids give the same credentials', () => {
  expect(issuer().issue(sessionOf('a'))).toEqual(issuer().issue(sessionOf('a')));
});

test('a request that is not signed is refused', () => {
  expect(issuer().signerOf({ headers: new Map() }, here)).toEqual({
    code: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  });
});

const invalid = {
  code: 'UnrecognizedClientException',
  message: 'The security token included in the request is invalid.',
};

test('credentials that were never handed out are refused', () => {
  const headers = signed({ accessKeyId: 'ASIA0123456789ABCDEF', sessionToken: 't' }, here);

  expect(issuer().signerOf({ headers }, here)).toEqual(invalid);
});

test('the session token of other credentials is refused, and so is none', () => {
  const credentials = issuer();
  const [one, two] = [credentials.issue(sessionOf('a')), credentials.issue(sessionOf('a'))];
  const mixed = signed({ ...one, sessionToken: two.sessionToken }, here);
  const without = new Map([...signed(one, here)].filter(([name]) => name === 'authorization'));

  expect(credentials.signerOf({ headers: mixed }, here)).toEqual(invalid);
  expect(credentials.signerOf({ headers: without }, here)).toEqual(invalid);
});

test.each([
  ['region', { ...here, region: 'eu-west-1' }],
  ['service', { ...here, service: 's3' }],
])('a signature for another %s is refused', (_what, scope) => {
  const credentials = issuer();
  const headers = signed(credentials.issue(sessionOf('a')), scope);

  expect(credentials.signerOf({ headers }, here)).toEqual({
    code: 'InvalidSignatureException',
    message: 'Credential should be scoped to a valid region and to the service execute-api.',
  });
});

test('a signature that is too short is none', () => {
  const credentials = issuer();
  const whole = signed(credentials.issue(sessionOf('a')), here);
  const headers = new Map([...whole].map(([name, value]) => [name, value.replace(/0a$/, '')]));

  expect(credentials.signerOf({ headers }, here)).toEqual(invalid);
});

test.each([
  ['Bearer token'],
  ['AWS4-HMAC-SHA256 Credential=, SignedHeaders=host, Signature=00'],
  ['AWS4-HMAC-SHA256'],
])('%j is no signature', (authorization) => {
  expect(issuer().signerOf({ headers: new Map([['authorization', authorization]]) }, here)).toEqual(invalid);
});
