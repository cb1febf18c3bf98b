import type { ReviewedStack } from '../../change';
import { differences } from '../differences';
import type { Fact } from '../found-change';
import { fields, firstBlock, textOf } from '../record';
import { lockedVersions } from './locked-versions';

/** Terraform and provider versions, and where the state is. */
export function terraformFacts(base: ReviewedStack, head: ReviewedStack): readonly Fact[] {
  return [
    ...backendFacts(base, head),
    ...lockFacts(base, head),
    ...constraintFacts(base, head),
    ...requiredVersionFacts(base, head),
  ];
}

const settingsOf = ({ configuration }: ReviewedStack) => firstBlock(configuration.terraform);

function lockFacts(base: ReviewedStack, head: ReviewedStack): readonly Fact[] {
  const [before, after] = [lockedVersions(base.lock), lockedVersions(head.lock)];
  return [...after].flatMap(([provider, version]): readonly Fact[] => {
    const was = before.get(provider);
    if (was === undefined || was === version) return [];
    const [from, to] = [major(was), major(version)];
    const text = `takes the provider ${provider} ${was} → ${version}`;
    return from === to
      ? [{ level: undefined, text }]
      : [
          {
            level: 'attention',
            text,
            detail:
              'another major version, so read its upgrade guide, and look at a plan of every stack first',
          },
        ];
  });
}

const major = (version: string) => version.split('.')[0];

function constraintFacts(base: ReviewedStack, head: ReviewedStack): readonly Fact[] {
  const constraints = (stack: ReviewedStack) =>
    Object.entries(firstBlock(settingsOf(stack).required_providers)).map(([name, written]) => {
      const { source, version } = fields(written);
      return [textOf(source) ?? name, textOf(version) ?? 'any version'] as const;
    });
  const before = new Map(constraints(base));
  const after = new Map(constraints(head));
  return [...after].flatMap(([provider, allowed]): readonly Fact[] => {
    const was = before.get(provider);
    if (was === undefined) {
      return [{ level: undefined, text: `needs the provider ${provider} (${allowed})` }];
    }
    return was === allowed
      ? []
      : [
          {
            level: undefined,
            text: `allows other versions of the provider ${provider}: ${was} → ${allowed}`,
          },
        ];
  });
}

function requiredVersionFacts(base: ReviewedStack, head: ReviewedStack): readonly Fact[] {
  const [before, after] = [base, head].map((stack) => textOf(settingsOf(stack).required_version) ?? 'any');
  return before === after
    ? []
    : [{ level: undefined, text: `needs another version of Terraform: ${before} → ${after}` }];
}

function backendFacts(base: ReviewedStack, head: ReviewedStack): readonly Fact[] {
  const [before, after] = [placeOfState(base), placeOfState(head)];
  if (differences(before.settings, after.settings).length === 0) return [];
  const [from, to] = [before.name, after.name];
  return [
    {
      level: 'attention',
      text: `keeps the state elsewhere (${from === to ? `another place in ${to}` : `${from} → ${to}`})`,
      detail:
        'it has to be moved with terraform init -migrate-state before the next run, else Terraform knows of nothing and plans everything anew',
    },
  ];
}

function placeOfState(stack: ReviewedStack): { readonly name: string; readonly settings: unknown } {
  const { backend, cloud } = settingsOf(stack);
  if (cloud !== undefined) {
    const { organization, hostname } = firstBlock(cloud);
    const host = textOf(hostname);
    return {
      name: `${host ?? 'HCP Terraform'}, organization ${textOf(organization) ?? 'of the environment'}`,
      settings: { cloud },
    };
  }
  const [[kind, settings] = ['local', {}]] = Object.entries(firstBlock(backend));
  const bucket = textOf(firstBlock(settings).bucket);
  return {
    name: kind === 'local' ? 'a local file' : bucket === undefined ? kind : `${kind} bucket ${bucket}`,
    settings: { backend },
  };
}
