import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legibleDiagram } from '../../../../tools/review/picture/legible-diagram';
import type { Mark, Picture, PicturedArrow, PicturedPart } from '../../../../tools/review/picture/picture';
import { pictureSection } from '../../../../tools/review/picture/picture-section';
import type { ArrowKind, PartKind } from '../../../../tools/review/picture/system';

const settings =
  '%%{init: {"flowchart": {"nodeSpacing": 30, "rankSpacing": 30, "wrappingWidth": 130, ' +
  '"subGraphTitleMargin": {"top": 2, "bottom": 4}}}}%%';

const part = (key: string, kind: PartKind, mark?: Mark, more: Partial<PicturedPart> = {}): PicturedPart => ({
  key,
  stackId: 'dev-a',
  kind,
  name: key,
  details: [],
  mark,
  what: [],
  ...more,
});

const arrow = (from: string, to: string, mark?: Mark, more: Partial<PicturedArrow> = {}): PicturedArrow => ({
  from,
  to,
  kind: 'messages',
  label: undefined,
  mark,
  ...more,
});

const stack = (id: string, mark?: Mark, what: readonly string[] = []) => ({ id, mark, what });

const linesOf = (picture: Partial<Picture>) =>
  legibleDiagram({ environment: 'dev', stacks: [stack('dev-a')], parts: [], arrows: [], ...picture }).split(
    '\n',
  );

