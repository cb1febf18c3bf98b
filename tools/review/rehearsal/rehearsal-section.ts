import { counted } from '../counted';
import { groupsOf } from '../groups';
import { listBlock } from '../list-block';
import { code, joined, type Markdown, md } from '../markdown/markdown';
import { prose } from '../markdown/prose';
import type { Block, Section } from '../section';
import type {
  RehearsalFailure,
  RehearsalReview,
  RehearsedEnvironment,
  ScenarioDifference,
} from './rehearsal-review';

/** What did not hold, how it went, and what goes differently from before. */
export function rehearsalSection(review: RehearsalReview): Section | undefined {
  const { environments, notRehearsed, notCompared, failures, differences } = review;
  const blocks: readonly Block[] = [
    ...(notRehearsed === undefined
      ? []
      : ([
          { kind: 'paragraph', text: md`The new version could not be rehearsed:` },
          { kind: 'fence', language: '', text: notRehearsed },
        ] satisfies Block[])),
    ...listBlock(groupsOf(failures, sameButIds).map(failureText), ['failure', 'failures']),
    ...listBlock(environments.map(environmentText), ['environment', 'environments']),
    ...(notCompared === undefined
      ? []
      : [
          {
            kind: 'paragraph',
            text: md`The version before could not be rehearsed, so that nothing is said of what went differently: ${notCompared}`,
          } satisfies Block,
        ]),
    ...(differences.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: ['flow', 'scenario', 'before', 'now'],
            rows: differenceRows(differences),
            noun: ['difference', 'differences'],
          } satisfies Block,
        ]),
  ];
  return blocks.length === 0 ? undefined : { title: 'Rehearsal', blocks };
}

/** Each request has an id of its own. */
const sameButIds = ({ what, ...failure }: RehearsalFailure): string =>
  JSON.stringify([what.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ''), failure]);

function failureText(alike: readonly [RehearsalFailure, ...RehearsalFailure[]]): Markdown {
  const [{ stackId, way, scenario, what, place }] = alike;
  const flow = way === undefined ? md`` : md` ${code(way)},`;
  const played = scenario === undefined ? md`` : md` ${code(scenario)},`;
  const times = alike.length === 1 ? '' : `, ${alike.length} times`;
  const where = place === undefined ? md`` : md` (${code(place)})`;
  return md`**failed**${times}: ${code(stackId)},${flow}${played} ${prose(what)}${where}`;
}

function environmentText(of: RehearsedEnvironment): Markdown {
  const { environment, held, scenarios, messages, lost, neededGrants } = of;
  const proven =
    neededGrants === 0 ? '' : `; ${counted(neededGrants, 'permission')} without which a flow breaks`;
  const counts = md`${counted(scenarios, 'scenario')}, ${counted(messages, 'message')}, ${lost} lost${proven}`;
  return held
    ? md`${code(environment)} held: ${counts}`
    : md`${code(environment)} did **not** hold: ${counts}`;
}

/** How many flows a row names, of those of which the same is to be said. */
const named = 3;

const differenceRows = (differences: readonly ScenarioDifference[]): readonly (readonly Markdown[])[] =>
  groupsOf(differences, ({ scenario, before, after }) => JSON.stringify([scenario, before, after])).map(
    differenceRow,
  );

function differenceRow(alike: readonly [ScenarioDifference, ...ScenarioDifference[]]): readonly Markdown[] {
  const [{ scenario, before, after }] = alike;
  const ways = alike.slice(0, named).map(({ way }) => code(way));
  const more = alike.length - ways.length;
  return [
    more > 0 ? md`${joined(ways)} and ${more} more` : joined(ways),
    scenario === undefined ? md`all` : code(scenario),
    before === undefined ? md`new` : md`${before}`,
    after === undefined ? md`gone` : md`${after}`,
  ];
}
