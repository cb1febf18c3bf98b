import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Environment } from '../../../environments/environment';
import { rehearsalInputs } from '../../../tools/rehearse/rehearse-all';
import { type System, systemOf } from '../../../tools/rehearse/world/system';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { prod } from '../../fixtures/environments/prod';

/** Prod's callback with an HTTPS subscription, alone: a message that was not taken comes again after 30 s. */
export function httpsSubscription(): System {
  const [callback] = prod.callbackReceiver?.callbacks ?? [];
  const [subscription] = prod.subscriberPipe?.subscriptions ?? [];
  const environment = {
    ...prod,
    websocketReply: undefined,
    callbackReceiver: {
      callbacks: [{ ...callback, queue: { kind: 'standard', consumerTimeoutSeconds: 5 } }],
    },
    subscriberPipe: { subscriptions: [subscription] },
  } as unknown as Environment;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'https-'));
  try {
    const [input] = rehearsalInputs(synthesizeAll(folder, [environment]), folder);
    if (!input) throw new Error('nothing was synthesized');
    return systemOf(input.stacks, input.wanted);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
