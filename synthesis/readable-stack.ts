import fs from 'node:fs';
import path from 'node:path';
import { type ISynthesisSession, type TerraformElement, TerraformStack } from 'cdktf';
import type { Construct, Node } from 'constructs';
import { renderStack } from './hcl';
import { nameCollisions, readableName } from './readable-names';
import { writeStackFiles } from './stack-files';

/**
 * A stack whose Terraform a person can review: readable names, HCL that says what the JSON says, and a folder that
 * never holds both.
 */
export class ReadableStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.node.addValidation({ validate: () => nameCollisions(this) });
    this.#synthesizeIntoACleanFolder();
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    return readableName(this, element);
  }

  override toHclTerraform(): { hcl: string; metadata: Record<string, unknown> } {
    return renderStack(this);
  }

  /**
   * CDKTF leaves the other format's files behind, and Terraform then finds everything twice. Also writes the files
   * that the stack ships with its configuration.
   */
  #synthesizeIntoACleanFolder(): void {
    const synthesizer = this.synthesizer;
    this.synthesizer = {
      synthesize: (session: ISynthesisSession) => {
        const { synthesizedStackPath, workingDirectory } = session.manifest.forStack(this);
        synthesizer.synthesize(session);
        const folder = path.join(session.outdir, workingDirectory);
        const stale = synthesizedStackPath.endsWith('.json') ? ['cdk.tf', 'metadata.json'] : ['cdk.tf.json'];
        for (const file of stale) fs.rmSync(path.join(folder, file), { force: true });
        writeStackFiles(this, folder);
      },
    };
  }
}
