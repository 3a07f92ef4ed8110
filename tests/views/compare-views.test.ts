import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../src/scenarios/compare/comparison.ts';
import { startingComparison } from '../../src/scenarios/compare/start.ts';
import { RACE } from '../../src/scenarios/presets/race.ts';
import { createRun } from '../../src/scenarios/run.ts';
import { compareRuns } from '../../src/views/compare/comparison.ts';
import { fatesOf, laterUs, momentOf, worseOf } from '../../src/views/fates/model.ts';
import { laneAt } from '../../src/views/lanes/model.ts';
import { hitLane, laneFrame, segmentOf, xOf } from '../../src/views/lanes/paint.ts';
import { cumulative } from '../../src/views/latency/cumulative.ts';
import { pooledStripOf } from '../../src/views/latency/model.ts';

const { base, variants } = startingComparison(RACE.scenario);
const traces = variants.map(({ set }) => {
  const applied = applyChanges(base, set);
  if (!applied.ok) throw new Error(applied.problem);
  const run = createRun(applied.plan, 'all');
  while (!run.done) run.advance(run.endUs);
  return run.trace;
});
const [polling, , sse, websocket] = traces as [
  (typeof traces)[0],
  unknown,
  (typeof traces)[0],
  (typeof traces)[0],
];

describe('a lane', () => {
  it('has each packet, update and delivery of its window, and nothing else', () => {
    for (const trace of traces) {
      for (const nowUs of [700_000, 5_043_000, 12_363_000, 24_000_000]) {
        const fromUs = nowUs - 2_000_000;
        const { arrows, published, delivered, leftOut } = laneAt(trace, 0, nowUs, 2_000_000);
        const records = [...trace.all()].filter(({ atUs }) => atUs <= nowUs);
        const sent = records.filter(({ kind, arrivesAtUs, dropsAtUs, link }) => {
          if (kind !== 'packet.sent' || !String(link).startsWith('reader/1')) return false;
          return Number(dropsAtUs ?? arrivesAtUs) >= fromUs;
        });
        expect(arrows.map(({ seq }) => seq)).toEqual(sent.map(({ seq }) => seq));
        expect(arrows.map(({ lostUs }) => (lostUs < 0 ? undefined : lostUs))).toEqual(
          sent.map(({ dropsAtUs }) => dropsAtUs),
        );
        const within = (kind: string) =>
          records
            .filter((record) => record.kind === kind && record.atUs >= fromUs)
            .map(({ message }) => message);
        expect(published.map(({ message }) => message)).toEqual(within('message.published'));
        expect(delivered.map(({ message }) => message)).toEqual(within('message.delivered'));
        expect(leftOut).toBe(0);
      }
    }
  });

  it('says how long arrivals were held behind a loss', () => {
    // The race’s reader loses a segment at 11.9 s, and the next waits behind it until it is sent again.
    const { held, delivered } = laneAt(sse, 0, 13_000_000, 2_000_000);
    expect(held).toHaveLength(1);
    const [span] = held;
    expect(delivered.some(({ atUs }) => atUs === span?.toUs)).toBe(true);
  });

  it('is hit where something is drawn', () => {
    const nowUs = 12_363_000;
    const frame = laneFrame(600, 80, nowUs, 2_000_000);
    const picture = laneAt(websocket, 0, nowUs, 2_000_000);
    const carrier = picture.arrows.find(({ face }) => face.messages > 0)!;
    const { x1, y1, x2, y2 } = segmentOf(frame, carrier);
    expect(hitLane(frame, picture, (x1 + x2) / 2, (y1 + y2) / 2)).toEqual({ packet: carrier.seq });
    const arrived = picture.delivered.at(-1)!;
    expect(hitLane(frame, picture, xOf(frame, arrived.atUs), frame.clientY)).toEqual({
      message: arrived.message,
    });
    expect(hitLane(frame, picture, 5, frame.height)).toBeNull();
  });
});

describe('the fates of updates', () => {
  it('differ where a comparison finds a difference, and are as many', () => {
    const [a, b] = [sse, websocket];
    const fates = fatesOf(a, b);
    const compared = compareRuns(a, b);
    expect(fates.differing.length).toBe(compared.differing);
    expect(fates.all.length).toBe(compared.differing + compared.same);
    expect(fates.atOnce).toBe(fates.updates);
    const times = fates.all.map(({ pair }) => pair.a?.atUs ?? pair.b?.atUs ?? 0);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(fates.divergence).toEqual(compared.divergence);
  });

  it('lead to the run in which it fared worse, at the moment it arrives there', () => {
    for (const fate of fatesOf(polling, websocket).differing) {
      const by = laterUs(fate);
      if (by === null) continue;
      expect(worseOf(fate)).toBe(by > 0 ? 'b' : 'a');
      const { a, pair } = fate;
      if (a.kind === 'delivered') expect(momentOf(fate, 'a')).toBe((pair.a?.atUs ?? 0) + a.latencyUs);
    }
  });

  it('are all the same for a run and itself', () => {
    expect(fatesOf(sse, sse).differing).toEqual([]);
    expect(fatesOf(sse, sse).divergence).toBeNull();
  });
});

describe('latencies of several runs', () => {
  it('are pooled over all groups, or those of one', () => {
    const header = sse.header!;
    const [all] = pooledStripOf(sse, header, null).at(header.endUs);
    const [one] = pooledStripOf(sse, header, 'reader').at(header.endUs);
    const [none] = pooledStripOf(sse, header, 'nobody').at(header.endUs);
    expect(all?.count).toBe(sse.table('message.delivered').length);
    expect([one?.count, one?.transport]).toEqual([all?.count, 'sse']);
    expect(none?.count).toBe(0);
  });

  it('have a distribution that rises to all of them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 500 }), (values) => {
        const points = cumulative(Float64Array.from(values).sort());
        expect(points.at(-1)).toEqual({ us: Math.max(...values), share: 1 });
        points.forEach(({ us, share }, index) => {
          const before = points[index - 1];
          if (before !== undefined) {
            expect(us).toBeGreaterThanOrEqual(before.us);
            expect(share).toBeGreaterThan(before.share);
          }
        });
        const below = (us: number) => values.filter((value) => value <= us).length / values.length;
        expect(points.filter(({ us, share }) => below(us) < share)).toEqual([]);
      }),
    );
  });
});
