import { describe, expect, it } from 'vitest';
import type {
  Environment,
  HttpCallbackReceiverSettings,
  HttpCallbackSettings,
} from '../../../environments/environment';
import { permissionsReview } from '../../../tools/review/permissions/permissions-review';
import { pictureReview } from '../../../tools/review/picture/picture-review';
import { resourcesReview } from '../../../tools/review/resources/resources-review';
import { rulesReview } from '../../../tools/review/rules/rules-review';
import { noWaivers } from '../../../tools/review/rules/waivers';
import { reviewOf as behaviourOf, told } from './behaviour/behaviour-subjects';
import { changeOf } from './change-of';
import { arrowLines, partLine } from './picture/told';

const jwt = { issuer: 'https://login.example.com', audience: ['gateway'] };
const open: HttpCallbackSettings = { name: 'open', path: '/open' };
const signed: HttpCallbackSettings = { name: 'signed', path: '/signed', jwt };

const environment = (settings: Partial<HttpCallbackReceiverSettings>): Environment => ({
  name: 'dev',
  accountId: '111122223333',
  region: 'ap-northeast-2',
  state: { kind: 'local' },
  httpCallbackReceiver: { callbacks: [signed], ...settings },
});

const base = environment({});
const api = 'API dev-http-callback-receiver';

describe('callers and consumers of an HTTP API notice', () => {
  it.each<[string, Partial<HttpCallbackReceiverSettings>, readonly string[]]>([
    ['nothing where nothing changes', {}, []],
    [
      'a new route',
      { callbacks: [signed, open] },
      ['info, callers, POST /v1/open of dev: is new: what is posted goes to queue dev-open'],
    ],
    [
      'another audience',
      { callbacks: [{ ...signed, jwt: { ...jwt, audience: ['other'] } }] },
      [
        'attention, callers, POST /v1/signed of dev: authorization is JWT of https://login.example.com for other, scopes any, was JWT of https://login.example.com for gateway, scopes any: requests without it are refused from now on',
      ],
    ],
    [
      'another stage',
      { stageName: 'v2' },
      [
        `attention, callers, ${api}: callers post to /v2, no longer to /v1: those with the old address get 404`,
      ],
    ],
    [
      'a route that moves',
      { callbacks: [{ ...signed, path: '/other' }] },
      [
        'attention, callers, POST /v1/signed of dev: is gone: callers get 404',
        'info, callers, POST /v1/other of dev: is new: what is posted goes to queue dev-signed',
      ],
    ],
  ])('%s', async (_what, settings, notices) => {
    expect(told(await behaviourOf([base], [environment(settings)]))).toEqual(notices);
  });

  it('pages and limits', async () => {
    const review = await behaviourOf(
      [base],
      [
        environment({
          cors: { allowOrigins: ['https://shop.example.com'] },
          throttling: { rateLimit: 5, burstLimit: 200 },
        }),
      ],
    );
    expect(review.settings.map(({ setting, before, after }) => [setting, before, after])).toEqual([
      [
        'pages that may post (CORS)',
        'none',
        'origins https://shop.example.com; headers authorization, content-type; kept for 300 s',
      ],
      ['rate limit', '100 requests a second', '5 requests a second'],
    ]);
  });
});

describe('the review of a route that asks for no token any more', () => {
  const change = changeOf([base], [environment({ callbacks: [{ name: 'signed', path: '/signed' }] })]);

  it('tells that it is open to everyone', () => {
    expect(permissionsReview(change).exposure).toMatchObject([
      {
        what: ['POST /signed of API dev-http-callback-receiver'],
        opened: ['everyone, with authorization NONE'],
        isNew: false,
      },
    ]);
  });

  it('breaks the rule that someone is asked who calls', () => {
    const { violations } = rulesReview(change, { base: noWaivers, head: noWaivers }, new Date());
    expect(violations.map(({ rule }) => rule)).toEqual(['route-authorization']);
  });

  it('shows who may call in the picture', () => {
    const [picture] = pictureReview(change, resourcesReview(change).changes).pictures;
    expect(picture?.parts.filter(({ kind }) => kind === 'callers').map(partLine)).toEqual([
      'changed callers (callers) + anyone − whoever has a token of https://login.example.com',
    ]);
    expect(picture && arrowLines(picture)).toContain('POST /v1/signed -> dev-signed');
  });
});

it('a receiver whose callbacks all ask for a token breaks no rule', () => {
  const { violations } = rulesReview(changeOf([], [base]), { base: noWaivers, head: noWaivers }, new Date());
  expect(violations).toEqual([]);
});
