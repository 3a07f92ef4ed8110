import { describe, expect, it } from 'vitest';
import { ladder, rig } from './rig.testkit.ts';
import type { Socket } from './socket.ts';

/** A server that writes 100 bytes at each of these times, in ms after a second, over a link that drops some. */
function stream(
  rttMs: number,
  atMs: readonly number[],
  lost: readonly number[],
  lostAcks: readonly number[] = [],
) {
  const { kernel, trace, link, client, server, sim, listen, connect } = rig({ rttMs });
  listen();
  server.onOpened = () => {
    sim.later(1_000_000, () => {
      for (const nth of lost)
        link.addFault({ kind: 'drop', direction: 'down', packet: 'data', nth, byUs: 0 });
      for (const nth of lostAcks)
        link.addFault({ kind: 'drop', direction: 'up', packet: 'any', nth, byUs: 0 });
    });
    atMs.forEach((ms, i) => {
      sim.later(1_000_000 + ms * 1000, () => server.stream.write(100, i + 1));
    });
  };
  connect();
  kernel.run(10_000_000);
  expect(client.units).toEqual(atMs.map((_, i) => i + 1));
  return { sender: server.stream as Socket, sent: ladder(trace).slice(3) };
}

const every20 = (count: number) => Array.from({ length: count }, (_, i) => i * 20);

describe('selective acknowledgements', () => {
  // Segment 601 is the last before the first repeat: that one's acknowledgement shows its loss, when nothing yet tells of
  // those behind it, which are merged into its repeat (`tcp_retrans_try_collapse`).
  it('a repeat that others were merged into brings them twice, and the receiver says so', () => {
    const { sender, sent } = stream(100, every20(13), [1, 7]);
    expect(sent.filter((line) => line.includes('again'))).toEqual([
      '1279.1 < ACK+DATA 1:100 ack 1 (again: 4) → 1329.1',
      '1379.1 < ACK+DATA 601:500 ack 1 (again: 4) → 1429.1',
    ]);
    expect(sender.dsacks).toBe(1);
    expect(sender.reorderSeen).toBe(false);
  });

  it('several blocks told of at once, because acknowledgements were lost, are no reordering', () => {
    const { sender, sent } = stream(100, every20(5), [1, 3], [1]);
    expect(sent.filter((line) => line.includes('> ACK')).slice(0, 2)).toEqual([
      '1220.0 > ACK 1:0 ack 1 ✕ dropped by hand',
      '1260.0 > ACK 1:0 ack 1 → 1310.0',
    ]);
    expect(sender.reorderSeen).toBe(false);
  });

  // The probe repeats a segment that has just left; its SACK could be of either copy, so the hole waits for the timeout
  // (lesson 6 of the page on the records), and the DSACK of a segment that is SACKed counts as reordering.
  it('a probe of a segment that needed none hides the hole before it, and looks like reordering', () => {
    const { sender, sent } = stream(200, [0, 500], [1]);
    expect(sent.map((line) => line.replace(/ →.*/, ''))).toEqual([
      '1300.0 < ACK+DATA 1:100 ack 1 ✕ dropped by hand',
      '1800.0 < ACK+DATA 101:100 ack 1',
      '1900.0 > ACK 1:0 ack 1',
      '1903.1 < ACK+DATA 101:100 ack 1 (again: 3)',
      '2003.1 > ACK 1:0 ack 1',
      '2527.1 < ACK+DATA 1:100 ack 1 (again: 2)',
      '2627.1 > ACK 1:0 ack 201',
    ]);
    expect(sender.reorderSeen).toBe(true);
  });

  // Of four segments that came beyond holes, acknowledgements name three; the only one that named the second of them comes late.
  it('an acknowledgement that others have overtaken tells of arrivals, and the window does not follow it', () => {
    const { kernel, link, server, sim, listen, connect } = rig({ rttMs: 100 });
    listen();
    server.onOpened = () => {
      sim.later(1_000_000, () => {
        for (const nth of [1, 3, 5, 7, 9])
          link.addFault({ kind: 'drop', direction: 'down', packet: 'data', nth, byUs: 0 });
        link.addFault({ kind: 'delay', direction: 'up', packet: 'any', nth: 2, byUs: 115_000 });
        for (const nth of [3, 4, 7, 8, 9, 10])
          link.addFault({ kind: 'drop', direction: 'up', packet: 'any', nth, byUs: 0 });
        for (let i = 0; i < 10; i++) sim.later(i * 1000, () => server.stream.write(1448, i + 1));
      });
    };
    connect();
    kernel.run(1_367_999);
    const { queue, congestion } = server.stream as Socket;
    expect([queue.sackedOut, congestion.cwnd]).toEqual([3, 4]);
    kernel.run(1_368_000);
    expect([queue.sackedOut, congestion.cwnd]).toEqual([4, 4]);
  });
});
