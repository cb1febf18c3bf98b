import { expect, test } from 'vitest';
import { decide, isWithin } from '../../../tools/rehearse/api-gateway/resource-policy';

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
    JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    { resource: method, sourceIp },
    'the API',
  );

test.each([
  ['203.0.113.0', true],
  ['203.0.113.255', true],
  ['203.0.112.255', false],
  ['2001:db8:7:1::1', true],
  ['2001:db8:8::1', false],
])('with a list that is allowed and all else denied, %s calls: %j', (address, allowed) => {
  expect(decideWith(address, statement(), notListed)).toEqual({
    allowed,
    sid: allowed ? 'Listed' : 'NotListed',
  });
});

test('who is neither allowed nor denied does not get in', () => {
  expect(decideWith('192.0.2.1', statement())).toEqual({ allowed: false });
});

test('a deny wins over an allow, in either order', () => {
  const everyone = statement({ Sid: 'Everyone', Condition: undefined });

  expect(decideWith('192.0.2.1', everyone, notListed)).toEqual({ allowed: false, sid: 'NotListed' });
  expect(decideWith('192.0.2.1', notListed, everyone)).toEqual({ allowed: false, sid: 'NotListed' });
  expect(decideWith('192.0.2.1', everyone)).toEqual({ allowed: true, sid: 'Everyone' });
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
  [{ Principal: { AWS: '111122223333' } }, 'the principal {"AWS":"111122223333"}'],
  [{ Condition: { StringEquals: { 'aws:SourceIp': '1.2.3.4' } } }, 'the condition operator StringEquals'],
  [{ Condition: { IpAddress: { 'aws:VpcSourceIp': '1.2.3.4' } } }, 'the condition key aws:VpcSourceIp'],
  [{ NotAction: 'execute-api:Invoke' }, '"NotAction"'],
])('a statement with %j is refused by name, though it is not decisive', (changes, named) => {
  expect(() => decideWith('192.0.2.1', statement(changes), notListed)).toThrow(
    `the API: statement Listed: ${named} is not simulated`,
  );
});

test('an IPv4 address is in no block of IPv6', () => {
  expect(isWithin('203.0.113.1', '::/0')).toBe(false);
  expect(isWithin('::1', '0.0.0.0/0')).toBe(false);
});
