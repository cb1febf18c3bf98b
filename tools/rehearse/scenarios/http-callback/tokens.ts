import { scenario } from '../scenario';
import { bodiesOf, claimsFor, isAccepted, post, validToken } from './callers';

export const tokens = scenario<'http-callback'>({
  id: 'http-callback/tokens',
  kind: 'http-callback',
  title: 'without a valid token for this API a caller gets 401, without a scope 403, and nothing is queued',
  applies: ({ route }) => route.authorizer !== undefined,
  async run(stage) {
    const { check, flow, world } = stage;
    const { authorizer, scopes } = flow.route;
    if (!authorizer) return 'not played';
    const now = Math.floor(world.clock.now() / 1000);
    const issuer = world.issuer(authorizer.issuer);
    const claims = { iat: now - 60, exp: now + 60, ...claimsFor(flow) };
    const [head, payload = '', signature] = validToken(flow, world).split('.');
    const changed = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'someone else' }),
    ).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none","kid":"rehearsal"}').toString('base64url');
    const refused: readonly (readonly [what: string, status: number, header: string])[] = [
      ['no token', 401, ''],
      ['no JWT', 401, 'Bearer hello'],
      ['a user name and a password', 401, 'Basic dXNlcjpwYXNz'],
      ['a token that has expired', 401, `Bearer ${issuer.token({ ...claims, exp: now - 1 })}`],
      ['a token without an end', 401, `Bearer ${issuer.token({ ...claims, exp: undefined })}`],
      ['a token of later', 401, `Bearer ${issuer.token({ ...claims, nbf: now + 60 })}`],
      ['a token for another audience', 401, `Bearer ${issuer.token({ ...claims, aud: 'another' })}`],
      ['a token for no audience', 401, `Bearer ${issuer.token({ ...claims, aud: undefined })}`],
      [
        'a token of another issuer',
        401,
        `Bearer ${issuer.token({ ...claims, iss: 'https://other.example.com' })}`,
      ],
      ['a token that another key signed', 401, `Bearer ${issuer.token(claims, { ofAnother: true })}`],
      ['a token that was changed', 401, `Bearer ${head}.${changed}.${signature}`],
      ['a token that nobody signed', 401, `Bearer ${unsigned}.${payload}.`],
      ...(scopes.length > 0
        ? [
            [
              'a token without the scope',
              403,
              `Bearer ${issuer.token({ ...claims, scope: 'other' })}`,
            ] as const,
          ]
        : []),
    ];
    const [body = ''] = bodiesOf(flow, 1);
    for (const [what, status, header] of refused) {
      const answer = post(stage, { body, headers: [[authorizer.header, header]] });
      check(`${what} gets ${status}`, answer.status === status, `${answer.status} ${answer.body}`);
      check(`${what}: SQS is not asked`, answer.sqs === undefined, answer.sqs?.body);
    }
    check('nothing is queued', world.account(flow.queueArn).accepted === 0);
    const bare = post(stage, { body, headers: [[authorizer.header, validToken(flow, world)]] });
    check('a valid token is let in, with or without Bearer', isAccepted(bare), `${bare.status} ${bare.body}`);
    return `${refused.length} callers refused; a valid token of ${authorizer.issuer} let in`;
  },
});
