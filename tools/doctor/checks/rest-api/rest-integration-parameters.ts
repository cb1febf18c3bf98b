import type { Integration } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import { unknownOperation } from './rest-answers';
import type { Seen } from './rest-circumstances';
import type { Differing } from './rest-differing';
import type { SynthesizedIntegration } from './rest-integration-plan';

const contentType = 'integration.request.header.content-type';

/** API Gateway fails a request for which an AWS integration maps one of these. */
const refusedHeaders = [
  'authorization',
  'connection',
  'content-length',
  'expect',
  'proxy-authenticate',
  'te',
  'transfer-encoding',
].map((header) => `integration.request.header.${header}`);

/** What of a request's headers and query string API Gateway gives SQS otherwise. */
export function parameterFindings(
  { requestParameters }: SynthesizedIntegration,
  { requestParameters: deployed = {} }: Integration,
  { refused, notSent }: Seen,
  differing: Differing,
): readonly Finding[] {
  const wanted = byName(requestParameters);
  const there = byName(Object.entries(deployed));
  return [...new Set([...wanted.keys(), ...there.keys()])].sort().flatMap((name) => {
    const values = [wanted.get(name), there.get(name)] as const;
    if (name === contentType) {
      return differing(
        'integration-content-type',
        values[1] === undefined ? 'it maps no Content-Type' : 'it maps another Content-Type',
        values,
        refused(unknownOperation),
        { cause: 'Without the content type of a form SQS does not read the body, and finds no Action.' },
      );
    }
    const refuses = refusedHeaders.includes(name);
    return differing(
      'integration-parameter',
      values[0] === undefined
        ? `it also maps ${name}`
        : values[1] === undefined
          ? `it does not map ${name}`
          : `it maps ${name} otherwise`,
      values,
      refuses
        ? notSent
        : 'SQS gets another request than synthesized; it ignores headers that it does not know, and ' +
            'reads a query string as it reads the form',
      refuses
        ? { cause: 'API Gateway lets no AWS integration map this header, and notices it with each request.' }
        : { severity: 'warning' },
    );
  });
}

/** Headers have no case. */
const byName = (parameters: Iterable<readonly [string, string]>): ReadonlyMap<string, string> =>
  new Map(
    [...parameters].map(([name, value]) => [
      name.startsWith('integration.request.header.') ? name.toLowerCase() : name,
      value,
    ]),
  );
