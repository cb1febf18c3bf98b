import type { CallbackFlow } from '../../world/flows';
import type { WantedSignature } from '../../world/wanted-callback';
import type { Stage } from '../scenario';
import { scenario } from '../scenario';
import { bodiesOf, isAccepted, post } from './callers';
import { type Signing, signatureOf } from './signing';

const minute = 60_000;

export const signature = scenario<'callback'>({
  id: 'callback/signature',
  kind: 'callback',
  title:
    'a request is let in with its own signature alone: no other, no old one, none of another path or body',
  applies: ({ signature }) => signature !== undefined,
  async run(stage) {
    const { check, flow, pass, world } = stage;
    const { secretArn, toleranceSeconds } = flow.signature as WantedSignature;
    const [body = '', ...others] = await bodiesOf(flow, 5);
    const now = () => Math.floor(world.clock.now() / 1000);

    const signed = signatureOf(stage, { body });
    const first = await post(stage, { body, headers: signed });
    check('the right signature: 2xx', isAccepted(first), `${first.status} ${first.body}`);
    checkDigest(stage, first.sqs?.sent?.message.attributes, signed);

    for (const [header] of signed) {
      const { status, sqs } = await post(stage, { body, headers: [[header, '']] });
      check(`without ${header}: 401`, status === 401 && sqs === undefined, `${status}`);
    }
    const wrong: Readonly<Record<string, Signing>> = {
      'another secret': { body, secret: 'x'.repeat(40) },
      'a time that is too old': { body, timestamp: now() - toleranceSeconds - 60 },
      'a time that is too far ahead': { body, timestamp: now() + toleranceSeconds + 60 },
      'another path': { body, path: `${flow.method.path}/more` },
    };
    for (const [what, signing] of Object.entries(wrong)) await refused(stage, what, signing);
    await refused(stage, 'the digest of another body than was signed', { body }, [
      ['X-Body-Sha256', '0'.repeat(64)],
    ]);
    await refused(stage, 'no hexadecimal signature', { body }, [['X-Signature', `'; ${'é'.repeat(61)}`]]);

    await pass((toleranceSeconds + 1) * 1000);
    await refused(stage, 'what passed before, once its time is over', { body }, signed);

    const previous = world.secrets.version(secretArn, 'AWSCURRENT')?.text ?? '';
    world.secrets.rotate(secretArn);
    const [byCurrent = '', byPrevious = '', byOld = ''] = others;
    await accepted(stage, 'the new secret, right after it was rotated', { body: byCurrent });
    await accepted(stage, 'the secret before', { body: byPrevious, secret: previous });
    world.secrets.rotate(secretArn);
    await pass(10 * minute);
    await refused(stage, 'a secret that two others came after', { body: byOld, secret: previous });
    const { accepted: queued } = world.account(flow.queueArn);
    check('what was let in is queued, and nothing else', queued === 3, `${queued} messages`);
    return '3 signed requests queued; those without a header got 401, all others 403';
  },
});

async function accepted(stage: Stage<CallbackFlow>, what: string, signing: Signing): Promise<void> {
  const answer = await post(stage, { body: signing.body, headers: signatureOf(stage, signing) });
  stage.check(`${what}: 2xx`, isAccepted(answer), `${answer.status} ${answer.body}`);
}

async function refused(
  stage: Stage<CallbackFlow>,
  what: string,
  signing: Signing,
  instead: readonly (readonly [string, string])[] = [],
): Promise<void> {
  const headers = [...signatureOf(stage, signing), ...instead];
  const { status, body, sqs } = await post(stage, { body: signing.body, headers });
  stage.check(`${what}: 403`, status === 403 && sqs === undefined, `${status} ${body}`);
}

function checkDigest(
  { check }: Stage<CallbackFlow>,
  attributes: readonly { readonly name: string; readonly value: string }[] = [],
  signed: readonly (readonly [string, string])[],
): void {
  const value = attributes.find(({ name }) => name === 'bodySha256')?.value;
  const digest = signed.find(([header]) => header === 'X-Body-Sha256')?.[1];
  check('the digest that was signed travels as bodySha256', value === digest, value);
}
