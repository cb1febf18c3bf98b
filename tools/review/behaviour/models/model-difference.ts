import type { ReadModel } from '../read/models';
import { keywordDifference } from './keyword-difference';
import { madeUp, recorded, takesRecorded } from './payloads';
import { keyOf, notJson, type Refusal, refusalsOf } from './refusal';
import { smallest } from './smallest';
import { variants } from './variants';

/** What two models take differently. Undefined in the place of a model is one that takes everything. */
export interface ModelDifference {
  /** By the head, and taken by the base. */
  readonly refused: readonly RefusedPayload[];
  /** By the head, and refused by the base. */
  readonly taken: readonly RefusedPayload[];
  /** Of how many recorded bodies the same is true. */
  readonly recorded: { readonly count: number; readonly refused: number; readonly taken: number };
  readonly keywords: readonly string[];
}

/** The smallest body that was found for a reason, as JSON or as text that is none. */
export interface RefusedPayload extends Refusal {
  readonly payload: string;
}

/** Texts that are no JSON, for where one version does not look. */
const otherTexts = ['x'];

/** Compares models by what they take: recorded bodies, made-up ones, and variants of both. */
export async function modelDifference(
  base: ReadModel | undefined,
  head: ReadModel | undefined,
): Promise<ModelDifference | undefined> {
  if (base?.written === head?.written) return undefined;
  const known = takesRecorded(base) ? recorded : takesRecorded(head) ? recorded : [];
  const schemas = [base, head].flatMap((model) => (model ? [model.schema] : []));
  const [fromBase, fromHead] = [await madeUp(base), await madeUp(head)];
  const seeds = [...known, ...fromBase, ...fromHead];
  const varied = [...known.slice(0, 1), ...fromBase.slice(0, 2), ...fromHead.slice(0, 2), {}];
  const values = [...seeds, ...varied.filter(isSmall).flatMap((seed) => [...variants(seed, schemas)])];
  const bodies = new Map(values.map((value) => [JSON.stringify(value), value]));
  const verdicts = known
    .map((value) => JSON.stringify(value))
    .map((body) => ({ before: takes(base, body), after: takes(head, body) }));
  return {
    refused: refusals(bodies, base, head),
    taken: refusals(bodies, head, base),
    recorded: {
      count: known.length,
      refused: verdicts.filter(({ before, after }) => before && !after).length,
      taken: verdicts.filter(({ before, after }) => !before && after).length,
    },
    keywords: base && head ? keywordDifference(base.schema, head.schema) : [],
  };
}

const isSmall = (value: unknown) => JSON.stringify(value).length < 20_000;

const takes = (model: ReadModel | undefined, body: string): boolean => model?.fault(body) === undefined;

/** What `by` refuses of what `taker` takes: one body a reason, those that have no other reason first. */
function refusals(
  bodies: ReadonlyMap<string, unknown>,
  taker: ReadModel | undefined,
  by: ReadModel | undefined,
): readonly RefusedPayload[] {
  if (!by) return [];
  const found = [...bodies]
    .filter(([body]) => takes(taker, body) && !takes(by, body))
    .map(([body, value]) => ({ body, value, reasons: reasonsOf(by, value) }))
    .sort((a, b) => a.reasons.length - b.reasons.length || a.body.length - b.body.length);
  const first = new Map<string, { readonly value: unknown; readonly reason: Refusal }>();
  for (const { value, reasons } of found) {
    for (const reason of reasons) {
      if (!first.has(keyOf(reason))) first.set(keyOf(reason), { value, reason });
    }
  }
  const examples = [...first.values()].map(({ value, reason }) => {
    const small = smallest(value, (candidate) => {
      const body = JSON.stringify(candidate);
      return takes(taker, body) && !takes(by, body) && reasonIn(by, candidate, reason) !== undefined;
    });
    return { ...(reasonIn(by, small, reason) ?? reason), payload: JSON.stringify(small) };
  });
  const texts = otherTexts.filter((text) => takes(taker, text) && !takes(by, text));
  return [...examples, ...texts.map((payload) => ({ ...notJson, payload }))];
}

const reasonIn = (model: ReadModel, value: unknown, reason: Refusal): Refusal | undefined =>
  reasonsOf(model, value).find((other) => keyOf(other) === keyOf(reason));

function reasonsOf(model: ReadModel, value: unknown): readonly Refusal[] {
  const reasons = refusalsOf(model.errors(value));
  return reasons.length > 0 ? reasons : [unexplained];
}

const unexplained: Refusal = { keyword: 'schema', property: '', words: 'that the schema refuses' };
