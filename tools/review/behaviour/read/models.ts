import Ajv, { type ErrorObject } from 'ajv-draft-04';
import { map, text } from '../../../plan/attributes';
import type { PlanResource } from '../../../plan/plan';
import { PlanError } from '../../../plan/plan-error';
import { compileModels, type Model, type ModelSource } from '../../../rehearse/api-gateway/model';
import { timedPatterns } from '../../../rehearse/api-gateway/timed-pattern';
import type { StackReader } from './stack-reader';

/** A model, and why it refuses a body. */
export interface ReadModel extends Model {
  readonly name: string;
  /** The schema's text and those of its API, which it may refer to. */
  readonly written: string;
  /** As ajv says it; empty for a body that it takes, and for one that is no JSON. */
  readonly errors: (value: unknown) => readonly ErrorObject[];
}

/** The models of an API by name, without those that cannot be read. */
export function modelsOf(
  reader: StackReader,
  apiId: string,
  resources: readonly PlanResource[],
): ReadonlyMap<string, ReadModel> {
  const sources = reader.all(resources, (model) => ({
    resource: model,
    name: text(model, 'name'),
    schema: text(model, 'schema'),
  }));
  try {
    return modelsOnce(apiId, sources);
  } catch {
    // One that is wrong keeps all from being compiled together.
    return new Map(
      sources.flatMap((source) => [
        ...(reader.attempt(source.resource, () => modelsOnce(apiId, [source])) ?? []),
      ]),
    );
  }
}

/** What a route checks bodies against, by content type or key; undefined where one of them could not be read. */
export const namedModels = (
  reader: StackReader,
  route: PlanResource,
  models: ReadonlyMap<string, ReadModel>,
): ReadonlyMap<string, ReadModel> | undefined =>
  reader.attempt(
    route,
    () =>
      new Map(
        [...map(route, 'request_models', 'string')].map(([key, name]) => {
          const model = models.get(name);
          if (!model) throw new PlanError(`${route.address}: its model ${name} could not be read`);
          return [key, model];
        }),
      ),
  );

const compiled = new Map<string, ReadonlyMap<string, ReadModel>>();

/** Most models are the same in both versions, and compiling them takes the longest. */
function modelsOnce(apiId: string, sources: readonly ModelSource[]): ReadonlyMap<string, ReadModel> {
  const key = JSON.stringify([apiId, sources.map(({ name, schema }) => [name, schema])]);
  const models = compiled.get(key) ?? readModels(apiId, sources);
  compiled.set(key, models);
  return models;
}

/** @throws NotSimulated for a schema that is not plain draft 4 */
export function readModels(apiId: string, sources: readonly ModelSource[]): ReadonlyMap<string, ReadModel> {
  const explain = explainer(apiId, sources);
  const all = JSON.stringify(sources.map(({ schema }) => schema).filter((schema) => schema.includes('$ref')));
  return new Map(
    [...compileModels(apiId, sources, 'models')].map(([name, model]) => [
      name,
      {
        ...model,
        name,
        written: JSON.stringify(model.schema) + (all === '[]' ? '' : JSON.stringify(sources)),
        errors: (value) => explain(name, value),
      },
    ]),
  );
}

/** Where a schema finds the other models of its API. */
const modelUrl = (apiId: string, name: string) =>
  `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;

function explainer(apiId: string, sources: readonly ModelSource[]) {
  let ajv: Ajv | undefined;
  return (name: string, value: unknown): readonly ErrorObject[] => {
    if (!ajv) {
      const code = { regExp: timedPatterns('models') };
      ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, logger: false, code });
      for (const { name: other, schema } of sources)
        ajv.addSchema(JSON.parse(schema), modelUrl(apiId, other));
    }
    const validate = ajv.getSchema(modelUrl(apiId, name));
    return validate?.(value) === false ? (validate.errors ?? []) : [];
  };
}
