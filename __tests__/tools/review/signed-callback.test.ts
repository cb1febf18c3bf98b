import fs from 'node:fs';
import { expect, test } from 'vitest';
import { permissionsReview } from '../../../tools/review/permissions/permissions-review';
import { pictureReview } from '../../../tools/review/picture/picture-review';
import { rules } from '../../../tools/review/rules/pack';
import { rulesReview } from '../../../tools/review/rules/rules-review';
import { readWaivers } from '../../../tools/review/rules/waivers';
import { exampleCallback, exampleEnvironment } from '../../stacks/example-environment';
import { versionOf } from './change-of';
import { resourceChange } from './picture/resource-change-of';
import { arrowLines } from './picture/told';

const secretArn = 'arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:orders-a1B2c3';
const version = (callback: object) =>
  versionOf('a version', [
    { ...exampleEnvironment, callbackReceiver: { callbacks: [{ ...exampleCallback, ...callback }] } },
  ]);
const plain = version({});
const signed = version({ authorization: { kind: 'hmac', secretArn } });
const unsigning = { base: signed, head: plain, plans: new Map() };

test('a signature that is no longer asked for is for someone to decide', () => {
  const texts = permissionsReview(unsigning).concerns.map(
    ({ level, text }) => `${level} ${JSON.stringify(text)}`,
  );

  expect(texts.join('\n')).toMatch(/attention .*opens .*authorization NONE instead of CUSTOM/);
});

test('the secret that the function may read is named', () => {
  const { concerns } = permissionsReview({ base: plain, head: signed });

  expect(JSON.stringify(concerns)).toContain('secretsmanager:GetSecretValue');
});

test('a callback with a signature keeps every rule that one without it keeps', () => {
  const waivers = readWaivers(
    fs.readFileSync('waivers.json', 'utf8'),
    rules.map(({ id }) => id),
  );
  const { violations } = rulesReview(
    { base: signed, head: signed, plans: new Map() },
    { base: waivers, head: waivers },
    new Date('2026-11-21T00:00:00Z'),
  );

  expect(violations).toEqual([]);
});

test('the picture has the authorizer at its route', () => {
  const [picture] = pictureReview(unsigning, [
    resourceChange('test-callback-receiver/aws_api_gateway_method.api_orders_route_method'),
  ]).pictures;

  expect(picture && arrowLines(picture)).toContainEqual(expect.stringContaining('test-orders-authorizer'));
});
