import { expect, test } from 'vitest';
import { failing, Subscriber, slow, up } from '../../../../tools/rehearse/pipe/subscriber';
import type {
  NetworkFault,
  NetworkRequest,
  NetworkResponse,
} from '../../../../tools/rehearse/simulation/network';
import { random } from '../../../../tools/rehearse/simulation/random';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';
import { sometimes } from './behaviours';

const request = (body: string): NetworkRequest => ({
  protocol: 'https',
  method: 'POST',
  host: 'a.example',
  path: '/',
  headers: new Map(),
  body: Buffer.from(body),
});

function setting() {
  const clock = new VirtualClock(0);
  const subscriber = new Subscriber({ clock });
  const answers: [number, number | NetworkFault][] = [];
  const post = (body: string) =>
    subscriber.network(request(body), (answer: NetworkResponse | NetworkFault) => {
      answers.push([clock.now(), typeof answer === 'string' ? answer : answer.status]);
    });
  return { clock, subscriber, answers, post };
}

test('it answers as it is told, when it is told, and writes down what came', async () => {
  const { clock, subscriber, answers, post } = setting();
  post('a');
  await clock.run(1000);
  subscriber.behave(() => failing(500));
  post('b');
  await clock.run(2000);
  subscriber.behave(() => slow(300));
  post('c');
  post('a');
  await clock.run();

  expect(answers).toEqual([
    [20, 200],
    [1020, 500],
    [2300, 200],
    [2300, 200],
  ]);
  expect(subscriber.arrivals.map(({ at, status }) => [at, status])).toEqual([
    [0, 200],
    [1000, 500],
    [2000, 200],
    [2000, 200],
  ]);
  expect(subscriber.taken()).toEqual(['a', 'c']);
  expect(subscriber.duplicates()).toBe(1);
});

test('while it is down nothing reaches it', async () => {
  const { clock, subscriber, answers, post } = setting();
  subscriber.behave(() => ({ kind: 'down', fault: 'ENOTFOUND' }));
  post('a');
  await clock.run();

  expect(answers).toEqual([[20, 'ENOTFOUND']]);
  expect(subscriber.arrivals).toEqual([]);
});

test('who gives up gets no answer, and the message was taken all the same', async () => {
  const { clock, subscriber, answers, post } = setting();
  subscriber.behave(() => slow(6000));
  const giveUp = post('a');
  await clock.run(5000);
  giveUp();
  await clock.run();

  expect(answers).toEqual([]);
  expect(subscriber.taken()).toEqual(['a']);
});

test('chance decides as often as it should', () => {
  const behave = sometimes(random('s'), 0.25, failing(500));
  const outcomes = Array.from({ length: 1000 }, () => behave(request('a'), 0));
  expect(outcomes.filter((outcome) => outcome !== up).length).toBeGreaterThan(200);
  expect(outcomes.filter((outcome) => outcome !== up).length).toBeLessThan(300);
});
