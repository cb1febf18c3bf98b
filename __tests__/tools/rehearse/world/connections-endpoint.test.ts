import { expect, test } from 'vitest';
import { idSource } from '../../../../tools/rehearse/simulation/ids';
import type { NetworkRequest } from '../../../../tools/rehearse/simulation/network';
import { Access, type Session } from '../../../../tools/rehearse/world/access';
import { accessPoliciesOf } from '../../../../tools/rehearse/world/access-policies';
import { connectionsEndpoint, executeApiHost } from '../../../../tools/rehearse/world/connections-endpoint';
import { CredentialIssuer } from '../../../../tools/rehearse/world/credentials';
import { exampleGateway } from './example-gateway';
import { allow, at, planOf, role, roleArn } from './example-stacks';
import { signed } from './example-world';

const here = { service: 'execute-api', region: at.region };

/** An API's endpoint with one client, and someone who may reach the connections that match. */
function endpointFor(pattern: string) {
  const { api, gateway, client } = exampleGateway();
  const { connectionId, received } = client();
  const resource = `arn:aws:execute-api:${at.region}:${at.accountId}:${api.id}/${pattern}`;
  const policies = accessPoliciesOf([
    planOf(role('replier', 'lambda.amazonaws.com', [allow('execute-api:ManageConnections', resource)])),
  ]);
  const access = new Access(policies, () => 0);
  const credentials = new CredentialIssuer(idSource('credentials'));
  const session = access.assumeRole('lambda.amazonaws.com', {
    roleArn: roleArn('replier'),
    sessionName: 's',
    context: {},
  }) as Session;
  const answer = connectionsEndpoint(gateway, { access, credentials, at });
  const request = (changes: Partial<NetworkRequest> = {}) => {
    const response = answer({
      protocol: 'https',
      method: 'POST',
      host: executeApiHost(api.id, at),
      path: `/v1/@connections/${encodeURIComponent(connectionId)}`,
      headers: signed(credentials.issue(session), here),
      body: Buffer.from('reply'),
      ...changes,
    });
    const code = response.headers.get('x-amzn-errortype');
    return code === undefined ? response.status : `${response.status} ${code}`;
  };
  return { access, credentials, session, request, received, connectionId, answer };
}

const everything = 'v1/*/@connections/*';

test('whoever may, reaches a client by its percent-encoded id', () => {
  const { request, received, access, connectionId } = endpointFor('v1/POST/@connections/*');

  expect(connectionId).toContain('=');
  expect(request()).toBe(200);
  expect(request({ path: `/v1/@connections/${connectionId}` })).toBe(200);
  expect(received).toEqual(['reply', 'reply']);
  expect(access.denials).toEqual([]);
});

test('a connection can be looked at and ended', () => {
  const { request } = endpointFor(everything);

  expect(request({ method: 'GET' })).toBe(200);
  expect(request({ method: 'DELETE' })).toBe(204);
  expect(request()).toBe('410 GoneException');
});

test('what is too large is refused', () => {
  const { request, received } = endpointFor(everything);

  expect(request({ body: Buffer.alloc(128 * 1024 + 1) })).toBe('413 PayloadTooLargeException');
  expect(received).toEqual([]);
});

test.each([
  ['v1/POST/@connections/*', 'DELETE'],
  ['v1/GET/@connections/*', 'POST'],
  ['v2/*/@connections/*', 'POST'],
  ['v1/POST/@connections/another', 'POST'],
])('a grant for %s does not reach to %s on a client’s connection', (pattern, method) => {
  const { request, received, access, connectionId } = endpointFor(pattern);

  expect(request({ method })).toBe('403 AccessDeniedException');
  expect(received).toEqual([]);
  expect(access.denials).toMatchObject([
    {
      actor: roleArn('replier'),
      action: 'execute-api:ManageConnections',
      resource: expect.stringMatching(`/v1/${method}/@connections/${connectionId}$`),
      place: 'dev: aws_iam_role_policy.replier',
    },
  ]);
});

test('who may not is not told whether the client is there', () => {
  const { request } = endpointFor('v2/*');

  expect(request({ path: '/v1/@connections/L0SM9cOFvHcCIhw%3D' })).toBe('403 AccessDeniedException');
});

test('the refusal is in AWS’s words', () => {
  const { answer, credentials, session, connectionId } = endpointFor('v2/*');
  const { body } = answer({
    protocol: 'https',
    method: 'POST',
    host: '',
    path: `/v1/@connections/${connectionId}`,
    headers: signed(credentials.issue(session), here),
    body: Buffer.from(''),
  });

  expect(JSON.parse(body.toString()).message).toMatch(
    /^User: arn:aws:sts::111122223333:assumed-role\/replier\/s is not authorized to perform: execute-api:Manage/,
  );
});

test.each([
  ['/v2/@connections/L0SM9cOFvHcCIhw%3D'],
  ['/@connections/L0SM9cOFvHcCIhw%3D'],
  ['/v1/@connections/'],
  ['/v1/@connections/a/b'],
  ['/v1'],
  ['/'],
])('%s is nothing of the stage', (path) => {
  expect(endpointFor(everything).request({ path })).toBe('403 ForbiddenException');
});

test('a request without a signature, or with one for another service or region, is refused', () => {
  const { request, credentials, session, received } = endpointFor(everything);
  const own = credentials.issue(session);

  expect(request({ headers: new Map() })).toBe('403 MissingAuthenticationTokenException');
  expect(request({ headers: signed(own, { ...here, service: 'lambda' }) })).toBe(
    '403 InvalidSignatureException',
  );
  expect(request({ headers: signed(own, { ...here, region: 'eu-west-1' }) })).toBe(
    '403 InvalidSignatureException',
  );
  expect(request({ headers: signed({ ...own, sessionToken: 'other' }, here) })).toBe(
    '403 UnrecognizedClientException',
  );
  expect(received).toEqual([]);
});

test('what is no percent-encoding is not simulated', () => {
  const { request } = endpointFor(everything);

  expect(() => request({ path: '/v1/@connections/100%' })).toThrow(
    'dev: aws_apigatewayv2_api.api: a path with 100%, which is not percent-encoded text, is not simulated',
  );
});

test('an API’s host is in its region and partition', () => {
  expect(executeApiHost('abc', at)).toBe('abc.execute-api.eu-central-1.amazonaws.com');
  expect(executeApiHost('abc', { partition: 'aws-cn', region: 'cn-north-1' })).toBe(
    'abc.execute-api.cn-north-1.amazonaws.com.cn',
  );
});
