import { createContext, Script } from 'node:vm';
import { NotSimulated } from '../../not-simulated';

/** How long a pattern may look at one text, in milliseconds; one that does not repeat a repetition takes less than one. */
const most = 500;

/**
 * The limit is by the machine's clock, and a busy machine keeps a process from running for as long now and then. So a
 * pattern is too slow when it was so twice, and the process had as much of a processor's time meanwhile.
 */
const leastTries = 2;

interface Pattern {
  test(text: string): boolean;
}

/**
 * Makes the patterns of a JSON schema: for ajv, in place of `RegExp`. A pattern such as `^(a+)+$` can take years over
 * thirty characters, and nothing else in the process would run meanwhile: it is given up.
 * @param address of the schema
 * @returns patterns that throw NotSimulated where they take too long
 */
export const timedPatterns = (address: string) =>
  Object.assign(
    (source: string, flags: string): Pattern => {
      const pattern = new RegExp(source, flags);
      return isPlain(source) ? pattern : { test: (text) => timed(pattern, text, address) };
    },
    // What ajv writes into the code of validators, of which none is kept.
    { code: 'new RegExp' },
  );

/** Without groups, and with one quantifier of several counts: it takes no longer than the square of a text's length. */
function isPlain(source: string): boolean {
  const rest = source.replaceAll(/\\./gs, '').replaceAll(/\[[^\]]*\]/g, '');
  return !rest.includes('(') && (rest.match(/[*+?]|\{\d+,/g) ?? []).length <= 1;
}

const inContext: { pattern?: Pattern; text?: string } = createContext({});
const script = new Script('pattern.test(text)');

function timed(pattern: Pattern, text: string, address: string): boolean {
  Object.assign(inContext, { pattern, text });
  const begun = processorMilliseconds();
  for (let tried = 1; ; tried++) {
    try {
      return script.runInContext(inContext, { timeout: most }) as boolean;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    }
    if (tried >= leastTries && processorMilliseconds() - begun >= most) break;
  }
  throw new NotSimulated(
    address,
    `a pattern that takes more than ${most} ms for a text of ${text.length} characters, ${pattern}, since it repeats what repeats itself,`,
  );
}

const processorMilliseconds = () => process.cpuUsage().user / 1000;
