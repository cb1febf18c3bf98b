import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { forcesReplacement } from '../../../../tools/review/resources/forces-replacement';
import { attributesThatForce, taggableTypes } from '../../../../tools/review/resources/forcing-attributes';
import { plannedChanges } from '../../../../tools/review/resources/planned/planned-changes';
import type { TerraformPlan } from '../../../../tools/review/terraform-plan';
import { findTerraform, type Terraform } from '../../../support/terraform';
import { type Sample, samples } from './provider-samples';
import { at, leavesOf, other, withChanged } from './sample-paths';

const found = findTerraform();
const missing = !found?.mirror;
if (missing) console.warn('skipped: which attributes force a replacement, by the real provider');
const terraform = found as Terraform;

/** A resource whose state differs from its configuration in one attribute, or in all that force nothing. */
interface Case {
  readonly address: string;
  readonly type: string;
  readonly paths: readonly string[];
  readonly state: Sample;
  readonly configuration: Sample;
  readonly replaces: boolean;
}

/** The types whose state is of a later version than 0. */
const schemaVersions: Readonly<Record<string, number>> = {
  aws_cloudwatch_metric_alarm: 1,
  aws_dynamodb_table: 1,
  aws_route53_record: 2,
  aws_sqs_queue_policy: 1,
};

/** The provider refuses these samples without the attribute, or has another attribute replace them. */
const needed = [
  'aws_acm_certificate.domain_name',
  'aws_lambda_function.package_type',
  'aws_sns_topic.fifo_topic',
  'aws_sqs_queue.fifo_queue',
];

const cases = Object.entries(samples).flatMap(([type, ofType]) =>
  ofType.flatMap((sample, number) => casesOf(type, sample, number)),
);
let plan: TerraformPlan;

describe('the attributes that force a replacement', () => {
  it('are known of every type that the stacks have', () => {
    const synthesized = fs
      .readdirSync('synthesized')
      .flatMap((file) => [
        ...fs.readFileSync(path.join('synthesized', file), 'utf8').matchAll(/^resource "(\w+)"/gm),
      ])
      .map(([, type = '']) => type);
    expect([...new Set(synthesized)].filter((type) => !attributesThatForce.has(type))).toEqual([]);
  });

  it('are each tried, and so is every type', () => {
    const tried = new Set(
      cases.flatMap(({ type, paths, replaces }) => (replaces ? [`${type}.${paths[0]}`] : [])),
    );
    const untried = [...attributesThatForce].flatMap(([type, attributes]) =>
      attributes
        .map(({ path: names }) => `${type}.${names.join('.')}`)
        .filter((name) => ![...tried].some((one) => one === name || one.startsWith(`${name}.`))),
    );
    expect(untried).toEqual([]);
    expect(Object.keys(samples).toSorted()).toEqual([...attributesThatForce.keys()].toSorted());
  });
});

describe.skipIf(missing)('the attributes that force a replacement in the real provider', () => {
  beforeAll(async () => {
    plan = await planned();
  }, 180_000);

  it('are the ones of the table, and no others', () => {
    const { changes } = plannedChanges('sample', plan, new Map(), new Map());
    const byAddress = new Map(changes.map((change) => [change.address, change]));
    const wrong = cases.filter(({ address, replaces, paths }) => {
      const change = byAddress.get(address);
      if (!replaces) return change?.action === 'replace';
      return (
        change?.action !== 'replace' ||
        !change.forcedBy.some((forcing) => paths[0] === forcing || paths[0]?.startsWith(`${forcing}.`))
      );
    });
    expect(wrong.map(({ address, paths }) => [address, paths, byAddress.get(address)?.forcedBy])).toEqual([]);
  });

  it('come with the attributes that differ, as the reader of plans tells them', () => {
    const { changes } = plannedChanges('sample', plan, new Map(), new Map());
    const queue = cases.find(({ type, paths }) => type === 'aws_sqs_queue' && paths[0] === 'fifo_queue');
    expect(changes.find(({ address }) => address === queue?.address)).toMatchObject({
      action: 'replace',
      forcedBy: ['fifo_queue'],
      attributes: [{ path: 'fifo_queue', before: 'false', after: 'true' }],
      reason: 'replace_because_cannot_update',
      planned: true,
    });
    const retention = cases.find(
      ({ type, paths }) => type === 'aws_sqs_queue' && paths.includes('message_retention_seconds'),
    );
    const changed = changes.find(({ address }) => address === retention?.address);
    expect(changed).toMatchObject({ action: 'change', forcedBy: [] });
    expect(changed?.attributes).toContainEqual({
      path: 'message_retention_seconds',
      before: '601',
      after: '600',
    });
  });

  it('are of types that bear the provider’s tags just where the table says so', () => {
    const bearing = (plan.resource_changes ?? []).filter(
      ({ change }) => 'tags_all' in (change.after as object),
    );
    expect(new Set(bearing.map(({ type }) => type))).toEqual(new Set(taggableTypes));
  });
});

