import fs from 'node:fs';
import path from 'node:path';
import { answerOf } from '../../../tools/doctor/aws/answer-of';
import type { Aws } from '../../../tools/doctor/aws/aws';

/** What AWS answered, by `<action> <resource>`; `null` where it said that there is no such thing. */
export type Answers = ReadonlyMap<string, unknown>;

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Answers kept in `recorded/<name>.json`. */
export function recorded(name: string): Answers {
  const file = path.join('__tests__/tools/doctor/recorded', `${name}.json`);
  const answers = JSON.parse(fs.readFileSync(file, 'utf8'), (_key, value) =>
    typeof value === 'string' && time.test(value) ? new Date(value) : value,
  );
  return new Map(Object.entries(answers));
}

/** The same answers but for one; `null` for what shall not exist. Fails where nothing was recorded for it. */
export function withAnswer<T>(answers: Answers, key: string, change: (answer: T) => unknown): Answers {
  if (!answers.has(key)) throw new Error(`nothing is recorded for ${key}`);
  return new Map([...answers, [key, change(structuredClone(answers.get(key)) as T)]]);
}

/** AWS as it was recorded: an answer that is an error is thrown as one, and what was never asked is a mistake. */
export function answering(answers: Answers): Aws {
  return {
    // A recorded answer needs no client.
    clients: new Proxy({}, { get: () => ({ send: () => undefined }) }) as Aws['clients'],
    ask: <Answer>(permission: { readonly action: string; readonly resource: string }) =>
      answerOf(permission, async () => {
        const key = `${permission.action} ${permission.resource}`;
        if (!answers.has(key)) throw new Error(`nothing is recorded for ${key}`);
        const answer = answers.get(key);
        if (answer instanceof Error) throw answer;
        return (answer ?? undefined) as Answer;
      }),
  };
}

/** Wraps `aws` so that every answer is noted: what `recorded/` is made of. */
export function recording(aws: Aws): { readonly aws: Aws; readonly answers: Map<string, unknown> } {
  const answers = new Map<string, unknown>();
  return {
    answers,
    aws: {
      clients: aws.clients,
      ask: async (permission, send) => {
        const answer = await aws.ask(permission, send);
        answers.set(`${permission.action} ${permission.resource}`, answer ?? null);
        return answer;
      },
    },
  };
}
