import type { Model } from '@aws-sdk/client-apigatewayv2';
import { canonicalJson } from '../../../../synthesis/canonical-json';
import type { Finding } from '../../finding';
import { type Circumstances, finding, frame } from './web-socket-circumstances';

/** The models against which messages are checked, where they are not as synthesized. */
export const modelFindings = (deployed: readonly Model[], circumstances: Circumstances): readonly Finding[] =>
  circumstances.api.models.flatMap(({ address, name, contentType, schema }): readonly Finding[] => {
    const about = { at: address, subject: `model ${name} of ${circumstances.subject}` };
    const model = deployed.find(({ Name }) => Name === name);
    if (!model) {
      return [
        finding(circumstances, {
          ...about,
          code: 'model-missing',
          severity: 'error',
          problem: 'it does not exist',
          seen:
            `the route's check finds no model: ${circumstances.clients} get ` +
            `${frame('Bad request body')} for each message, and nothing is queued`,
          cause: 'The stack was never deployed to the end, or someone has deleted the model.',
          fix: circumstances.deploy,
        }),
      ];
    }
    const told = (code: string, problem: string, wanted: string, there: string) => ({
      ...about,
      code,
      problem,
      synthesized: wanted,
      deployed: there,
    });
    return [
      ...schemaDifferences(schema, model.Schema ?? '').map(([wanted, there]) =>
        finding(circumstances, {
          ...told('model-schema', 'its schema is another one', wanted, there),
          severity: 'error',
          seen:
            `where it asks for more, good messages of ${circumstances.clients} get ` +
            `${frame('Bad request body')}; where ` +
            'it asks for less, SQS refuses what it lets through with MissingParameter or ' +
            'InvalidParameterValue, and the client hears nothing of it',
        }),
      ),
      ...(contentType === (model.ContentType ?? contentType)
        ? []
        : [
            finding(circumstances, {
              ...told(
                'model-content-type',
                'it is for another content type',
                contentType,
                model.ContentType ?? '',
              ),
              severity: 'warning',
              seen: 'nothing: a route names its model',
            }),
          ]),
    ];
  });

/** The parts in which two schemas differ, as one pair; none where they mean the same. */
function schemaDifferences(wanted: string, there: string): readonly (readonly [string, string])[] {
  const [synthesized, deployed] = [partsOf(wanted), partsOf(there)];
  const differ = (from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>) =>
    [...from]
      .filter(([name, value]) => to.get(name) !== value)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n');
  const [missing, extra] = [differ(synthesized, deployed), differ(deployed, synthesized)];
  return missing === '' && extra === '' ? [] : [[missing || 'nothing more', extra || 'nothing more']];
}

/** A schema's keywords; what is no JSON as it is. */
function partsOf(schema: string): ReadonlyMap<string, string> {
  try {
    return new Map(
      Object.entries(JSON.parse(schema) as object).map(([name, value]) => [
        name,
        canonicalJson(name === 'required' && Array.isArray(value) ? value.toSorted() : value),
      ]),
    );
  } catch {
    return new Map([['schema', schema]]);
  }
}
