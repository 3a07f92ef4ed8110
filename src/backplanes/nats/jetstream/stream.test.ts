import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream, type StreamLimits } from './stream.ts';

const limits = (over: Partial<StreamLimits>): StreamLimits => ({
  retention: 'limits',
  discard: 'old',
  maxMsgs: null,
  maxBytes: null,
  maxAgeUs: null,
  duplicateWindowUs: 120_000_000,
  ...over,
});
const message = (number: number, atUs = 0, id = '') => ({
  message: number,
  subject: 'rooms.doc',
  bytes: 100,
  id,
  atUs,
});
const seqs = (stream: Stream) => [...stream.entries()].map(({ seq }) => seq);

describe('a stream', () => {
  it('numbers what it stores, and gives up the oldest at its limits', () => {
    const stream = new Stream(limits({ maxMsgs: 2, maxBytes: 1_000 }));
    for (const number of [7, 8, 9]) {
      stream.append(message(number));
      stream.trim(0);
    }
    expect(seqs(stream)).toEqual([2, 3]);
    expect({ first: stream.first, last: stream.last }).toEqual({ first: 2, last: 3 });
  });

  it('or refuses what is new', () => {
    const stream = new Stream(limits({ maxBytes: 250, discard: 'new' }));
    expect(stream.append(message(1))).toMatchObject({ duplicate: false });
    expect(stream.append(message(2))).toMatchObject({ duplicate: false });
    expect(stream.append(message(3))).toEqual({ refused: 'maximum bytes exceeded' });
    expect(stream.trim(0)).toEqual([]);
    expect(seqs(stream)).toEqual([1, 2]);
  });

  it('knows an id within its window, however full it is, and not after', () => {
    const stream = new Stream(limits({ maxMsgs: 1, duplicateWindowUs: 1_000 }));
    stream.append(message(1, 0, 'a'));
    stream.append(message(2, 10, 'b'));
    stream.trim(10);
    // The message is gone, its id is not.
    expect(stream.append(message(1, 999, 'a'))).toMatchObject({ duplicate: true, entry: { seq: 1 } });
    expect(stream.append(message(1, 1_000, 'a'))).toMatchObject({ duplicate: false, entry: { seq: 3 } });
  });

  it('never keeps more than its limits, and never anything but the newest', () => {
    const steps = fc.array(fc.nat(500), { maxLength: 60 });
    const bound = fc.option(fc.integer({ min: 1, max: 8 }));
    fc.assert(
      fc.property(
        steps,
        bound,
        bound,
        fc.option(fc.integer({ min: 1, max: 2_000 })),
        (gaps, msgs, hundreds, age) => {
          const maxBytes = hundreds === null ? null : hundreds * 100;
          const stream = new Stream(limits({ maxMsgs: msgs, maxBytes, maxAgeUs: age }));
          let nowUs = 0;
          for (const gap of gaps) {
            nowUs += gap;
            stream.append(message(1, nowUs));
            stream.trim(nowUs);
            const kept = seqs(stream);
            const room = Math.min(msgs ?? Number.POSITIVE_INFINITY, hundreds ?? Number.POSITIVE_INFINITY);
            expect(kept.length).toBeLessThanOrEqual(room);
            expect(kept).toEqual(kept.map((_, at) => stream.last - kept.length + 1 + at));
            expect(stream.nextExpiryUs).toBeGreaterThan(nowUs);
          }
        },
      ),
    );
  });
});
