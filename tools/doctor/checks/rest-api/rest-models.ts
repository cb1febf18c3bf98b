import type { Model } from '@aws-sdk/client-api-gateway';
import type { Finding } from '../../finding';
import { answersItself, type Circumstances, callersOf, finding, seenAt } from './rest-circumstances';
import type { SynthesizedModel, SynthesizedRoute } from './rest-plan';
import { type SchemaDifference, schemaDifferences } from './rest-schema';

/** The models against which bodies are checked, where they are not as synthesized. */
export const modelFindings = (deployed: readonly Model[], circumstances: Circumstances): readonly Finding[] =>
  circumstances.api.models.flatMap((model): readonly Finding[] => {
    const there = deployed.find(({ name }) => name === model.name);
    // One that checks nothing is not missed.
    const users = circumstances.api.routes.filter(({ requestModels }) =>
      [...requestModels.values()].includes(model.name),
    );
    if (!there) return users.length === 0 ? [] : [missingModel(model, users, circumstances)];
    const differences = schemaDifferences(model.schema, there.schema ?? '');
    return differences.length === 0 ? [] : [otherSchema(model, differences, users, circumstances)];
  });

const about = ({ address, name }: SynthesizedModel, { subject }: Circumstances) => ({
  at: address,
  subject: `model ${name} of ${subject}`,
});

const missingModel = (
  model: SynthesizedModel,
  users: readonly SynthesizedRoute[],
  circumstances: Circumstances,
): Finding =>
  finding(circumstances, {
    ...about(model, circumstances),
    code: 'model-missing',
    severity: 'error',
    problem: 'it does not exist',
    seen:
      `the check of ${callersOf(users)} finds no model: they get ` +
      `${answersItself(circumstances, 'BAD_REQUEST_BODY')} or ` +
      `${answersItself(circumstances, 'API_CONFIGURATION_ERROR')}, or bodies pass unchecked; AWS does ` +
      'not say which',
    cause: 'The stack was never deployed to the end, or someone has deleted the model.',
    fix: circumstances.deploy,
  });

const problems = {
  refuses: 'it refuses bodies that it should accept',
  accepts: 'it accepts bodies that it should refuse',
  either: 'it accepts other bodies than it should',
};

function otherSchema(
  model: SynthesizedModel,
  differences: readonly SchemaDifference[],
  users: readonly SynthesizedRoute[],
  circumstances: Circumstances,
): Finding {
  const effects = new Set(differences.map(({ effect }) => effect));
  const [only, ...others] = effects;
  const effect = only === undefined || others.length > 0 ? 'either' : only;
  const consumers = [...new Set(users.map((route) => seenAt(route, circumstances).consumers))].join(' and ');
  const refuses =
    `${callersOf(users)} whose bodies are good get ` +
    `${answersItself(circumstances, 'BAD_REQUEST_BODY')}, and nothing is queued`;
  const accepts =
    `bodies that should be refused are queued, and ${consumers} meet them; where SQS needs the field, ` +
    'it answers 400 MissingParameter or InvalidParameterValue';
  const list = (side: 'synthesized' | 'deployed') =>
    differences.map((difference) => `${difference.keyword}: ${difference[side]}`).join('\n');
  return finding(circumstances, {
    ...about(model, circumstances),
    code: 'model-schema',
    severity: effect === 'accepts' || users.length === 0 ? 'warning' : 'error',
    problem: problems[effect],
    synthesized: list('synthesized'),
    deployed: list('deployed'),
    seen:
      users.length === 0
        ? 'nothing: no route checks bodies against it'
        : effect === 'refuses'
          ? refuses
          : effect === 'accepts'
            ? accepts
            : `${refuses}; or ${accepts}`,
  });
}