describe('a diagram', () => {
  it('shows a callback that is added to a flow', () => {
    const lines = linesOf({
      parts: [
        part('callers', 'callers', undefined, { details: ['192.0.2.0/24'] }),
        part('POST /v1/a', 'route'),
        part('POST /v1/b', 'route', 'added'),
        part('a', 'queue', 'changed', { details: ['KMS key'], what: ['policy', 'alarms'] }),
        part('b', 'fifo-queue', 'added'),
      ],
      arrows: [
        arrow('callers', 'POST /v1/a'),
        arrow('callers', 'POST /v1/b', 'added'),
        arrow('POST /v1/a', 'a'),
        arrow('POST /v1/b', 'b', 'added'),
      ],
    });
    expect(lines).toEqual([
      settings,
      'flowchart LR',
      '  subgraph s1["dev-a"]',
      '    direction LR',
      '    n1(["callers<br/>192.0.2.0/24"])',
      '    n2["POST /v1/a"]',
      '    n3["+#160;POST /v1/b"]',
      '    n4[["~#160;a<br/>queue, KMS key<br/>#126; policy, alarms"]]',
      '    n5[["+#160;b<br/>FIFO queue"]]',
      '  end',
      '  n1 --> n2',
      '  n1 --> n3',
      '  n2 --> n4',
      '  n3 --> n5',
      '  classDef stack fill:transparent,stroke:#8c959f',
      '  class s1 stack',
      '  classDef added fill:#dafbe1,color:#0a3d1a,stroke:#2da44e,stroke-width:3px',
      '  class n3,n5 added',
      '  linkStyle 1,3 stroke:#2da44e,stroke-width:3px',
      '  classDef changed fill:#fff3c4,color:#4d2d00,stroke:#bf8700,stroke-width:3px',
      '  class n4 changed',
    ]);
  });

  it('shows what is replaced and what is gone, and other stacks in the same columns', () => {
    const lines = linesOf({
      stacks: [stack('dev-w', 'gone'), stack('dev-a', 'changed', ['stage']), stack('dev-p')],
      parts: [
        part('clients', 'clients', 'gone', { stackId: 'dev-w', name: 'any client' }),
        part('w', 'web-socket-api', 'gone', { stackId: 'dev-w' }),
        part('POST /v1/a', 'route', 'replaced'),
        part('a', 'queue'),
        part('d', 'dead-letter-queue'),
        part('p', 'pipe', undefined, { stackId: 'dev-p' }),
        part('theirs', 'function', undefined, { stackId: undefined }),
        part('archive', 'bucket', undefined, { stackId: 'dev-p' }),
        part('example.com', 'destination', undefined, { stackId: 'dev-p' }),
      ],
      arrows: [
        arrow('clients', 'w', 'gone', { kind: 'both' }),
        arrow('POST /v1/a', 'a'),
        arrow('a', 'd', undefined, { kind: 'dead-letters' }),
        arrow('a', 'p'),
        arrow('p', 'theirs', 'added'),
        arrow('theirs', 'archive', 'gone', { label: 'x' }),
        arrow('p', 'example.com'),
        arrow('theirs', 'a', undefined, { kind: 'reply', label: 'reply' }),
      ],
    });
    expect(lines).toEqual([
      settings,
      'flowchart LR',
      '  subgraph s1["~#160;dev-a: stage"]',
      '    direction LR',
      '    n3["!#160;POST /v1/a"]',
      '    n4[["a<br/>queue"]]',
      '    n5[["d<br/>dead-letter queue"]]',
      '  end',
      '  subgraph s2["dev-p"]',
      '    direction LR',
      '    n6{{"p<br/>pipe"}}',
      '    n8[("archive<br/>bucket")]',
      '    n9(["example.com<br/>HTTPS server"])',
      '  end',
      '  subgraph s3["−#160;dev-w"]',
      '    direction LR',
      '    n1(["−#160;any client"])',
      '    n2["−#160;w<br/>WebSocket API"]',
      '  end',
      '  n7("theirs<br/>someone else#39;s function")',
      '  n1 <--> n2',
      '  n3 --> n4',
      '  n4 -.-> n5',
      '  n4 --> n6',
      '  n6 -->|"+#160;"| n7',
      '  n7 -->|"−#160;x"| n8',
      '  n6 --> n9',
      '  n7 -->|"reply"| n4',
      '  n1 ~~~ n4',
      '  classDef stack fill:transparent,stroke:#8c959f',
      '  class s2 stack',
      '  linkStyle 4 stroke:#2da44e,stroke-width:3px',
      '  classDef changedStack fill:transparent,stroke:#bf8700,stroke-width:3px',
      '  class s1 changedStack',
      '  classDef replaced fill:#ffdcd7,color:#82071e,stroke:#cf222e,stroke-width:3px',
      '  class n3 replaced',
      '  classDef gone fill:#d0d7de,color:#424a53,stroke:#8c959f,stroke-width:2px,stroke-dasharray:5 4',
      '  class n1,n2 gone',
      '  classDef goneStack fill:transparent,stroke:#8c959f,stroke-width:2px,stroke-dasharray:5 4',
      '  class s3 goneStack',
      '  linkStyle 0,5 stroke:#8c959f,stroke-width:2px,stroke-dasharray:5 4',
    ]);
  });

  it('names at most four details, the last of them how many more there are', () => {
    const details = ['1', '2', '3', '4', '5'];
    const lines = linesOf({ parts: [part('callers', 'callers', 'changed', { details })] });
    expect(lines).toContain('    n1(["~#160;callers<br/>1<br/>2<br/>3<br/>and 2 more"])');
  });
});

/** So many callbacks that share their callers; some are marked. */
const callbacks = (count: number, markOf: (index: number) => Mark | undefined): Partial<Picture> => {
  const indexes = [...Array(count).keys()];
  return {
    parts: [
      part('callers', 'callers'),
      ...indexes.flatMap((index) => [
        part(`POST /v1/${index}`, 'route', markOf(index)),
        part(`queue-${index}`, 'queue', markOf(index)),
        part(`dead-${index}`, 'dead-letter-queue', markOf(index)),
      ]),
    ],
    arrows: indexes.flatMap((index) => [
      arrow('callers', `POST /v1/${index}`, markOf(index)),
      arrow(`POST /v1/${index}`, `queue-${index}`, markOf(index)),
      arrow(`queue-${index}`, `dead-${index}`, markOf(index), { kind: 'dead-letters' }),
    ]),
  };
};

const labelsOf = (lines: readonly string[]) =>
  lines.flatMap((line) => /^ +[nms]\d+\W+"(.*)"\W+$/.exec(line)?.[1] ?? []);

