import { createHash } from 'node:crypto';
import vm from 'node:vm';
import { expect, test } from 'vitest';
import { pagePolicy, subscriberPage } from '../../../tools/local/subscriber-page';
import { run } from './running';

const html = subscriberPage('dev');
const [, script = ''] = /<script>(.*)<\/script>/s.exec(html) ?? [];

/** As much of an element as the page uses. */
class FakeElement {
  readonly children: FakeElement[] = [];
  readonly listeners: (() => void)[] = [];
  className = '';
  textContent = '';

  constructor(readonly name: string) {}

  append(...added: readonly FakeElement[]): void {
    this.children.push(...added);
  }

  prepend(added: FakeElement): void {
    this.children.unshift(added);
  }

  replaceChildren(): void {
    this.children.length = 0;
  }

  addEventListener(_event: string, listener: () => void): void {
    this.listeners.push(listener);
  }

  all(name: string): readonly FakeElement[] {
    return this.children.flatMap((child) => [...(child.name === name ? [child] : []), ...child.all(name)]);
  }
}

function page() {
  const main = new FakeElement('main');
  const requests: string[] = [];
  const listeners = new Map<string, (event: { readonly data: string }) => void>();
  vm.runInNewContext(script, {
    document: {
      querySelector: (selector: string) => (selector === 'main' ? main : new FakeElement('p')),
      createElement: (name: string) => new FakeElement(name),
    },
    EventSource: class {
      addEventListener(event: string, listener: (event: { readonly data: string }) => void) {
        listeners.set(event, listener);
      }
    },
    fetch: (url: string, { method }: { readonly method: string }) => requests.push(`${method} ${url}`),
    setInterval: () => {},
  });
  const tell = (event: string, data: unknown) => listeners.get(event)?.({ data: JSON.stringify(data) });
  return { main, requests, tell };
}

const pipe = {
  ...{ name: 'p&1', target: 'writer', queue: 'q', down: false, delivered: 0, waiting: 2, deadLetters: 1 },
  messages: [],
};
const at = '2026-01-01T00:00:00.000Z';
const markup = '<img src=x onerror=alert(1)>';

test('shows each pipe, what waits, and messages as they come, the latest first', () => {
  const { main, tell } = page();
  tell('all', [{ ...pipe, messages: [{ messageId: 'm1', content: 'first', at }] }]);
  tell('delivered', { name: 'p&1', message: { messageId: 'm2', content: 'second', at } });
  expect(main.all('h2').map(({ textContent }) => textContent)).toEqual(['p&1']);
  expect(main.all('pre').map(({ textContent }) => textContent)).toEqual(['second', 'first']);
  expect(main.all('p')[0]?.textContent).toBe('q → writer · 0 delivered · 2 on the queue · 1 dead letters');
});

test('shows that a subscriber is down, and when it is tried again', () => {
  const { main, tell } = page();
  tell('all', [pipe]);
  const state = () => main.all('span').find(({ className }) => className.startsWith('state'))?.textContent;
  expect(state()).toBe('up');
  tell('states', [{ ...pipe, down: true, nextTry: new Date(Date.now() + 42_000).toISOString() }]);
  expect(state()).toBe('down');
  expect(main.all('p')[0]?.textContent).toMatch(/next try in 4[0-2] s$/);
});

test('its buttons take one subscriber down and up', () => {
  const { main, requests, tell } = page();
  tell('all', [pipe]);
  for (const { listeners } of main.all('button')) for (const click of listeners) click();
  expect(requests).toEqual(['POST /_subscriber/down?pipe=p%261', 'POST /_subscriber/up?pipe=p%261']);
});

test('says when there is no pipe', () => {
  const { main, tell } = page();
  tell('all', []);
  expect(main.all('p')[0]?.textContent).toBe('No pipe of this environment has a subscriber.');
});

test('markup in a message stays text', () => {
  const { main, tell } = page();
  tell('all', [pipe]);
  tell('delivered', { name: 'p&1', message: { messageId: markup, content: markup, at } });
  expect(main.all('pre')[0]?.textContent).toBe(markup);
  expect(main.all('img')).toEqual([]);
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
});

test('nothing but its own script may run, and nothing comes from elsewhere', async () => {
  const { url } = await run();
  const response = await fetch(`${url}/_subscriber`);
  expect(response.headers.get('content-security-policy')).toBe(pagePolicy);
  expect(pagePolicy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  expect(pagePolicy).toMatch(/^default-src 'none'; connect-src 'self';/);
  expect(await response.text()).toBe(html);
  expect(html).not.toMatch(/https?:\/\//);
});
