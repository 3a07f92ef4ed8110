import { nextOver } from '../routes.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { hopWords } from './hop-words.ts';
import type { Lookup } from './lookup.ts';
import type { Moment } from './moments.ts';
import type { Said } from './story.ts';
import { closeWords, messageName, sentence, serverName, textAt, theClient } from './words.ts';

/** Says what a client's application finds out, and what a load balancer or a proxy does to its client; null: it is neither. */
export function sayOfClient(lookup: Lookup, moment: Moment): Said | null {
  switch (moment.kind) {
    case 'duplicated':
    case 'deduplicated':
      return repeated(lookup.trace, moment.kind, moment.row);
    case 'gap':
      return gap(lookup.trace, moment.row);
    case 'ended':
      return ended(lookup, moment.row);
    default:
      return null;
  }
}

const REPEATED = {
  duplicated: {
    how: ': a duplicate',
    why: 'It keeps no ids of what it has had, so this is news to it: whatever must not be done twice is done twice.',
    tone: 'wait',
  },
  deduplicated: {
    how: ', and is dropped by its id',
    why: 'To the application it has come once; the wire and the server have paid for it twice.',
    tone: 'normal',
  },
} as const;

function repeated(trace: Trace, kind: keyof typeof REPEATED, row: number): Said {
  const table = trace.table(`message.${kind}`);
  const columns = COLUMN[`message.${kind}`];
  const [message, client] = [table.get(row, columns.message), table.get(row, columns.client)];
  const { how, why, tone } = REPEATED[kind];
  return {
    headline: `Message ${messageName(trace, message)} comes to ${theClient(trace, client)} once more${how}.`,
    why,
    terms: ['de-duplication'],
    tone,
    subject: { kind: 'message', message, client },
  };
}

function gap(trace: Trace, row: number): Said {
  const client = trace.table('gap.noticed').get(row, COLUMN['gap.noticed'].client);
  const words = hopWords(trace, trace.record('gap.noticed', row))?.words ?? '';
  return {
    headline: `${sentence(theClient(trace, client))} ${words}.`,
    why: 'A later one has come, and its number tells. Without numbers nobody would know.',
    terms: ['gap detection'],
    tone: 'wait',
    subject: { kind: 'client', client },
  };
}

function ended(lookup: Lookup, row: number): Said {
  const { trace } = lookup;
  const table = trace.table('route.ended');
  const { connection, status, reason } = COLUMN['route.ended'];
  const number = table.get(row, connection);
  const who = theClient(trace, lookup.clientOf(number));
  const code = table.get(row, status);
  const byProxy = lookup.endsAtProxy(number);
  const layer = byProxy || trace.header?.loadBalancer?.layer === 7 ? 7 : 4;
  const does = code > 0 ? `answers ${code} to` : `${layer === 7 ? 'closes' : 'forgets'} the connection of`;
  const because = textAt(trace, table.get(row, reason));
  const over = nextOver(trace, number, table.atUs(row));
  const behind = sentence(serverName(trace, over === 0 ? -1 : lookup.serverOf(over)));
  return {
    headline: `The ${byProxy ? 'proxy' : 'load balancer'} ${does} ${who}.`,
    why: because === 'idle' && code === 0 ? SILENT[layer] : (REASONS[because] ?? failed(because, behind)),
    terms: [byProxy ? 'interception proxy' : `layer ${layer}`],
    tone: 'loss',
    subject: { kind: 'connection', connection: number },
  };
}

/** What went wrong with whom a request was passed on to. */
function failed(because: string, behind: string): string {
  switch (because) {
    case 'idle':
      return `${behind} has been silent for as long as it waits for an answer.`;
    case 'no connection in time':
      return `${behind} has not taken its connection in time.`;
    case 'the server closed':
      return `${behind} has closed its connection in the middle.`;
    default:
      return `Its own connection to ${behind.replace('The ', 'the ')} was ${closeWords(because)}.`;
  }
}

const UNTOLD = 'Nobody is told: who sends next gets a reset.';
const SILENT = {
  4: `No packet has passed for as long as it remembers a connection. ${UNTOLD}`,
  7: 'Nothing has passed for as long as it keeps a silent connection open.',
} as const;
const REASONS: Record<string, string> = {
  unhealthy: `It takes the server for dead. ${UNTOLD}`,
  'no healthy server': 'It takes all servers for dead, so there is nobody to pass a request on to.',
  Upgrade: 'It lets nobody speak another protocol.',
};