describe('a large picture', () => {
  it('shows the flow that changes, and counts the others', () => {
    const lines = linesOf(callbacks(250, (index) => (index === 77 ? 'added' : undefined)));
    expect(labelsOf(lines)).toEqual([
      'callers',
      '+#160;POST /v1/77',
      '+#160;queue-77<br/>queue',
      '+#160;dead-77<br/>dead-letter queue',
      'and 249 unchanged flows',
    ]);
    expect(lines.filter((line) => line.includes('->'))).toEqual([
      '  n1 --> n2',
      '  n2 --> n3',
      '  n3 -.-> n4',
    ]);
  });

  it('is shown in full up to 40 nodes', () => {
    expect(labelsOf(linesOf(callbacks(13, () => 'added')))).toHaveLength(40);
    const more = labelsOf(linesOf(callbacks(14, () => 'added')));
    expect(more.at(-1)).toBe('+#160;and 2 added flows');
    expect(more).toHaveLength(1 + 12 * 3 + 1);
  });

  it('shows something of every mark, in the order in which they matter', () => {
    const marks = ['changed', 'added', undefined, 'gone', 'replaced'] as const;
    const labels = labelsOf(linesOf(callbacks(250, (index) => marks[Math.floor(index / 50)])));
    const count = (text: string) => labels.filter((label) => label.includes(text)).length;
    expect(['!#160;POST', '−#160;POST', '+#160;POST', '~#160;POST'].map(count)).toEqual([3, 3, 3, 2]);
    expect(labels.slice(-5)).toEqual([
      '!#160;and 47 replaced flows',
      '−#160;and 47 gone flows',
      '+#160;and 47 added flows',
      '~#160;and 48 changed flows',
      'and 50 unchanged flows',
    ]);
  });

  it('shows a flow of which only an arrow, a shared part or the callers change', () => {
    const { parts = [], arrows = [] } = callbacks(30, () => undefined);
    const withArrow = linesOf({
      parts,
      arrows: arrows.map((one) => (one.to === 'dead-7' ? { ...one, mark: 'added' as const } : one)),
    });
    expect(labelsOf(withArrow)).toEqual([
      'callers',
      'POST /v1/7',
      'queue-7<br/>queue',
      'dead-7<br/>dead-letter queue',
      'and 29 unchanged flows',
    ]);
    const withQueue = linesOf({
      parts: parts.map((one) => (one.key === 'dead-3' ? { ...one, mark: 'changed' as const } : one)),
      arrows,
    });
    expect(labelsOf(withQueue)).toContain('POST /v1/3');
    const withCallers = linesOf({
      parts: parts.map((one) => (one.key === 'callers' ? { ...one, mark: 'changed' as const } : one)),
      arrows,
    });
    expect(labelsOf(withCallers).at(-1)).toBe('~#160;and 18 changed flows');
  });

  it('shows the clients of a flow whose replies go back to where it begins', () => {
    const { parts = [], arrows = [] } = callbacks(30, () => undefined);
    const lines = linesOf({
      parts: [
        part('POST /v1/x', 'route'),
        part('clients', 'clients'),
        part('api', 'web-socket-api'),
        part('q', 'queue'),
        part('f', 'function', 'changed'),
        ...parts,
      ],
      arrows: [
        arrow('clients', 'api', undefined, { kind: 'both' }),
        arrow('api', 'q'),
        arrow('POST /v1/x', 'q'),
        arrow('q', 'f'),
        arrow('f', 'api', undefined, { kind: 'reply', label: 'reply' }),
        ...arrows,
      ],
    });
    expect(labelsOf(lines)).toEqual([
      'POST /v1/x',
      'clients',
      'api<br/>WebSocket API',
      'q<br/>queue',
      '~#160;f<br/>function',
      'and 30 unchanged flows',
    ]);
  });

  it('has at most 12,000 characters, however few its nodes are', () => {
    const quotes = '"'.repeat(60);
    const parts = [...Array(30).keys()].map((index) =>
      part(`${index}`, 'queue', 'added', { name: quotes, details: [quotes] }),
    );
    const lines = linesOf({ parts });
    expect(lines.join('\n').length).toBeGreaterThan(11_000);
    expect(lines.join('\n').length).toBeLessThanOrEqual(12_000);
    expect(labelsOf(lines).at(-1)).toBe(`+#160;and ${31 - labelsOf(lines).length} added flows`);
  });

  it('goes round in circles without end', () => {
    const { parts = [], arrows = [] } = callbacks(30, () => undefined);
    const lines = linesOf({
      parts: [...parts, part('x', 'queue', 'changed'), part('y', 'queue')],
      arrows: [
        ...arrows,
        arrow('x', 'y', undefined, { kind: 'dead-letters' }),
        arrow('y', 'x', undefined, { kind: 'dead-letters' }),
      ],
    });
    expect(labelsOf(lines)).toEqual(['~#160;x<br/>queue', 'y<br/>queue', 'and 30 unchanged flows']);
  });

  it('counts a flow that is too large by itself', () => {
    const queues = [...Array(60).keys()].map((index) => part(`q${index}`, 'queue', 'added'));
    const arrows = queues.slice(1).map(({ key }) => arrow('q0', key, 'added'));
    expect(labelsOf(linesOf({ parts: queues, arrows }))).toEqual(['+#160;and 1 added flow']);
  });

  it('names some of many stacks that change in nothing that is drawn', () => {
    const stacks = [...Array(60).keys()].map((index) => stack(`dev-${index}`, 'changed', ['role']));
    const labels = labelsOf(linesOf({ stacks }));
    expect(labels).toHaveLength(9);
    expect(labels.at(-1)).toBe('~#160;and 52 changed stacks');
  });
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.stringMatching(/^[\]["'`)(}{|<>&#;%:\-=.\n\r ~^@$*_\\/a-z]{0,80}$/),
  fc.constantFrom(
    'end',
    '%%{init: {"securityLevel": "loose"}}%%',
    '"]\n  click n1 href "javascript:alert(1)"\n  x["',
    '<img src=x onerror=alert(1)>',
    '```\n# out',
    '#quot;]',
    '`**x**`',
    '- x',
    'x'.repeat(5000),
  ),
);

const kinds: readonly PartKind[] = [
  ...(['callers', 'clients', 'route', 'web-socket-api', 'queue', 'fifo-queue'] as const),
  ...(['dead-letter-queue', 'pipe', 'destination', 'function', 'bucket', 'other'] as const),
];
const arrowKinds: readonly ArrowKind[] = ['messages', 'dead-letters', 'reply', 'both'];
const mark = fc.constantFrom<(Mark | undefined)[]>('added', 'changed', 'replaced', 'gone', undefined);

const pictures: fc.Arbitrary<Picture> = fc
  .record({
    environment: hostile,
    names: fc.uniqueArray(hostile, { maxLength: 4 }),
    keys: fc.uniqueArray(hostile, { maxLength: 50 }),
  })
  .chain(({ environment, names, keys }) =>
    fc.record({
      environment: fc.constant(environment),
      stacks: fc.tuple(
        ...names.map((id) => fc.record({ id: fc.constant(id), mark, what: fc.array(hostile) })),
      ),
      parts: fc.tuple(
        ...keys.map((key) =>
          fc.record({
            key: fc.constant(key),
            stackId: fc.constantFrom(undefined, ...names),
            kind: fc.constantFrom(...kinds),
            name: hostile,
            details: fc.array(hostile, { maxLength: 6 }),
            mark,
            what: fc.array(hostile, { maxLength: 6 }),
          }),
        ),
      ),
      arrows:
        keys.length === 0
          ? fc.constant([])
          : fc.array(
              fc.record({
                from: fc.constantFrom(...keys),
                to: fc.constantFrom(...keys),
                kind: fc.constantFrom(...arrowKinds),
                label: fc.option(hostile, { nil: undefined }),
                mark,
              }),
              { maxLength: 80 },
            ),
    }),
  );

/** Within a label: letters, digits and what `mermaidLabel` keeps, codes, our marks and line breaks. */
const label = '"(?:[\\p{L}\\p{N} ,/()._…:+~!−-]|#\\d+;|<br/>)+"';
const shape = `(?:${[
  ['\\[', '\\]'],
  ['\\(', '\\)'],
  ['\\(\\[', '\\]\\)'],
  ['\\[\\[', '\\]\\]'],
  ['\\{\\{', '\\}\\}'],
  ['\\[\\(', '\\)\\]'],
]
  .map(([open, close]) => `${open}${label}${close}`)
  .join('|')})`;
const ids = '[nms]\\d+(?:,[nms]\\d+)*';
const grammar = [
  /^%%\{init: \{"flowchart": [\w": ,{]+\}\}\}\}%%$/,
  /^flowchart LR$/,
  new RegExp(`^ {2}subgraph s\\d+\\[${label}\\]$`, 'u'),
  /^ {4}direction LR$/,
  new RegExp(`^ {2}(?: {2})?[nms]\\d+${shape}$`, 'u'),
  /^ {2}end$/,
  new RegExp(`^ {2}n\\d+ (?:-->|-\\.->|<-->)(?:\\|${label}\\|)? n\\d+$`, 'u'),
  /^ {2}n\d+ ~~~ n\d+$/,
  /^ {2}classDef (?:stack|(?:added|changed|replaced|gone)(?:Stack)?) [\w:#, -]+$/,
  new RegExp(`^ {2}class ${ids} (?:stack|(?:added|changed|replaced|gone)(?:Stack)?)$`),
  /^ {2}linkStyle \d+(?:,\d+)* [\w:#, -]+$/,
];

describe('whatever the names are', () => {
  it('each line is one that is meant, and each id one that is declared', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const lines = legibleDiagram(picture).split('\n');
        expect(lines.filter((line) => !grammar.some((form) => form.test(line)))).toEqual([]);
        const declared = lines.flatMap((line) => /^ +(?:subgraph )?([nms]\d+)\W/.exec(line)?.[1] ?? []);
        const nodes = lines.filter((line) => /^ +(?:subgraph )?[nms]\d+[[({]/.test(line)).length;
        expect(new Set(declared).size).toBe(nodes);
        const used = lines
          .filter((line) => /^ {2}(?:class |n\d+ )/.test(line))
          .flatMap((line) => line.replace(/"[^"]*"/g, '').match(/\b[nms]\d+\b/g) ?? []);
        expect(used.filter((id) => !declared.includes(id))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('stacks are opened and closed, one after the other, and styled arrows are there', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const lines = legibleDiagram(picture).split('\n');
        const brackets = lines
          .filter((line) => /^ {2}(?:subgraph |end$)/.test(line))
          .map((line) => line.slice(2, 5));
        expect(brackets).toEqual(brackets.map((_, index) => (index % 2 === 0 ? 'sub' : 'end')));
        const arrows = lines.filter((line) => /^ {2}n\d+ [<-]/.test(line)).length;
        const styled = lines.flatMap((line) => /^ {2}linkStyle (\S+)/.exec(line)?.[1]?.split(',') ?? []);
        expect(styled.every((index) => Number(index) < arrows)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('it is small enough for GitHub to draw and for a person to read, and the same each time', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const text = legibleDiagram(picture);
        expect(text.length).toBeLessThanOrEqual(12_000);
        expect(labelsOf(text.split('\n')).length).toBeLessThanOrEqual(40);
        expect(legibleDiagram(structuredClone(picture))).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});

it('the section has for each environment its picture, and what the marks in it mean', () => {
  const one = { stacks: [], parts: [part('a', 'queue', 'gone')], arrows: [], environment: 'dev' } as const;
  const other = {
    environment: 'prod',
    stacks: [stack('prod-a', 'changed')],
    parts: [part('a', 'queue', 'replaced')],
    arrows: [arrow('a', 'a', 'added')],
  } as const;
  const section = pictureSection({ pictures: [one, other], concerns: [] });
  expect(section?.title).toBe('Flow of the messages');
  expect(section?.blocks).toEqual([
    { kind: 'paragraph', text: { markdown: '`dev`: **−** dashed grey is no longer configured.' } },
    { kind: 'mermaid', text: legibleDiagram(one) },
    {
      kind: 'paragraph',
      text: {
        markdown:
          '`prod`: **\\+** green is new, **\\~** amber is changed, **\\!** red is destroyed and created anew.',
      },
    },
    { kind: 'mermaid', text: legibleDiagram(other) },
  ]);
});
