import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { synthesizeAll } from '../../tools/synth/synthesize';
import { compare } from './process-figures';
import { printComparison } from './table';

/** Our resources in the way `cdktf init --template=typescript` begins: ts-node, and the provider's root import. */
const main = `
import { App, TerraformStack } from 'cdktf';
import * as aws from '@cdktf/provider-aws';
const pascal = (name: string) => name.replace(/(^|_)([a-z0-9])/g, (_all, _start, letter) => letter.toUpperCase());
const camel = (name: string) => pascal(name).replace(/^./, (letter) => letter.toLowerCase());
const app = new App();
for (const { id, region, resources } of require('./stacks.json')) {
  const stack = new TerraformStack(app, id);
  new aws.provider.AwsProvider(stack, 'aws', { region });
  for (const { type, name, attributes } of resources) {
    const bare = type.replace(/^(data\\.)?aws_/, '');
    const prefix = type.startsWith('data.') ? 'data_aws_' : '';
    const module = (aws as any)[camel(prefix + bare)];
    const found = module[pascal(prefix + bare)] ?? module[pascal(prefix + bare) + 'A'];
    const element = new found(stack, (prefix ? 'data-' : '') + type.replace(/^data\\./, '') + '-' + name, {});
    for (const [key, value] of Object.entries(attributes)) element.addOverride(key, value);
  }
}
app.synth();
`;

/** \`npx cdktf synth\` here against the same resources in a project as \`cdktf init\` makes it. */
export async function run(scratch: string): Promise<void> {
  const project = path.join(scratch, 'cdktf-init');
  fs.mkdirSync(project);
  fs.writeFileSync(path.join(project, 'package.json'), '{"private":true}');
  fs.writeFileSync(
    path.join(project, 'cdktf.json'),
    '{"language":"typescript","app":"npx ts-node main.ts","projectId":"x","sendCrashReports":"false"}',
  );
  fs.writeFileSync(
    path.join(project, 'tsconfig.json'),
    '{"compilerOptions":{"target":"ES2018","module":"CommonJS","skipLibCheck":true,"strict":true,"types":["node"]}}',
  );
  fs.writeFileSync(path.join(project, 'main.ts'), main);
  fs.writeFileSync(
    path.join(project, 'stacks.json'),
    JSON.stringify(stacks(path.join(scratch, 'resources'))),
  );
  execFileSync(
    'npm',
    ['install', '--no-audit', '--no-fund', 'ts-node@10', 'typescript@5', '@types/node@20'],
    {
      cwd: project,
      stdio: 'ignore',
    },
  );
  fs.mkdirSync(path.join(project, 'node_modules/@cdktf'), { recursive: true });
  for (const name of ['cdktf', 'constructs', '@cdktf/provider-aws']) {
    fs.symlinkSync(path.resolve('node_modules', name), path.join(project, 'node_modules', name));
  }
  const cli = path.resolve('node_modules/.bin/cdktf');
  const env = { CHECKPOINT_DISABLE: '1', CI: 'true', NODE_OPTIONS: '--preserve-symlinks' };
  const { ours, theirs } = await compare(
    {
      file: cli,
      args: ['synth', '--output', path.join(scratch, 'ours-by-cli')],
      cwd: process.cwd(),
      env: { CHECKPOINT_DISABLE: '1', CI: 'true' },
    },
    { file: cli, args: ['synth'], cwd: project, env },
    3,
  );
  printComparison('npx cdktf synth, the same resources', ours, theirs, {
    ours: 'this project',
    theirs: 'as cdktf init begins: ts-node, root import',
  });
}

function stacks(outdir: string) {
  const elements = (kind: string, blocks: object | undefined) =>
    Object.entries(blocks ?? {}).flatMap(([type, named]) =>
      Object.entries(named as object).map(([name, { '//': _, ...attributes }]) => ({
        type: kind + type,
        name,
        attributes,
      })),
    );
  return synthesizeAll(outdir).map(({ id, environment, configuration }) => ({
    id,
    region: environment.region,
    resources: [...elements('', configuration.resource), ...elements('data.', configuration.data)],
  }));
}
