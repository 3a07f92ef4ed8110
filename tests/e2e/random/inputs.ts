import { deflateRawSync } from 'node:zlib';

const small = {
  version: 1,
  name: 'Pasted',
  durationMs: 3000,
  publishers: [{ name: 'a', room: 'r', arrivals: { kind: 'poisson', perSecond: 20 }, text: 'text ' }],
  clients: [
    { name: 'w', count: 3, rooms: ['r'], transport: { kind: 'websocket' } },
    { name: 'p', rooms: ['r'], transport: { kind: 'long-polling' } },
  ],
};
const nobody = { ...small, name: 'Nobody speaks', publishers: [], settleMs: 0 };
const many = {
  ...small,
  name: 'A crowd',
  clients: [{ name: 's', count: 400, rooms: ['r'], transport: { kind: 'sse' } }],
  faults: [{ kind: 'server-crash', atMs: 1000, forMs: 500 }],
};
const link = (scenario: object) =>
  `#/play?s=1.${deflateRawSync(JSON.stringify(scenario)).toString('base64url')}&t=700`;

/** What somebody might paste or drop: scenarios that hold, some that do not, links, and what is neither. */
export const TEXTS: readonly [string, ...string[]] = [
  JSON.stringify(small),
  JSON.stringify(nobody),
  JSON.stringify(many),
  JSON.stringify({ ...small, durationMs: 'long' }),
  JSON.stringify({ ...small, clients: [] }),
  '{"version": 1, "clients": [',
  '{"__proto__": {"x": 1}}',
  '',
  'hello '.repeat(400),
  '\u0000\uffff\ud800',
  `https://example.org/${link(small)}`,
  '#/play?preset=one-lost-packet&t=900',
];

/** Fragments of an address, good and bad. */
export const HASHES: readonly [string, ...string[]] = [
  '#/play?preset=race',
  '#/play?preset=race&seed=12&t=20000',
  '#/play?preset=link-down&t=4000&sel=client:1',
  '#/play?preset=server-crash&t=99999',
  link(small),
  link(many),
  '#/embed?preset=race&controls=full',
  '#/embed?preset=race&controls=none&autoplay=1',
  '#/play?s=1.AAAA',
  '#/play?preset=nothing',
  '#/nowhere',
  '',
];

/** Keys as Playwright writes them: those the app listens to, those of forms and dialogs, and some that mean nothing. */
export const KEYS: readonly [string, ...string[]] = [
  ...(['Space', 'k', 'ArrowRight', 'ArrowLeft', 'l', 'j', 'Shift+ArrowRight', '.', ',', '>', '<'] as const),
  ...['Home', 'End', '1', '4', '9', '0', 'p', 'f', 'b', '?', 'Escape', 'Escape', 'Control+z', 'Control+z'],
  ...['Control+Shift+z', 'Control+y', 'Control+k', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'Enter', 'Enter'],
  ...['ArrowDown', 'ArrowUp', 'Shift+ArrowUp', 'Alt+ArrowRight', 'PageDown', 'PageUp', 'Delete', 'Backspace'],
  ...['x', 'a', '-', '+', '[', ']', 'F6', 'c', 's', 'm', 'd', 'w', 'n', 'g', 't', 'u', 'h', 'i'],
];

/** What is typed into a field. */
export const TYPED: readonly [string, ...string[]] = [
  '7',
  '0',
  '-1',
  '1e9',
  '12.5 ms',
  'abc',
  '',
  ' ',
  '999999999',
  'NaN',
];

export const SIZES: readonly [[number, number], ...[number, number][]] = [
  [1440, 900],
  [1280, 720],
  [390, 844],
  [1024, 600],
  [320, 480],
  [2200, 1200],
];
