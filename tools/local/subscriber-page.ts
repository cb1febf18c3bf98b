import { createHash } from 'node:crypto';

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1b1f24; }
  h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin: 0; }
  section { border: 1px solid #d0d7de; border-radius: 6px; padding: 1rem; margin: 1rem 0; }
  header { display: flex; gap: 1rem; align-items: center; flex-wrap: wrap; }
  .state { font-weight: 600; } .up { color: #1a7f37; } .down { color: #cf222e; }
  .facts { color: #57606a; margin: .3rem 0; }
  ol { list-style: none; padding: 0; margin: .5rem 0 0; }
  li { border-top: 1px solid #d0d7de; padding: .4rem 0; }
  pre { margin: .2rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  button { font: inherit; padding: .1rem .8rem; }
  @media (prefers-color-scheme: dark) {
    body { background: #0d1117; color: #e6edf3; } section, li { border-color: #30363d; } .facts { color: #8b949e; }
  }
`;

/** Whatever comes from a message is set as text, never as markup. */
const script = `
  const pipes = new Map();
  const main = document.querySelector('main');
  const note = document.querySelector('#connection');
  const shown = 200;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function button(text, action, name) {
    const made = element('button', '', text);
    const query = '?pipe=' + encodeURIComponent(name);
    made.addEventListener('click', () => fetch('/_subscriber/' + action + query, { method: 'POST' }));
    return made;
  }

  function sectionOf(pipe) {
    const known = pipes.get(pipe.name);
    if (known) return known;
    const made = {
      root: element('section'), state: element('span', 'state'), facts: element('p', 'facts'), list: element('ol'),
    };
    const header = element('header');
    header.append(
      element('h2', '', pipe.name), made.state, button('Down', 'down', pipe.name), button('Up', 'up', pipe.name));
    made.root.append(header, made.facts, made.list);
    main.append(made.root);
    pipes.set(pipe.name, made);
    return made;
  }

  function due(time) {
    const seconds = Math.max(0, Math.round((new Date(time) - Date.now()) / 1000));
    return seconds < 100 ? seconds + ' s' : Math.round(seconds / 60) + ' min';
  }

  function showState(pipe) {
    const section = sectionOf(pipe);
    section.pipe = pipe;
    section.state.textContent = pipe.down ? 'down' : 'up';
    section.state.className = 'state ' + (pipe.down ? 'down' : 'up');
    section.facts.textContent = [
      pipe.queue + ' \\u2192 ' + pipe.target, pipe.delivered + ' delivered', pipe.waiting + ' on the queue',
      pipe.deadLetters + ' dead letters', ...(pipe.nextTry ? ['next try in ' + due(pipe.nextTry)] : []),
    ].join(' \\u00b7 ');
  }

  function addMessage(name, message) {
    const { list } = pipes.get(name);
    const item = element('li');
    item.append(
      element('span', 'facts', new Date(message.at).toLocaleTimeString() + ' \\u00b7 ' + message.messageId),
      element('pre', '', message.content));
    list.prepend(item);
    while (list.children.length > shown) list.lastChild.remove();
  }

  const source = new EventSource('/_subscriber/events');
  source.addEventListener('open', () => { note.textContent = ''; });
  source.addEventListener('error', () => { note.textContent = 'npm run local does not answer.'; });
  source.addEventListener('all', ({ data }) => {
    main.replaceChildren();
    pipes.clear();
    for (const pipe of JSON.parse(data)) {
      showState(pipe);
      for (const message of pipe.messages) addMessage(pipe.name, message);
    }
    if (pipes.size === 0) main.append(element('p', '', 'No pipe of this environment has a subscriber.'));
  });
  source.addEventListener('states', ({ data }) => JSON.parse(data).forEach(showState));
  source.addEventListener('delivered', ({ data }) => {
    const { name, message } = JSON.parse(data);
    addMessage(name, message);
  });
  setInterval(() => pipes.forEach(({ pipe }) => showState(pipe)), 1000);
`;

const scriptHash = createHash('sha256').update(script).digest('base64');

/** Only what the page holds itself may run. */
export const pagePolicy = `default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'`;

/** A page that shows messages as they arrive. @param environment a name of letters, digits and hyphens */
export const subscriberPage = (environment: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Subscribers of ${environment}</title>
<style>${style}</style>
</head>
<body>
<h1>Subscribers of ${environment}</h1>
<p id="connection" class="down"></p>
<main></main>
<script>${script}</script>
</body>
</html>
`;
