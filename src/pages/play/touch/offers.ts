import { PACKET } from '../../../trace/kinds.ts';
import { COLUMN, type Trace } from '../../../trace/trace.ts';
import type { FaultOffer } from '../model.ts';
import { aimAt } from './names.ts';

const SENT = COLUMN['packet.sent'];

export interface PacketAim {
  client: number;
  down: boolean;
  /** Bits of `packet.sent`. */
  what: number;
  sentUs: number;
  /** Lost because somebody wanted it so: the fault that did it can be taken away. */
  droppedByHand: boolean;
  lost: boolean;
  /** How a fault finds exactly this packet again; null where none can. */
  aim: Pick<FaultOffer, 'target' | 'atUs' | 'direction' | 'packet' | 'nth' | 'what'> | null;
}

/**
 * How exactly this packet is found again in a run that is the same until it is sent: by its moment, and its place among
 * those that enter its direction of the link from that moment on. Lookups cross no link of the model, and what is sent
 * from an address that is no more enters none: they are not counted.
 */
export function aimAtPacket(trace: Trace, seq: number): PacketAim | null {
  const table = trace.table('packet.sent');
  const row = table.rowOfSeq(seq);
  if (row < 0) return null;
  const link = table.get(row, SENT.link);
  const client = trace.header?.links[link >> 1]?.client ?? -1;
  const one = trace.header?.clients[client];
  if (one === undefined) return null;
  const enters = (other: number) =>
    table.get(other, SENT.link) === link &&
    (table.get(other, SENT.what) & PACKET.DNS) === 0 &&
    trace.strings[table.get(other, SENT.reason)] !== 'no route';
  const sentUs = table.atUs(row);
  let nth = 1;
  for (let other = table.firstAtOrAfter(sentUs); other < row; other++) if (enters(other)) nth++;
  const down = (link & 1) === 1;
  const what = table.get(row, SENT.what);
  return {
    client,
    down,
    what,
    sentUs,
    lost: table.get(row, SENT.dropsAtUs) >= 0,
    droppedByHand: trace.strings[table.get(row, SENT.reason)] === 'dropped by hand',
    aim: enters(row)
      ? { target: one.name, atUs: sentUs, direction: down ? 'down' : 'up', packet: 'any', nth, what }
      : null,
  };
}

/** What can be done to a packet. */
export function packetOffers(trace: Trace, seq: number, byMs = 200): FaultOffer[] {
  const packet = aimAtPacket(trace, seq);
  if (packet === null || packet.aim === null || packet.lost) return [];
  const word = packet.what & PACKET.DATA ? 'this segment' : 'this packet';
  return [
    { kind: 'packet-drop', label: `Drop ${word}`, ...packet.aim },
    { kind: 'packet-delay', label: `Delay ${word} by ${byMs} ms`, ...packet.aim, byMs },
    { kind: 'packet-duplicate', label: `Duplicate ${word}`, ...packet.aim },
  ];
}

/** What can be done to a client, besides its link. */
export function clientOffers(trace: Trace, client: number): FaultOffer[] {
  const target = aimAt(trace, client);
  if (target === null) return [];
  return [
    { kind: 'client-disconnect', label: 'Off the network for 5 s', target },
    { kind: 'client-sleep', label: 'Put the tab to sleep for 5 s', target },
    { kind: 'network-switch', label: 'Switch from Wi-Fi to cellular', target },
    { kind: 'link-down', label: 'Cut the link for 2 s', target },
    {
      kind: 'packet-drop',
      label: 'Drop the next data packet to it',
      target,
      direction: 'down',
      packet: 'data',
      nth: 1,
    },
  ];
}

export function serverOffers(trace: Trace, server: number): FaultOffer[] {
  const target = trace.header?.servers[server]?.name;
  if (target === undefined) return [];
  return [
    { kind: 'server-crash', label: 'Crash it for 2 s', target },
    { kind: 'server-pause', label: 'Pause it for 2 s', target },
  ];
}

/** All kinds of faults that can be put onto the timeline, as a list to choose from. `target`: which clients. */
export function placeableOffers(target: string | null): FaultOffer[] {
  return [
    { kind: 'link-down', label: 'Cut the link', target },
    { kind: 'loss-burst', label: 'Burst of loss, 30 %', target },
    { kind: 'link-change', label: 'Slow link, 400 ms', target, set: { rttMs: 400 }, forMs: 2000 },
    { kind: 'packet-drop', label: 'Drop next data packet', target },
    { kind: 'packet-delay', label: 'Delay next data packet', target, byMs: 200 },
    { kind: 'packet-duplicate', label: 'Duplicate next data packet', target },
    { kind: 'client-disconnect', label: 'Off the network', target },
    { kind: 'client-sleep', label: 'Tab asleep', target },
    { kind: 'network-switch', label: 'Wi-Fi to cellular', target },
    { kind: 'server-crash', label: 'Server crash', target: null },
    { kind: 'server-pause', label: 'Server pause', target: null },
    { kind: 'dns-down', label: 'DNS down', target: null },
    { kind: 'publish', label: 'Somebody types “!”', target: null, text: '!' },
  ];
}
