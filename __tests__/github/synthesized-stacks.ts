import fs from 'node:fs';
import path from 'node:path';

export interface SynthesizedStack {
  readonly id: string;
  readonly environment: string;
  readonly dependencies?: readonly string[];
  readonly region?: string;
  /** What Terraform's `terraform` block says of the state. */
  readonly state?: Readonly<Record<string, unknown>>;
  readonly variables?: readonly string[];
}

const s3 = { backend: { s3: { bucket: 'state', region: 'ap-northeast-2' } } };

/** What a synth leaves in `cdktf.out`, as far as the scripts read it. */
export function writeStacks(out: string, stacks: readonly SynthesizedStack[]): void {
  const manifest = stacks.map(({ id, dependencies = [] }) => {
    const workingDirectory = `stacks/${id}`;
    return [id, { name: id, dependencies, workingDirectory }];
  });
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(path.join(out, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(manifest) }));
  for (const { id, environment, region = 'ap-northeast-2', state = s3, variables = [] } of stacks) {
    const folder = path.join(out, 'stacks', id);
    fs.mkdirSync(folder, { recursive: true });
    const aws = { region, allowed_account_ids: ['444455556666'], default_tags: [{ tags: { environment } }] };
    const variable = Object.fromEntries(variables.map((name) => [name, { type: 'string', sensitive: true }]));
    fs.writeFileSync(
      path.join(folder, 'cdk.tf.json'),
      JSON.stringify({ terraform: state, provider: { aws: [aws] }, variable }),
    );
  }
}
