import type { Trace } from '../trace.ts';
import { theClient } from './words.ts';

const PENDING = /^pending entry of (.*),$/;

/** The log whose entry is pending, of what is owned; null: something else is owned. An owner of it has to acknowledge it. */
export const pendingLog = (what: string): string | null => PENDING.exec(what)?.[1] ?? null;

/** "partition 3", a client by its name, an arc of the ring by where it ends: what a part is that has an owner. */
export function ownedThing(trace: Trace, what: string, part: number): string {
  if (what === 'client') return theClient(trace, part);
  // A place on the ring is a number of 32 bits, recorded with a sign.
  if (what === 'arc')
    return `the arc that ends at ${(((part >>> 0) / 2 ** 32) * 100).toFixed(1)} % of the ring`;
  return `${what} ${part}`;
}
