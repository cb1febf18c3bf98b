import fs from 'node:fs';
import { Testing } from 'cdktf';
import { describe, expect, test } from 'vitest';
import { faultsOf } from '../../environments/checks';
import type { Environment } from '../../environments/environment';
import { addStacks } from '../../stacks/environment-stacks';
import type { ReadableStack } from '../../synthesis/readable-stack';
import { tables } from '../docs/tables';
import { everything } from '../fixtures/everything';
import { type Configuration, synthesized } from '../support/synthesized';
import { apis } from './options/apis';
import { callers } from './options/callers';
import { isOn } from './options/is-on';
import { namesAndDomains } from './options/names-and-domains';
import { operations } from './options/operations';
import { payloadsAndQueues } from './options/payloads-and-queues';
import { subscribers } from './options/subscribers';

const options = {
  ...namesAndDomains,
  ...callers,
  ...payloadsAndQueues,
  ...apis,
  ...subscribers,
  ...operations,
};

/** What cannot be on beside the others, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  alarmTopicArn: 'the environment makes the topic itself',
  'callbackReceiver.privateEndpoint': 'a private API has no regional domain',
  'state: hcp-terraform': 'state is in one place, here S3',
  'deploymentRoles.hcpTerraform': 'it deploys where the state is in HCP Terraform',
  'websocketReply.queue: standard': 'an API has one queue, here a FIFO one',
};

/** What `state`, `deploymentRoles`, `thresholds`, `mutualTls`, queues, HMAC and CORS take beside what they need. */
const partsOfOptions: readonly string[] = [
  'project',
  'hostname',
  'keyPrefix',
  'branch',
  'oidcProvider',
  'oldestMessageMinutes',
  'serverErrorPercent',
  'clientErrorPercent',
  'integrationLatencyMilliseconds',
  'throttledRequests',
  'pipeStoppedMinutes',
  'truststoreVersion',
  'keyArn',
  'toleranceSeconds',
  'messageDeduplicationId',
  'messageGroupId',
  'allowHeaders',
  'maxAgeSeconds',
];

/** The rows of the README's tables of options. */
const rows = tables(fs.readFileSync('README.md', 'utf8'))
  .filter(([row = {}]) => Object.keys(row).join() === 'setting,what it does,default')
  .flat();
const settingsOf = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, setting = '']) => setting);
const inTheTables = rows.flatMap(({ setting }) => settingsOf(setting));

/** One stack of an environment, which has nothing of it where it has no such stack. */
function stackOf(environment: Environment, variant: string): Configuration {
  const known = `${variant} of ${JSON.stringify(environment)}`;
  const before = stacks.get(known);
  if (before) return before;
  const app = Testing.app();
  addStacks(app, environment);
  const stack = app.node.tryFindChild(`${environment.name}-${variant}`);
  const configuration = stack ? synthesized(stack as ReadableStack) : nothing;
  stacks.set(known, configuration);
  return configuration;
}
const stacks = new Map<string, Configuration>();
const nothing: Configuration = { resource: {}, data: {}, output: {}, variable: {} };

describe('an option', () => {
  test.each(Object.entries(options))('%s', (setting, { off, on, stack, seen, ...expected }) => {
    expect([isOn(off, setting), isOn(on, setting)]).toEqual([false, true]);
    expect(faultsOf([off])).toEqual([]);
    expect(faultsOf([on])).toEqual([]);
    expect(seen(stackOf(off, stack))).toEqual(expected.without);
    expect(seen(stackOf(on, stack))).toEqual(expected.with);
    expect(expected.with).not.toEqual(expected.without);
  });
});

describe('the tables of options in the README', () => {
  test('have each option that is tested, once, and no other', () => {
    expect(inTheTables.toSorted()).toEqual(Object.keys(options).toSorted());
  });

  test('leave out no optional setting but those that say more of one', () => {
    const optional = [
      ...fs.readFileSync('environments/environment.ts', 'utf8').matchAll(/readonly (\w+)\?:/g),
    ].map(([, name = '']) => name);
    const listed = inTheTables.flatMap((setting) => setting.split(/\[\]|\.|: /));
    expect([...new Set(optional)].filter((name) => !listed.includes(name))).toEqual(partsOfOptions);
  });

  test.each(rows)('$setting leads to its page and says what holds without it', (row) => {
    expect(row['what it does']).toMatch(/\]\((docs\/[\w-]+\.md)(#[\w-]+)?\)/);
    expect(row.default).not.toBe('');
  });
});

describe('the environment with every option', () => {
  test('has no fault', () => expect(faultsOf([everything])).toEqual([]));

  test.each(inTheTables.filter((setting) => !(setting in elsewhere)))('has %s', (setting) => {
    expect(isOn(everything, setting)).toBe(true);
  });

  test.each(Object.entries(elsewhere))('cannot have %s: %s', (setting) => {
    expect(inTheTables).toContain(setting);
    expect(isOn(everything, setting)).toBe(false);
  });
});
