import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Configuration, type Plan, readPlan } from '../../tools/plan/plan';
import { synthesizeAll } from '../../tools/synth/synthesize';
import { exampleCallback, exampleEnvironment } from '../stacks/example-environment';

/** A receiver of one callback whose requests are signed. */
export function signedPlan(): Plan {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'doctor-authorizers-'));
  const secretArn = 'arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:orders-a1B2c3';
  const callback = { ...exampleCallback, authorization: { kind: 'hmac' as const, secretArn } };
  try {
    const [stack] = synthesizeAll(folder, [
      { ...exampleEnvironment, callbackReceiver: { callbacks: [callback] } },
    ]);
    return readPlan(stack?.id ?? '', stack?.configuration as Configuration);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
