import { LIMITS } from './limits.ts';

const AT = {
  type: 'number',
  unit: 'ms',
  min: 0,
  max: LIMITS.durationMs + LIMITS.settleMs,
  required: true,
  default: 0,
  about: 'When it happens, from the start of the run.',
  source: 'has to be given',
} as const;

const FOR = {
  type: 'number',
  unit: 'ms',
  min: 0,
  max: LIMITS.durationMs + LIMITS.settleMs,
  orNull: 'until the end of the run',
  default: null,
  about: 'How long it lasts.',
  source: 'until the end of the run',
} as const;

const target = (about: string) =>
  ({
    type: 'text',
    minLength: 1,
    maxLength: 60,
    orNull: 'all of them',
    default: null,
    what: 'a name',
    about,
  }) as const;

export const LINKS = target(
  'A group ("sse"), one of its clients ("sse/3", from 1), or a server, a node of the backplane or a publisher: every link to it. ' +
    'Without it: the link of every client. A name that a group has as well means the group.',
);
export const CLIENTS = target(
  'A group ("sse") or one of its clients ("sse/3", from 1). Without it: every client.',
);
export const SERVERS = target('A server ("server-1"). Without it: every server.');

export const NODES = target('A node of the backplane. Without it: every node.');

export const DIRECTION = {
  type: 'choice',
  values: ['both', 'up', 'down'],
  default: 'both',
  about: 'Which way: up is from client to server.',
  source: 'a cut cable',
} as const;

/** When it begins, and how long it lasts. */
export const SPAN = { atMs: AT, forMs: FOR } as const;

/** A key that a kind does not have. */
export const nothing = (why: string) =>
  ({
    type: 'constant',
    value: null,
    default: null,
    why,
    about: '',
    source: why,
  }) as const;

export const INSTANT = { atMs: AT, forMs: nothing('it takes no time') } as const;
export const NO_TARGET = nothing('it has no target');

/** The two ends of something in the datacenter. */
export const ENDS = {
  type: 'list',
  of: { type: 'text', minLength: 1, maxLength: 60, default: null, what: 'a name', about: 'One end.' },
  minItems: 2,
  maxItems: 2,
} as const;

/** A fault on one chosen packet. */
export const PACKET = {
  ...INSTANT,
  target: {
    ...CLIENTS,
    about:
      'A group ("sse") or one of its clients ("sse/3", from 1). Each client of it has the packet counted by itself. ' +
      'Without it, and without between: every client.',
  },
  between: {
    ...ENDS,
    default: null,
    about:
      'In place of target, a packet of hop 2: whence and whither it goes, each a server, a node of the backplane or a ' +
      'publisher, or all "servers", the whole "backplane", all "publishers"; or one is a server and the other the ' +
      '"load-balancer". Each link between them has the packet counted by itself.',
  },
  direction: {
    type: 'choice',
    values: ['up', 'down'],
    default: null,
    about: 'Which way the packet goes: up is from client to server. Not with between, whose order says it.',
    source: '`"down"`, where the updates go',
  },
  packet: {
    type: 'choice',
    values: ['syn', 'synack', 'data', 'any'],
    default: 'data',
    about: 'What kind of packet counts.',
    source: 'a choice',
  },
  nth: {
    type: 'number',
    unit: '',
    min: 1,
    max: 1_000_000,
    integer: true,
    default: 1,
    about: 'Which of the packets that match, counted from atMs on.',
    source: 'the first',
  },
} as const;
