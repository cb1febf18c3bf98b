import { expect, test } from 'vitest';
import type { NetworkFault, NetworkResponse } from '../../../../tools/rehearse/simulation/network';
import { wantedCallback } from '../../../../tools/rehearse/world/wanted-callback';
import { allow, type Resources, role, roleArn, together } from '../world/example-stacks';
import { signed, systemWith, worldOf } from '../world/example-world';

const region = 'eu-central-1';
const secretArn = `arn:aws:secretsmanager:${region}:111122223333:secret:gateway/one-a1B2c3`;
const keyArn = `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const viaSecretsManager = {
  Condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
};

const mayRead = allow('secretsmanager:GetSecretValue', secretArn);
const mayDecrypt = allow('kms:Decrypt', keyArn, viaSecretsManager);

/** A world with a secret that a role may read as far as the statements say. */
function worldWith(grants: readonly object[], { encrypted = false } = {}) {
  const authorization = { kind: 'hmac', secretArn, ...(encrypted && { keyArn }) } as const;
  const resources: Resources = together(role('reader', 'lambda.amazonaws.com', grants as never));
  const system = systemWith(resources, {
    callbacks: [
      wantedCallback('test', { name: 'one', path: '/one', allowList: [], schema: {}, authorization }),
    ],
  });
  const { world, clock } = worldOf(system);
  const session = world.access.assumeRole('lambda.amazonaws.com', {
    roleArn: roleArn('reader'),
    sessionName: 'reader',
    context: {},
  });
  if (!session) throw new Error('the role cannot be assumed');
  const headers = signed(world.credentials.issue(session), {
    service: 'secretsmanager',
    region: system.region,
  });
  const ask = async (asked: object, target = 'secretsmanager.GetSecretValue', others = headers) => {
    const answered = new Promise<NetworkResponse | NetworkFault>((resolve) => {
      world.network(
        {
          protocol: 'https',
          method: 'POST',
          host: `secretsmanager.${system.region}.amazonaws.com`,
          path: '/',
          headers: new Map([...others, ['x-amz-target', target]]),
          body: Buffer.from(JSON.stringify(asked)),
        },
        resolve,
      );
    });
    const answer = await clock.settle(answered);
    if (typeof answer === 'string') return answer;
    return { status: answer.status, ...JSON.parse(answer.body.toString()) };
  };
  return { world, ask };
}

test('a secret’s versions are read by their labels', async () => {
  const { world, ask } = worldWith([mayRead]);
  const first = world.secrets.version(secretArn, 'AWSCURRENT')?.text;
  const gone = await ask({ SecretId: secretArn, VersionStage: 'AWSPREVIOUS' });
  world.secrets.rotate(secretArn);
  const current = await ask({ SecretId: secretArn });
  const previous = await ask({ SecretId: secretArn, VersionStage: 'AWSPREVIOUS' });

  expect(gone).toMatchObject({ status: 400, __type: 'ResourceNotFoundException' });
  expect(current).toMatchObject({ status: 200, Name: 'gateway/one', VersionStages: ['AWSCURRENT'] });
  expect(previous).toMatchObject({ status: 200, SecretString: first });
  expect(current.SecretString).not.toBe(first);
  expect(first?.length).toBeGreaterThanOrEqual(32);
});

test('who may not read it, or not use its key, is refused', async () => {
  const other = worldWith([]);
  const withoutKey = worldWith([mayRead], { encrypted: true });
  const asked = { SecretId: secretArn };

  expect(await other.ask(asked)).toMatchObject({ status: 400, __type: 'AccessDeniedException' });
  expect(other.world.access.denials).toMatchObject([{ action: 'secretsmanager:GetSecretValue' }]);
  expect(await withoutKey.ask(asked)).toMatchObject({ Message: 'Access to KMS is not allowed' });
  expect(withoutKey.world.access.denials).toMatchObject([{ action: 'kms:Decrypt', resource: keyArn }]);
  expect(await worldWith([mayRead, mayDecrypt], { encrypted: true }).ask(asked)).toMatchObject({
    status: 200,
  });
});

test('a secret that is none of the environment’s is not there, and who has not signed is not asked', async () => {
  const everything = allow('secretsmanager:GetSecretValue', '*');
  const { ask } = worldWith([everything]);

  expect(await ask({ SecretId: `${secretArn}x` })).toMatchObject({ __type: 'ResourceNotFoundException' });
  expect(await ask({ SecretId: secretArn }, undefined, new Map())).toMatchObject({
    __type: 'MissingAuthenticationTokenException',
  });
});

test('what is not simulated is an error', async () => {
  const { ask } = worldWith([mayRead]);

  await expect(ask({}, 'secretsmanager.PutSecretValue')).rejects.toThrow(
    'the action secretsmanager.PutSecretValue',
  );
  await expect(ask({ SecretId: secretArn, VersionId: 'v' })).rejects.toThrow('the parameter VersionId');
  await expect(ask({ SecretId: 'gateway/one' })).rejects.toThrow('the secret gateway/one without its ARN');
});
