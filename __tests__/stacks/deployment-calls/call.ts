import fs from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../synthesis/project-root';

export const phases = ['first plan', 'apply', 'second plan', 'change', 'destroy'] as const;

/** What Terraform did when it made a call; a change and a destroy begin with a plan of their own. */
export type Phase = (typeof phases)[number];

/** A call that Terraform made to AWS, as often as it did. */
export interface Call {
  /** The service and the operation as the AWS SDK for Go calls them: `SQS.CreateQueue`. */
  readonly operation: string;
  /** What it was about: a name, an ARN, or a path; ids that AWS gives are `{id}`. */
  readonly on: string;
  /** Whether the request carried tags. */
  readonly tagged?: true;
  /** The role that it handed to a service. */
  readonly passes?: string;
  /** The permissions boundary that it set. */
  readonly boundary?: string;
  /** The bucket and the key of the trust store that it named. */
  readonly truststore?: string;
  /** The names of the records that it changed. */
  readonly records?: readonly string[];
  readonly phases: readonly Phase[];
}

export interface Recording {
  /** How the recording was made, and with what. */
  readonly recorded: Readonly<Record<string, string>>;
  readonly calls: readonly Call[];
}

export const recordingFile = path.join(projectRoot(), '__tests__/stacks/deployment-calls/recorded.json');

export const recording = (): Recording => JSON.parse(fs.readFileSync(recordingFile, 'utf8'));

/** A line a call, for readable differences. */
export const recordingText = ({ recorded, calls }: Recording): string =>
  `{\n  "recorded": ${JSON.stringify(recorded, undefined, 4).replace(/\n\}$/, '\n  }')},\n  "calls": [\n${calls
    .map((call) => `    ${JSON.stringify(call)}`)
    .join(',\n')}\n  ]\n}\n`;