function casesOf(type: string, sample: Sample, number: number): readonly Case[] {
  const paths = leavesOf(sample);
  const forced = paths.map((names) => {
    const [before, after] = [other(at(sample, names)), at(sample, names)];
    return { names, replaces: forcesReplacement(type, names, before, after) === true };
  });
  const inPlace = forced.filter(({ replaces }) => !replaces).map(({ names }) => names);
  const changed = (names: readonly string[]) => withChanged(sample, names, other);
  const address = (what: string) => `${type}.s${number}_${what.replaceAll('.', '_')}`;
  return [
    ...(inPlace.length === 0
      ? []
      : [
          {
            address: address('in_place'),
            type,
            paths: inPlace.map((names) => names.join('.')),
            state: inPlace.reduce((state, names) => withChanged(state, names, other), sample),
            configuration: sample,
            replaces: false,
          },
        ]),
    ...forced.flatMap(({ names, replaces }) =>
      replaces
        ? [
            {
              address: address(`changed_${names.join('.')}`),
              type,
              paths: [names.join('.')],
              state: changed(names),
              configuration: sample,
              replaces,
            },
          ]
        : [],
    ),
    ...leftOut(type, sample, address),
  ];
}

/** Without the attributes for which there is something else, or that stay what they were. */
function leftOut(type: string, sample: Sample, address: (what: string) => string): readonly Case[] {
  return (attributesThatForce.get(type) ?? []).flatMap(({ path: names, rule }) => {
    const value = at(sample, names);
    if (value === undefined || (rule.otherwise === undefined && !rule.kept)) return [];
    if (needed.includes(`${type}.${names.join('.')}`) || rule.when) return [];
    return [
      {
        address: address(`left_out_${names.join('.')}`),
        type,
        paths: [names.join('.')],
        state: sample,
        configuration: withChanged(sample, names, () => undefined),
        replaces: forcesReplacement(type, names, value, undefined) === true,
      },
    ];
  });
}

/** Plans all cases at once; nothing is asked of AWS. */
async function planned(): Promise<TerraformPlan> {
  const folder = path.join(terraform.root, 'forces-replacement');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify(configuration()));
  fs.writeFileSync(path.join(folder, 'terraform.tfstate'), JSON.stringify(state()));
  await terraform.run(folder, ['init', '-input=false']);
  await terraform.run(folder, ['plan', '-refresh=false', '-input=false', '-lock=false', '-out=all']);
  return JSON.parse(await terraform.run(folder, ['show', '-json', 'all']));
}

function configuration() {
  const resource: Record<string, Record<string, Sample>> = {};
  for (const { type, address, configuration: of } of cases) {
    const ofType = resource[type] ?? {};
    resource[type] = ofType;
    ofType[address.slice(type.length + 1)] = of;
  }
  return {
    terraform: {
      required_providers: { aws: { source: 'hashicorp/aws' } },
      backend: { local: {} },
    },
    provider: {
      aws: [
        {
          region: 'ap-northeast-2',
          access_key: 'none',
          secret_key: 'none',
          skip_credentials_validation: true,
          skip_requesting_account_id: true,
          skip_metadata_api_check: true,
        },
      ],
    },
    resource,
  };
}

/** https://developer.hashicorp.com/terraform/language/state: version 4 is what Terraform writes since 0.12. */
const state = () => ({
  version: 4,
  terraform_version: '1.5.0',
  serial: 1,
  lineage: 'samples',
  outputs: {},
  resources: cases.map(({ type, address, state: attributes }) => ({
    mode: 'managed',
    type,
    name: address.slice(type.length + 1),
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ schema_version: schemaVersions[type] ?? 0, attributes: { id: 'sample', ...attributes } }],
  })),
});
