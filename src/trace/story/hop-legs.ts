import { COLUMN } from '../trace.ts';
import { handedUs } from './across-hop.ts';
import { placeName } from './hop-words.ts';
import type { Lookup } from './lookup.ts';
import { peersOf } from './peers.ts';
import type { PartKind } from './story.ts';

const UNIT = COLUMN['unit.sent'];

/** A stretch of a message's way through hop 2. */
export interface Leg {
  untilUs: number;
  kind: PartKind;
  /** Begins with {@link HOP}. */
  label: string;
}

/** What labels of hop 2 begin with; all of them together are called so. */
export const HOP = 'hop 2';

/** Longer than this at a place is a wait, and no work. */
const WORK_US = 1000;

/**
 * How a message came to a server, from place to place and what it waited for there: found from its end, by the unit
 * that brought it last to each place. Empty: the server has not had it, or there is no network between.
 */
export function hopLegs(lookup: Lookup, message: number, server: number): Leg[] {
  const endUs = handedUs(lookup, message, server);
  if (endUs < 0) return [];
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const received = trace.table('unit.received');
  const carriers = lookup.peerCarriers(message).flatMap((row) => {
    const at = lookup.receivedRow(units.get(row, UNIT.unit));
    if (at < 0) return [];
    const peers = peersOf(trace, units.get(row, UNIT.connection)) as [number, number];
    const [from, to] = units.get(row, UNIT.down) === 1 ? [peers[1], peers[0]] : peers;
    return [{ from, to, sentUs: units.atUs(row), thereUs: received.atUs(at) }];
  });
  const legs: Leg[] = [];
  let [place, untilUs] = [server, endUs];
  // No place is passed twice on the way.
  for (const passed = new Set<number>(); !passed.has(place); ) {
    passed.add(place);
    const by = carriers.filter(({ to, thereUs }) => to === place && thereUs <= untilUs).at(-1);
    legs.unshift(stay(placeName(trace, place), untilUs, by === undefined ? -1 : by.thereUs));
    if (by === undefined) break;
    legs.unshift({
      untilUs: by.thereUs,
      kind: 'network',
      label: `${HOP}: ${placeName(trace, by.from)} → ${placeName(trace, by.to)}`,
    });
    [place, untilUs] = [by.from, by.sentUs];
  }
  return legs;
}

/** The time at a place, since something was there; -1: since it was published. */
function stay(name: string, untilUs: number, sinceUs: number): Leg {
  const waits = sinceUs < 0 || untilUs - sinceUs > WORK_US;
  return waits
    ? { untilUs, kind: 'window', label: `${HOP}: waiting at ${name}` }
    : { untilUs, kind: 'cpu', label: `${HOP}: ${name}` };
}
