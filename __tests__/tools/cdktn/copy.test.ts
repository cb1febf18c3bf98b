import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { renamed } from '../../../tools/cdktn/copy';

describe('a source that switches to CDK Terrain', () => {
  it('imports its packages, and is otherwise as it was', () => {
    expect(
      renamed(`import { App } from 'cdktf';
import { Fn } from "cdktf/lib/functions";
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
const outdir = 'cdktf.out'; // cdktf.json, cdktf-cli`),
    ).toBe(`import { App } from 'cdktn';
import { Fn } from "cdktn/lib/functions";
import { SqsQueue } from '@cdktn/provider-aws/lib/sqs-queue';
const outdir = 'cdktf.out'; // cdktf.json, cdktf-cli`);
  });

  it('needs nothing else: no source imports another package of CDKTF', () => {
    const imports = ['stacks', 'constructs', 'environments', 'synthesis']
      .flatMap((folder) =>
        fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
      )
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...renamed(fs.readFileSync(file, 'utf8')).matchAll(/from '([^'.][^']*)'/g)])
      .map(([, id = '']) => id);
    expect(imports).toContain('cdktn');
    expect(imports.filter((id) => /cdktf/.test(id))).toEqual([]);
  });
});
