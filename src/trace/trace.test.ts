import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS } from './kinds.ts';
import { CHUNK_ROWS, Table } from './table.ts';
import { COLUMN, KIND, Trace } from './trace.ts';

describe('trace', () => {
  it('gives back every field of every kind', () => {
    const trace = new Trace('all');
    for (const [kind, fields] of Object.entries(KINDS)) {
      const values = Object.keys(fields).map((_, index) => index + 1);
      trace.add(KIND[kind as keyof typeof KINDS], 10, ...values);
      const table = trace.table(kind as keyof typeof KINDS);
      const columns = COLUMN[kind as keyof typeof KINDS] as Record<string, number>;
      expect(Object.keys(fields).map((field) => table.get(0, columns[field] as number))).toEqual(values);
    }
  });

  it('prints records in order, texts as strings, times as absolute, what is absent left out', () => {
    const trace = new Trace('all');
    trace.cause = trace.add(KIND['message.published'], 5, 1, 0, 0, 100, trace.text('h'));
    trace.add(KIND['packet.sent'], 7, 1, 3, 152, 1, 16, 0, 1, 1, 100, 1, 1, 50, -1, trace.text(''));
    expect([...trace.all()]).toEqual([
      {
        seq: 0,
        atUs: 5,
        kind: 'message.published',
        message: 1,
        room: 0,
        publisher: 0,
        bytes: 100,
        text: 'h',
      },
      {
        seq: 1,
        atUs: 7,
        kind: 'packet.sent',
        cause: 0,
        link: '0/down',
        packet: 3,
        bytes: 152,
        connection: 1,
        what: 16,
        why: 0,
        seqNo: 1,
        ackNo: 1,
        dataBytes: 100,
        firstUnit: 1,
        lastUnit: 1,
        arrivesAtUs: 57,
      },
    ]);
    expect(trace.find(1)?.kind).toBe('packet.sent');
  });

  it('prints the records of some kinds alone as it would among all', () => {
    const kinds = fc.subarray(['unit.received', 'message.duplicated', 'message.refused'] as const);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Object.values(KIND)), { maxLength: 60 }),
        kinds,
        (added, asked) => {
          const trace = new Trace('all');
          for (const [atUs, kind] of added.entries()) trace.add(kind, atUs);
          expect(added.length).toBe([...trace.all()].length);
          const among = [...trace.all()].filter(({ kind }) => (asked as string[]).includes(kind));
          expect([...trace.all(asked)]).toEqual(among);
        },
      ),
    );
  });

  it('has a fingerprint that every value of every field moves, whether records are kept or not', () => {
    const values = fc.array(fc.integer({ min: -1, max: 2 ** 31 - 1 }), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(values, fc.nat(13), fc.integer({ min: 1, max: 1000 }), (fields, at, by) => {
        const of = (row: number[], keep: 'all' | 'fingerprint') => {
          const trace = new Trace(keep, 2);
          trace.add(KIND['packet.sent'], 99, ...(row as [number]));
          return trace.fingerprint;
        };
        const changed = fields.with(at, ((fields[at] as number) + by) | 0);
        expect(of(fields, 'all')).toBe(of(fields, 'fingerprint'));
        expect(of(changed, 'all')).not.toBe(of(fields, 'all'));
      }),
    );
  });

  it('keeps no more than it may, counts the rest, and hashes all', () => {
    const [kept, full] = [new Trace('all', 3), new Trace('all')];
    for (const trace of [kept, full]) for (let i = 0; i < 5; i++) trace.add(KIND['unit.received'], i, i);
    expect([kept.table('unit.received').length, kept.omitted, kept.records]).toEqual([3, 2, 5]);
    expect(kept.fingerprint).toBe(full.fingerprint);
  });
});

describe('table', () => {
  it('finds times and seqs as a scan would, across chunks', () => {
    const table = new Table(1);
    const rows = CHUNK_ROWS + 100;
    for (let i = 0; i < rows; i++) {
      const chunk = table.grow();
      chunk.atUs[chunk.rows - 1] = Math.floor(i / 3) * 10;
      chunk.data[chunk.rows - 1] = i * 2;
      chunk.data[2 * chunk.stride + chunk.rows - 1] = -i;
    }
    for (let i = 0; i < rows; i++) if (table.get(i, 2) !== -i) expect(table.get(i, 2)).toBe(-i);
    fc.assert(
      fc.property(fc.integer({ min: -5, max: rows * 4 }), (atUs) => {
        const first = table.firstAtOrAfter(atUs);
        if (first < rows) expect(table.atUs(first)).toBeGreaterThanOrEqual(atUs);
        if (first > 0) expect(table.atUs(first - 1)).toBeLessThan(atUs);
        expect(table.rowOfSeq(atUs)).toBe(atUs >= 0 && atUs % 2 === 0 && atUs / 2 < rows ? atUs / 2 : -1);
      }),
    );
  });

  it('is the same on the page as in the worker, the unfinished tail handed over again and again', () => {
    const [worker, page] = [new Table(1), new Table(1)];
    for (let i = 0; i < CHUNK_ROWS * 2 + 5; i++) {
      const chunk = worker.grow();
      chunk.atUs[chunk.rows - 1] = i;
      chunk.data[chunk.rows - 1] = i;
      if (i % 1000 === 0 || i === CHUNK_ROWS * 2 + 4)
        worker.chunks.forEach((each, index) =>
          page.accept(index, { ...each, atUs: each.atUs.slice(), data: each.data.slice() }),
        );
    }
    expect(page.length).toBe(worker.length);
    for (const row of [0, CHUNK_ROWS - 1, CHUNK_ROWS, page.length - 1]) expect(page.get(row, 0)).toBe(row);
  });
});
