import { HandOver } from '../../src/app/worker/hand-over.ts';
import { randomStream } from '../../src/kernel/random.ts';
import { COLUMN, KIND, Trace } from '../../src/trace/trace.ts';
import type { Case } from './measure.ts';

const RECORDS = 1_000_000;
const WINDOW = 1000;
/** Fewer, as they take a thousand times as long. */
const HANDED_OBJECTS = 100_000;

function filled(keep: 'all' | 'fingerprint'): Trace {
  const trace = new Trace(keep);
  for (let i = 0; i < RECORDS; i++)
    trace.add(KIND['message.delivered'], i * 7, i, i % 50, 50_000 + (i % 999), 1, 0);
  return trace;
}

function objects(): number {
  const records: object[] = [];
  for (let i = 0; i < RECORDS; i++)
    records.push({
      seq: i,
      atUs: i * 7,
      kind: 'message.delivered',
      cause: -1,
      message: i,
      client: i % 50,
      latencyUs: 50_000 + (i % 999),
      expected: 1,
      outOfOrder: 0,
    });
  return records.length;
}

const full = filled('all');

/** Windows of a thousand records at random times: what a view does at each frame. */
function windows(): number {
  const luck = randomStream(1, 'bench/windows');
  const table = full.table('message.delivered');
  const column = COLUMN['message.delivered'].latencyUs;
  let sum = 0;
  for (let i = 0; i < 1000; i++) {
    const from = table.firstAtOrAfter(luck.integer(RECORDS * 7));
    const to = Math.min(from + WINDOW, table.length);
    for (let row = from; row < to; row++) sum += table.get(row, column);
  }
  if (sum === 0) throw new Error('nothing was read');
  return 1000 * WINDOW;
}

/** A million records as they are, and as objects; what is handed over is gone, so each time there are new ones. */
let trace = full;
let records: object[] = [];

/** The worker's own side: full chunks change hands, of each last one the rows are copied. */
function handOver(): number {
  const { news, transfer } = new HandOver(trace).take();
  structuredClone(news, { transfer });
  return trace.records;
}

function cloneChunks(): number {
  structuredClone(new HandOver(trace).take().news);
  return trace.records;
}

function cloneObjects(): number {
  structuredClone(records);
  return records.length;
}

const fill = () => {
  trace = filled('all');
};

const list = () => {
  records = Array.from({ length: HANDED_OBJECTS }, (_, row) => full.record('message.delivered', row));
};

export const APPEND: Case[] = [
  { name: 'array of objects', run: objects },
  { name: 'trace, columns and fingerprint', run: () => filled('all').records },
  { name: 'trace, fingerprint only', run: () => filled('fingerprint').records },
];

export const READ: Case[] = [{ name: 'windows of 1,000 records, found by time', run: windows }];

export const HAND_OVER: Case[] = [
  { name: 'objects, cloned', prepare: list, run: cloneObjects },
  { name: 'the worker’s news, cloned', prepare: fill, run: cloneChunks },
  { name: 'the worker’s news, its buffers transferred', prepare: fill, run: handOver },
];

/** Bytes a record of the fullest kinds takes. */
export function bytesPerRecord(): string {
  const of = (kind: 'packet.sent' | 'message.delivered') => 8 + 4 * full.table(kind).columns;
  return `message.delivered ${of('message.delivered')} B, packet.sent ${of('packet.sent')} B a record`;
}
