import { describe, expect, it } from 'vitest';
import { addFault, faultOf } from '../../src/app/edit/faults.ts';
import { BACKPLANE_MANIFESTS } from '../../src/backplanes/manifests.ts';
import type { FaultOffer } from '../../src/pages/play/model.ts';
import { packetOffers } from '../../src/pages/play/touch/packet-offers.ts';
import type { Run } from '../../src/scenarios/run.ts';
import type { ScenarioInput } from '../../src/scenarios/validate.ts';
import { PACKET } from '../../src/trace/kinds.ts';
import { storyOf } from '../../src/trace/story/index.ts';
import { storyOfPacket } from '../../src/trace/story/packet.ts';
import { COLUMN } from '../../src/trace/trace.ts';
import { cases } from '../effort.ts';
import { run } from './worlds.ts';

const SENT = COLUMN['packet.sent'];
const BY_MS = 30;

/** Two servers, a source beside them, and a room that a reader at each watches. */
const fleet = (over: object): ScenarioInput =>
  ({
    version: 1,
    seed: 3,
    durationMs: 3_000,
    settleMs: 3_000,
    servers: { count: 2 },
    publishers: [
      { name: 'editor', room: 'doc', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 250 } },
    ],
    clients: [{ name: 'sse', count: 2, rooms: ['doc'], transport: { kind: 'sse' } }],
    ...over,
  }) as ScenarioInput;

const WORLDS: readonly [string, ScenarioInput][] = [
  ...Object.values(BACKPLANE_MANIFESTS)
    .filter(({ links }) => links.length > 0)
    .map(({ kind }): [string, ScenarioInput] => [kind, fleet({ backplane: { kind } })]),
  ...(['layer-4', 'layer-7'] as const).map((kind): [string, ScenarioInput] => [
    `direct behind a ${kind} balancer`,
    fleet({ edge: { loadBalancer: { kind } }, servers: { count: 1 } }),
  ]),
];

/** Packets to try: a few of each direction of each link of the datacenter. */
function someRows({ trace }: Run): number[] {
  const table = trace.table('packet.sent');
  const byWay = new Map<number, number[]>();
  for (let row = 0; row < table.length; row++) {
    const link = table.get(row, SENT.link);
    if (trace.header?.links[link >> 1]?.kind !== 'access') byWay.set(link, [...(byWay.get(link) ?? []), row]);
  }
  return [...byWay.values()].flatMap((rows) => [
    rows[0] as number,
    rows[Math.floor(rows.length / 2)] as number,
  ]);
}

/** What is recorded of packets, without the reason. */
const fate = ({ trace }: Run, row: number) => {
  const table = trace.table('packet.sent');
  const cell = (column: keyof typeof SENT) => table.get(row, SENT[column]);
  return {
    sent: [
      table.atUs(row),
      cell('link'),
      cell('connection'),
      cell('what') & ~PACKET.DUPLICATE,
      cell('seqNo'),
      cell('bytes'),
    ],
    arrivesUs: cell('arrivesAtUs'),
    dropsUs: cell('dropsAtUs'),
    copy: (cell('what') & PACKET.DUPLICATE) !== 0,
    reason: trace.strings[cell('reason')],
  };
};

/** As nobody touched it. */
const untouched = new Map(WORLDS.map(([name, scenario]) => [name, run(scenario)]));

describe.each(WORLDS)('a packet in the datacenter that is pointed at: %s', (name, scenario) => {
  const before = untouched.get(name) as Run;
  const rows = someRows(before);

  it('can be dropped, delayed and duplicated on every link', () => {
    const seqOf = (row: number) => before.trace.table('packet.sent').get(row, 0);
    expect(rows.length).toBeGreaterThan(0);
    for (const [nth, row] of rows.slice(0, cases(8, 3)).entries()) {
      const offers = packetOffers(before.trace, seqOf(row), BY_MS);
      expect(offers.map(({ kind }) => kind)).toEqual(['packet-drop', 'packet-delay', 'packet-duplicate']);
      const was = fate(before, row);
      // In a quick check each packet is touched in one of the ways.
      for (const offer of offers.filter((_, way) => cases(way, nth % 3) === way)) {
        const after = run(addFault(scenario, faultOf(offer, 0)));
        const is = fate(after, row);
        expect(is.sent, 'the same packet').toEqual(was.sent);
        const seq = after.trace.table('packet.sent').get(row, 0);
        const { sentence = '' } = storyOfPacket(after.trace, seq) ?? {};
        if (offer.kind === 'packet-drop') {
          expect(is).toMatchObject({ arrivesUs: -1, reason: 'dropped by hand' });
          expect(sentence).toContain('dropped by hand');
        } else if (offer.kind === 'packet-delay') {
          expect(is).toMatchObject({ arrivesUs: was.arrivesUs + BY_MS * 1000, reason: 'delayed by hand' });
          expect(sentence).toContain('delayed by hand');
        } else {
          expect(is).toMatchObject({ arrivesUs: was.arrivesUs, reason: '' });
          expect(fate(after, row + 1)).toMatchObject({
            sent: was.sent,
            copy: true,
            reason: 'duplicated by hand',
          });
        }
      }
    }
  });
});

/** The first packet of the datacenter with a part of a message in it, on its way to a server or the balancer. */
function carrier({ trace }: Run): { row: number; message: number } {
  const packets = trace.table('packet.sent');
  const units = trace.table('unit.sent');
  for (let unit = 0; unit < units.length; unit++) {
    const [number, messages, message] = (['unit', 'messages', 'message'] as const).map((column) =>
      units.get(unit, COLUMN['unit.sent'][column]),
    ) as [number, number, number];
    if (messages === 0) continue;
    for (let row = packets.firstAtOrAfter(units.atUs(unit)); row < packets.length; row++) {
      const link = packets.get(row, SENT.link) >> 1;
      const carries = packets.get(row, SENT.firstUnit) <= number && packets.get(row, SENT.lastUnit) >= number;
      if (carries && trace.header?.links[link]?.kind !== 'access') return { row, message };
    }
  }
  throw new Error('no message crosses the datacenter');
}

describe.each(WORLDS)('a delivery’s story names the packet that somebody touched: %s', (name, scenario) => {
  const before = untouched.get(name) as Run;
  const { row, message } = carrier(before);
  const seq = before.trace.table('packet.sent').get(row, 0);
  it.each([
    ['packet-drop', 'dropped by hand'],
    ['packet-delay', 'delayed by hand'],
    ['packet-duplicate', 'duplicated by hand'],
  ])('%s', (kind, words) => {
    const offer = packetOffers(before.trace, seq, BY_MS).find((one) => one.kind === kind) as FaultOffer;
    const { trace } = run(addFault(scenario, faultOf(offer, 0)));
    const told = [0, 1].flatMap(
      (client) => storyOf(trace, { kind: 'message', message, client }, trace.knownUntilUs)?.steps ?? [],
    );
    const text = told.map((step) => `${step.text} ${step.detail ?? ''}`).join('\n');
    expect(text).toContain(words);
    expect(text).toContain('fault: ');
  });
});
