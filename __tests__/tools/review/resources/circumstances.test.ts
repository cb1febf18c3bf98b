import { describe, expect, it } from 'vitest';
import type { Change, ReviewedStack } from '../../../../tools/review/change';
import { lockedVersions } from '../../../../tools/review/resources/circumstances/locked-versions';
import { resourcesReview } from '../../../../tools/review/resources/resources-review';
import { changeOf, dev, edited, prod } from './versions';

const reviewed = (change: Change) => {
  const { concerns, notices, changes } = resourcesReview(change);
  return { concerns: concerns.map(({ text }) => text), notices, changes };
};

/** Every stack of dev, with something else in the new version. */
function everywhere(edit: (stack: ReviewedStack) => ReviewedStack): Change {
  const change = changeOf(dev, dev);
  return { ...change, head: { ...change.head, stacks: change.head.stacks.map(edit) } };
}

const withLock = (from: string, to: string): Change =>
  everywhere((stack) => ({ ...stack, lock: stack.lock?.replace(`"${from}"`, `"${to}"`) }));

const lock = changeOf(dev, dev).head.stacks[0]?.lock ?? '';
const locked = lockedVersions(lock).get('hashicorp/aws') ?? '';
const [major = '', minor = ''] = locked.split('.');

describe('what changes around the resources', () => {
  it('is told once: other default tags, with the number of resources that bear them', () => {
    const { notices, changes, concerns } = reviewed(
      changeOf(prod, { ...prod, tags: { 'cost-center': 'platform' } }),
    );
    expect(notices).toEqual([
      'changes the tags cost-center messaging → platform on all 43 resources that bear tags in all 3 stacks',
    ]);
    expect(changes).toEqual([]);
    expect(concerns).toEqual([]);
  });

  it('another region: all is made anew there, but what has no region, and what is in the old one stays', () => {
    const { concerns, changes } = reviewed(changeOf(dev, { ...dev, region: 'us-east-1' }));
    expect(concerns).toEqual([
      'makes everything anew in us-east-1 instead of ap-northeast-2 in all 3 stacks: what is in ap-northeast-2 stays there, with the messages in its queues, billed and no longer managed, unless it is destroyed from the version before',
    ]);
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['add', 'change']));
    expect(
      changes.filter(({ action }) => action === 'change').every(({ type }) => type.startsWith('aws_iam_')),
    ).toBe(true);
    expect(changes.filter(({ type, action }) => type === 'aws_iam_role' && action === 'add')).toEqual([]);
  });

  it('another account: all is made anew there', () => {
    const { concerns, changes, notices } = reviewed(changeOf(dev, { ...dev, accountId: '999900001111' }));
    expect(concerns[0]).toMatch(
      /^makes everything anew in account 999900001111 \(ap-northeast-2\) instead of account 111122223333/,
    );
    expect(concerns).toHaveLength(1);
    expect(notices.filter((text) => !text.includes('outputs'))).toEqual([]);
    expect(changes.every(({ action }) => action === 'add')).toBe(true);
    expect(changes.some(({ type }) => type === 'aws_iam_role')).toBe(true);
  });

  it('another version of the provider is a notice, another major version a concern', () => {
    const next = `${major}.${Number(minor) + 1}.0`;
    expect(reviewed(withLock(locked, next))).toEqual({
      concerns: [],
      changes: [],
      notices: [`takes the provider hashicorp/aws ${locked} → ${next} in all 3 stacks`],
    });
    const { concerns, notices } = reviewed(withLock(locked, `${Number(major) + 1}.0.0`));
    expect(notices).toEqual([]);
    expect(concerns).toEqual([expect.stringContaining('another major version')]);
  });

  it('other constraints of provider and Terraform', () => {
    const change = edited(dev, 'dev-websocket-reply', ({ terraform }) => {
      Object.assign(terraform, { required_version: '>= 1.9.0' });
      Object.assign(terraform.required_providers.aws ?? {}, { version: '>= 6.0.0' });
    });
    expect(reviewed(change).notices).toEqual([
      'allows other versions of the provider hashicorp/aws: >= 5.100.0, < 7.0.0 → >= 6.0.0 in dev-websocket-reply',
      'needs another version of Terraform: >= 1.5.0 → >= 1.9.0 in dev-websocket-reply',
    ]);
  });

  it('another place of the state: it has to be moved', () => {
    const { concerns } = reviewed(
      changeOf(dev, { ...dev, state: { kind: 's3', bucket: 'states', region: 'us-east-1' } }),
    );
    expect(concerns).toEqual([
      'keeps the state elsewhere (a local file → s3 bucket states) in all 3 stacks: it has to be moved with terraform init -migrate-state before the next run, else Terraform knows of nothing and plans everything anew',
    ]);
  });

  it('outputs and variables', () => {
    const change = edited(dev, 'dev-websocket-reply', (configuration) => {
      const { queue_arn: _, ...outputs } = configuration.output ?? {};
      configuration.output = { ...outputs, more: { value: 1 }, queue_url: { value: 'another' } };
      configuration.variable = { token: { type: 'string' }, size: { default: 1 } };
    });
    expect(reviewed(change)).toEqual({
      changes: [],
      concerns: [
        'no longer gives the output queue_arn in dev-websocket-reply: whatever reads it breaks',
        'needs a value of the new variable token in dev-websocket-reply: a run without one stops',
      ],
      notices: [
        'gives the new output more in dev-websocket-reply',
        'gives other values as the output queue_url in dev-websocket-reply',
      ],
    });
  });

  it('other settings of the provider', () => {
    const change = edited(dev, 'dev-websocket-reply', ({ provider }) => {
      Object.assign(provider.aws?.[0] ?? {}, { max_retries: 3, allowed_account_ids: ['111122223333', '1'] });
    });
    expect(reviewed(change)).toEqual({
      changes: [],
      concerns: [],
      notices: [
        'configures the provider otherwise: allowed_account_ids 111122223333 → 1, 111122223333 in dev-websocket-reply',
        'configures the provider otherwise: max_retries (none) → 3 in dev-websocket-reply',
      ],
    });
  });

  it('a new stack is a notice, one that is gone a concern: nothing destroys it', () => {
    const { websocketReply: _, ...without } = dev;
    expect(reviewed(changeOf(without, dev))).toMatchObject({
      concerns: [],
      notices: ['adds the stack dev-websocket-reply (24 resources)'],
    });
    expect(reviewed(changeOf(dev, without))).toEqual({
      changes: [],
      notices: [],
      concerns: [
        'leaves out the stack dev-websocket-reply (24 resources): what is deployed stays and is billed, since nothing destroys a stack that is not in the code; run npx cdktf destroy dev-websocket-reply on main (1111111) first',
      ],
    });
  });
});

describe('a lock file', () => {
  it('names the version of each provider', () => {
    const text = `# made by Terraform\n\nprovider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.100.0"\n  constraints = ">= 5.100.0, < 7.0.0"\n  hashes = [\n    "h1:abc=",\n  ]\n}\n\nprovider "example.com/a/b" {\n  version = "1.2.3"\n}\n`;
    expect([...lockedVersions(text)]).toEqual([
      ['hashicorp/aws', '5.100.0'],
      ['example.com/a/b', '1.2.3'],
    ]);
    expect([...lockedVersions(undefined)]).toEqual([]);
  });
});
