import type { BackplaneManifest, Claim } from '../../engine/contract/backplane.ts';
import { OPTIONS } from './options.ts';
import { VOCABULARY } from './vocabulary.ts';

/** Rows become visible in the order of their ids, each once, and no question overtakes another. */
const orderly = { cursor: 'id', slowPct: 0, inOrder: true, uniqueKey: true, schedule: 'skip' };

/** The first that fits counts. */
const GUARANTEES: readonly Claim[] = [
  {
    when: { ...orderly, startFrom: 'beginning', retry: true },
    delivery: 'at least once',
    ordered: 'room',
    replay: true,
  },
  // A new process of a server begins behind the last row: it is not handed twice what it was handed before.
  {
    when: { ...orderly, startFrom: 'new', keepCursor: false },
    delivery: 'at most once',
    ordered: 'room',
    replay: true,
  },
  // By timestamps rows become visible behind the cursor, and by any cursor if transactions take their time.
  { delivery: 'unspecified', ordered: 'none', replay: true },
];

/** What it is, what it can be told, and how far it can be trusted. */
export const databasePollingManifest: BackplaneManifest = {
  kind: 'database-polling',
  title: 'Database polling',
  about:
    'Updates are rows of a table, and every server asks the database again and again for those behind its cursor.',
  options: OPTIONS,
  nodes: () => [{ name: 'database', title: 'Database' }],
  links: ['server-node', 'source-node'],
  logs: (_, rooms) => rooms.map((name) => ({ name, partitions: 1 })),
  consumers: (_, servers) => [...servers],
  guarantees: GUARANTEES,
  vocabulary: VOCABULARY,
  sources: [
    'PostgreSQL 16 documentation: now() is the start of the transaction; the message formats of the protocol',
    'node-postgres: pg 8.23.0 lib/defaults.js, lib/client.js; pg-pool 3.14.0 index.js',
    'O. Dudycz, How Postgres sequences issues can impact your messaging guarantees (2022): a sequence gives its numbers before the commit',
  ],
  leavesOut: [
    'Disk, cache and locks: a statement costs what the options say, whatever else goes on.',
    'Replicas, failover, LISTEN and NOTIFY, logical decoding: one database, which is only asked.',
    'Transactions that fail; one that is open is committed even if whoever began it has gone.',
    'Connections that are closed because they were idle, TLS between the processes, deletion of old rows.',
  ],
};
