import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { compare } from './process-figures';
import { printComparison } from './table';

/** Two of the three flows, in two environments, as AWS Solutions Constructs make them. */
const app = `
const { App, Stack } = require('aws-cdk-lib');
const { ApiGatewayToSqs } = require('@aws-solutions-constructs/aws-apigateway-sqs');
const { ApiGatewayV2WebSocketToSqs } = require('@aws-solutions-constructs/aws-apigatewayv2websocket-sqs');
const app = new App({ outdir: 'out' });
for (const environment of ['dev', 'prod']) {
  new ApiGatewayToSqs(new Stack(app, environment + '-callbacks'), 'Callbacks', { allowCreateOperation: true });
  new ApiGatewayV2WebSocketToSqs(new Stack(app, environment + '-messages'), 'Messages', {
    webSocketApiProps: { apiName: environment },
    createDefaultRoute: true,
    defaultIamAuthorization: false,
  });
}
app.synth();
`;

/** The synth of all stacks against a CDK app on AWS Solutions Constructs; its packages are installed for this only. */
export async function run(scratch: string): Promise<void> {
  const project = path.join(scratch, 'solutions-constructs');
  fs.mkdirSync(project);
  fs.writeFileSync(path.join(project, 'package.json'), '{"private":true}');
  fs.writeFileSync(path.join(project, 'app.js'), app);
  execFileSync(
    'npm',
    [
      'install',
      '--no-audit',
      '--no-fund',
      'aws-cdk-lib',
      'constructs',
      '@aws-solutions-constructs/aws-apigateway-sqs',
      '@aws-solutions-constructs/aws-apigatewayv2websocket-sqs',
    ],
    { cwd: project, stdio: 'ignore' },
  );
  const { ours, theirs } = await compare(
    {
      file: process.execPath,
      args: ['synthesis/run.mjs', 'main.ts'],
      cwd: process.cwd(),
      env: { CDKTF_OUTDIR: path.join(scratch, 'ours') },
    },
    { file: process.execPath, args: ['app.js'], cwd: project },
    5,
  );
  printComparison('Synth of every stack (three flows, two environments)', ours, theirs, {
    ours: 'this project, three flows',
    theirs: 'CDK with Solutions Constructs, two flows',
  });
}
