import { CloudBackend, LocalBackend, NamedCloudWorkspace, S3Backend, type TerraformStack } from 'cdktf';
import type { State } from '../environments/environment';

/** The Terraform versions that know what the backend is written with. */
export function requiredTerraform(state: State): string {
  // `use_lockfile` came with 1.10, `project` of a cloud workspace with 1.6; before 1.5 there are no `import` blocks.
  if (state.kind === 's3') return '>= 1.10.0';
  return state.kind === 'hcp-terraform' && state.project ? '>= 1.6.0' : '>= 1.5.0';
}

/** Tells the stack where its state is. */
export function addBackend(stack: TerraformStack, stackId: string, state: State): void {
  switch (state.kind) {
    case 'local':
      // From the stack's folder up to the project: CDKTF's own default is an absolute path.
      new LocalBackend(stack, { path: `../../../terraform.${stackId}.tfstate` });
      return;
    case 'hcp-terraform':
      addCloudBackend(stack, stackId, state);
      return;
    case 's3': {
      const backend = new S3Backend(stack, {
        bucket: state.bucket,
        region: state.region,
        key: stateKey(stackId, state),
        encrypt: true,
      });
      // S3's own locks, without a DynamoDB table.
      backend.addOverride('use_lockfile', true);
    }
  }
}

/** The object in which S3 keeps the state of a stack. */
export const stateKey = (stackId: string, { keyPrefix }: Extract<State, { kind: 's3' }>) =>
  `${keyPrefix ? `${keyPrefix}/` : ''}${stackId}.tfstate`;

function addCloudBackend(
  stack: TerraformStack,
  stackId: string,
  { organization, project, hostname }: Extract<State, { kind: 'hcp-terraform' }>,
): void {
  const backend = new CloudBackend(stack, {
    organization,
    workspaces: new NamedCloudWorkspace(stackId, project),
    ...(hostname && { hostname }),
  });
  // Its only validation runs `terraform version`, which would make every synth depend on the binary.
  backend.node.validate = () => [];
}
