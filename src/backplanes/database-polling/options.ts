import type { OptionSpecs } from '../../engine/contract/option-spec.ts';

const CHOICE = 'a choice';
const ESTIMATE = 'an estimate: an indexed statement on a table in memory takes some tenths of a millisecond';

/** How servers read. */
const READERS: OptionSpecs = {
  intervalMs: {
    type: 'number',
    unit: 'ms',
    min: 10,
    max: 3_600_000,
    default: 1_000,
    about: 'How often every server asks the database for what is new.',
    source: CHOICE,
  },
  schedule: {
    type: 'choice',
    values: ['skip', 'after-answer', 'overlapping'],
    default: 'skip',
    about:
      'skip: every intervalMs, but not while the last question is open. after-answer: intervalMs after the last answer. overlapping: every intervalMs, whatever has become of the last one.',
    source: 'a timer with or without a guard; setInterval alone is overlapping',
  },
  cursor: {
    type: 'choice',
    values: ['id', 'timestamp', 'timestamp-inclusive'],
    default: 'id',
    about:
      'Behind what a server asks for rows. id: id > the last one read. timestamp: created_at > it. timestamp-inclusive: created_at >= it, so that the last rows come again with every question.',
    source: CHOICE,
  },
  readBehindMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 600_000,
    default: 0,
    about:
      'Rows that are younger than this, by created_at and the clock of the database, are left for later: transactions that are open for less time cannot be overtaken.',
    source: CHOICE,
  },
  startFrom: {
    type: 'choice',
    values: ['new', 'beginning'],
    default: 'new',
    about: 'Where a server begins with a room: behind the last row, or at the first.',
    source: CHOICE,
  },
  keepCursor: {
    type: 'flag',
    default: false,
    about:
      'A server writes its cursor to its own disk when it has passed a page on, and goes on from there after a crash: what it had passed on of the next page comes again.',
    source: CHOICE,
  },
  limit: {
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 100_000,
    integer: true,
    default: 1_000,
    about:
      'LIMIT: how many rows of a room one answer may have; after a full page the server asks on at once.',
    source: CHOICE,
  },
};

/** How sources write. */
const WRITERS: OptionSpecs = {
  inOrder: {
    type: 'flag',
    default: true,
    about:
      'A source writes its next row when the last one is confirmed. Otherwise it writes as many at a time as its pool has connections, in no order.',
    source: CHOICE,
  },
  retry: {
    type: 'flag',
    default: true,
    about: 'A statement that was not answered is tried again, though the database may have done it.',
    source: CHOICE,
  },
  uniqueKey: {
    type: 'flag',
    default: true,
    about: 'Rows have a key that the source makes, and INSERT … ON CONFLICT DO NOTHING writes none twice.',
    source: 'PostgreSQL documentation, INSERT: ON CONFLICT',
  },
  slowPct: {
    type: 'number',
    unit: '%',
    min: 0,
    max: 100,
    default: 0,
    about:
      'Share of the transactions that stay open for slowMs: their rows have long had an id and a time when they appear.',
    source: CHOICE,
  },
  slowMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 600_000,
    default: 1_000,
    needs: { slowPct: 'above 0' },
    about: 'How long a slow transaction is open between its INSERT and its COMMIT.',
    source: CHOICE,
  },
  clock: {
    type: 'choice',
    values: ['database', 'application'],
    default: 'database',
    about:
      'Whose clock created_at comes from: that of the database when the transaction begins (now()), or that of the source.',
    source: 'PostgreSQL documentation, current date and time: now() is the start of the transaction',
  },
  timestampStepMs: {
    type: 'number',
    unit: 'ms',
    min: 0.001,
    max: 60_000,
    default: 0.001,
    about: 'How fine created_at is: rows within a step have the same time.',
    source:
      'PostgreSQL documentation, date/time types: 1 µs; in MySQL a DATETIME has whole seconds by default',
  },
};

/** The database. */
const DATABASE: OptionSpecs = {
  workers: {
    type: 'number',
    unit: '',
    min: 1,
    max: 1_000,
    integer: true,
    default: 4,
    about: 'Statements that the database works on at the same time; the others wait.',
    source: 'a choice: its cores',
  },
  queryMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 60_000,
    default: 0.5,
    about: 'What a question costs, answered or empty: a worker is busy for so long.',
    source: ESTIMATE,
  },
  perRowMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 1_000,
    default: 0.005,
    about: 'What each row of an answer costs besides.',
    source: ESTIMATE,
  },
  insertMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 60_000,
    default: 2,
    about: 'What an INSERT with its COMMIT costs, the write to the disk included.',
    source: 'an estimate: a flush of the log to an SSD takes about a millisecond',
  },
  maxConnections: {
    type: 'number',
    unit: '',
    min: 1,
    max: 100_000,
    integer: true,
    default: 97,
    about: 'Connections that the database takes from processes like these; it refuses any further one.',
    source: 'PostgreSQL 16: max_connections 100, of which superuser_reserved_connections keeps 3',
  },
  poolMax: {
    type: 'number',
    unit: '',
    min: 1,
    max: 1_000,
    integer: true,
    default: 10,
    about: 'Connections to the database that a process opens at most; further statements wait in it.',
    source: 'node-postgres, pg-pool 3.14.0, index.js: max 10',
  },
  connectTimeoutMs: {
    type: 'number',
    unit: 'ms',
    min: 1,
    max: 600_000,
    orNull: 'never',
    default: null,
    about:
      'An attempt to connect and to log in that takes longer is given up, and so is the wait of a statement for a connection of a pool in which all are in use.',
    source: 'node-postgres, pg 8.23.0, lib/client.js, and pg-pool 3.14.0: connectionTimeoutMillis 0, none',
  },
  queryTimeoutMs: {
    type: 'number',
    unit: 'ms',
    min: 1,
    max: 600_000,
    orNull: 'never',
    default: null,
    about:
      'A statement that is not answered for so long has failed, and its connection is closed. The database may do it all the same.',
    source: 'node-postgres, pg 8.23.0, lib/defaults.js: query_timeout false, none',
  },
};

export const OPTIONS: OptionSpecs = { ...READERS, ...WRITERS, ...DATABASE };
