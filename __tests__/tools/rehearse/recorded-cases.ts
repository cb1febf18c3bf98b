import fs from 'node:fs';
import path from 'node:path';

/** Behaviour of AWS as others have recorded it. */
export interface RecordedCase {
  readonly id: string;
  readonly kind: 'apigw' | 'sqs' | 'http' | 'sqs-wire';
  readonly template: string | null;
  readonly responseTemplate?: string;
  readonly sqsResponseTemplate?: string;
  readonly contentType: string | null;
  readonly body: string;
  readonly params: Readonly<
    Partial<Record<'path' | 'querystring' | 'header', Readonly<Record<string, string>>>>
  >;
  readonly context: Readonly<Record<string, unknown>>;
  readonly compare?: 'json' | 'json-input';
  // biome-ignore lint/suspicious/noExplicitAny: each kind of case expects something else
  readonly expected: any;
  readonly expectedOverride?: {
    readonly status?: number;
    readonly header?: Readonly<Record<string, string>>;
  };
  readonly expectedSqs?: {
    readonly Body?: string;
    readonly MD5OfBody?: string;
    readonly MessageAttributes?: Readonly<
      Record<string, { readonly DataType: string; readonly StringValue: string }>
    >;
  };
  readonly expectedHttp?: { readonly status: number; readonly bodyShape?: Readonly<Record<string, string>> };
  readonly integration?: { readonly requestParameters: Readonly<Record<string, string>> };
  readonly model?: unknown;
  readonly requestParameters?: Readonly<Record<string, string | boolean>>;
  readonly integrationStatus?: number;
  readonly integrationResponses?: Readonly<Record<string, string | null>>;
  readonly lambdaErrorMessage?: string | null;
  readonly request?: Readonly<Record<string, unknown>>;
}

/** Beside the project or beside a folder that it is in; the file is not part of the project. */
const relativePath = path.join('shared', 'data', 'mapping-template-cases.json');

/**
 * The recorded cases, or why there are none. A run in CI wants them: there, their absence is an error, but on GitHub,
 * where the repository stands alone.
 */
export function recordedCases(): readonly RecordedCase[] | { readonly missing: string } {
  for (let folder = process.cwd(); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const file = path.join(path.dirname(folder), relativePath);
    if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8')).cases;
  }
  const missing = `there is no ${relativePath} beside the project or above it`;
  const { CI, GITHUB_ACTIONS } = process.env;
  if (CI === 'true' && GITHUB_ACTIONS !== 'true') throw new Error(`${missing}: with CI=true it is required`);
  return { missing };
}
