import { describe, expect, it } from 'vitest';
import { PartitionLog, retainedFrom } from './partition-log.ts';
import type { Entry } from './protocol.ts';

/** A log whose entries have these epochs, each a batch of its own by producer 7. */
function logOf(epochs: readonly number[]): PartitionLog {
  const log = new PartitionLog();
  epochs.forEach((epoch, offset) => {
    const entry: Entry = {
      offset,
      epoch,
      message: offset + 1,
      bytes: 100,
      producer: 7,
      sequence: offset,
      batchFirst: offset,
      batchLength: 1,
      writtenUs: offset * 1000,
      note: null,
    };
    log.append(entry);
  });
  return log;
}

describe('epochs', () => {
  it('tell where two logs part: the end of the last epoch that both have (KIP-101)', () => {
    const leader = logOf([0, 0, 0, 2, 2]);
    expect(leader.endOfEpoch(0)).toBe(3);
    expect(leader.endOfEpoch(1)).toBe(3);
    expect(leader.epochUpTo(1)).toBe(0);
    expect(leader.endOfEpoch(2)).toBe(5);
  });

  it('of which nothing is kept end where the log begins: nobody who has read them is behind', () => {
    const log = logOf([0, 0, 0, 2, 2]);
    expect(log.epochEnd(1)).toEqual({ epoch: 0, offset: 3 });
    log.trim(3);
    expect(log.epochEnd(0)).toEqual({ epoch: 0, offset: 3 });
    log.trim(5);
    expect(log.epochEnd(0)).toEqual({ epoch: 0, offset: 5 });
  });
});

describe('sequence numbers', () => {
  it('tell a batch that comes again from the next one, and from one that comes too soon', () => {
    const log = logOf([0, 0, 0, 0, 0, 0, 0]);
    expect(log.judge(7, 7)).toEqual({ is: 'next' });
    expect(log.judge(7, 5)).toEqual({ is: 'again', offset: 5 });
    expect(log.judge(7, 9)).toEqual({ is: 'gap' });
    // Only five batches are remembered.
    expect(log.judge(7, 1)).toEqual({ is: 'gap' });
    expect(log.judge(8, 3)).toEqual({ is: 'next' });
  });

  it('are those of the entries that are left when the end is cut off', () => {
    const log = logOf([0, 0, 0, 0]);
    log.highWatermark = 4;
    expect(log.truncate(2).map(({ message }) => message)).toEqual([3, 4]);
    expect([log.end, log.highWatermark]).toEqual([2, 2]);
    expect(log.judge(7, 2)).toEqual({ is: 'next' });
  });
});

describe('retention', () => {
  const never = {
    retentionUs: Number.POSITIVE_INFINITY,
    retentionBytes: Number.POSITIVE_INFINITY,
    segmentBytes: 200,
  };

  it('gives up whole segments, oldest first, and nothing that is not committed', () => {
    const log = logOf([0, 0, 0, 0, 0]);
    log.highWatermark = 4;
    expect(retainedFrom(log, 5_000, never)).toBe(0);
    // Segments of two: the newest of the first is 4 ms old.
    expect(retainedFrom(log, 5_000, { ...never, retentionUs: 3_500 })).toBe(2);
    expect(retainedFrom(log, 50_000, { ...never, retentionUs: 3_500 })).toBe(4);
    expect(retainedFrom(log, 5_000, { ...never, retentionBytes: 200 })).toBe(2);
    expect(retainedFrom(log, 5_000, { ...never, retentionBytes: 300 })).toBe(0);
  });
});
