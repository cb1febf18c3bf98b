import { expect, test } from 'vitest';
import { parsePolicy } from '../../../tools/iam/policy';
import { decide } from '../../../tools/rehearse/api-gateway/resource-policy';

const method = 'arn:aws:execute-api:eu-central-1:111122223333:abc/v1/POST/results';

const statement = (changes: object = {}) => ({
  Sid: 'Listed',
  Effect: 'Allow',
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: 'arn:aws:execute-api:eu-central-1:111122223333:abc/v1/*/*',
  Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8:7::/48'] } },
  ...changes,
});
const notListed = statement({
  Sid: 'NotListed',
  Effect: 'Deny',
  Condition: { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8:7::/48'] } },
});

const decideWith = (sourceIp: string, ...statements: object[]) =>
  decide(
    parsePolicy({
      address: 'the API',
      json: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    }),
    { resource: method, sourceIp },
  );

test.each([
  ['203.0.113.0', true],
  ['203.0.113.255', true],
  ['203.0.112.255', false],
  ['2001:db8:7:1::1', true],
  ['2001:db8:8::1', false],
])('with a list that is allowed and all else denied, %s calls: %j', (address, allowed) => {
  expect(decideWith(address, statement(), notListed)).toMatchObject({
    allowed,
    sid: allowed ? 'Listed' : 'NotListed',
  });
});

const refusal = `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${method}`;

test('who is neither allowed nor denied does not get in', () => {
  expect(decideWith('192.0.2.1', statement())).toEqual({
    allowed: false,
    explicit: false,
    message: `${refusal} because no resource-based policy allows the execute-api:Invoke action`,
  });
});

test('a deny wins over an allow, in either order', () => {
  const everyone = statement({ Sid: 'Everyone', Condition: undefined });
  const denied = {
    allowed: false,
    explicit: true,
    sid: 'NotListed',
    message: `${refusal} with an explicit deny in a resource-based policy`,
  };

  expect(decideWith('192.0.2.1', everyone, notListed)).toEqual(denied);
  expect(decideWith('192.0.2.1', notListed, everyone)).toEqual(denied);
  expect(decideWith('192.0.2.1', everyone)).toEqual({
    allowed: true,
    explicit: false,
    sid: 'Everyone',
  });
});

test.each([
  [{ Resource: `${method}s` }, false],
  [{ Resource: [`${method}s`, method] }, true],
  [{ Resource: 'arn:aws:execute-api:eu-central-1:111122223333:abc/v1/GET/*' }, false],
  [{ Resource: 'arn:aws:execute-api:eu-central-1:111122223333:abd/*' }, false],
  [{ Resource: 'arn:aws:execute-api:*:abc/v?/POST/results' }, true],
  [{ Action: 'execute-api:*' }, true],
  [{ Action: ['execute-api:ManageConnections'] }, false],
  [{ Principal: { AWS: '*' } }, true],
  [{ Condition: { IpAddress: { 'AWS:sourceip': '203.0.113.9' } } }, true],
  [{ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.8' } } }, false],
  // Conditions hold together.
  [
    {
      Condition: {
        IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
        NotIpAddress: { 'aws:SourceIp': '203.0.113.9/32' },
      },
    },
    false,
  ],
])('an allow with %j lets the method be called: %j', (changes, allowed) => {
  expect(decideWith('203.0.113.9', statement(changes)).allowed).toBe(allowed);
});

test.each([
  [{ Principal: { AWS: '111122223333' } }, false],
  [{ Principal: { Service: 'apigateway.amazonaws.com' } }, false],
  [{ Action: undefined, NotAction: 'execute-api:Invoke' }, false],
  [{ Action: undefined, NotAction: 'execute-api:ManageConnections' }, true],
  [{ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, true],
])('an unsigned request and an allow with %j: %j', (changes, allowed) => {
  expect(decideWith('203.0.113.9', statement(changes)).allowed).toBe(allowed);
});

test.each([
  [{ Principal: { Federated: 'www.amazon.com' } }, 'the principal {"Federated":"www.amazon.com"}'],
  [
    { Condition: { StringEquals: { 'aws:SourceIp': '1.2.3.4' } } },
    'the condition operator StringEquals on aws:SourceIp',
  ],
  [{ Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }, 'the condition key aws:SourceVpc'],
  [{ Priority: 1 }, 'the element "Priority"'],
])('a statement with %j is refused by name, though it is not decisive', (changes, named) => {
  expect(() => decideWith('192.0.2.1', statement(changes), notListed)).toThrow(
    `the API: statement Listed: ${named} is not simulated`,
  );
});
