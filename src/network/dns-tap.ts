import { KIND, type Sim } from '../engine/contract/sim.ts';
import { DNS_PACKET, type WireTap } from './dns/resolver.ts';
import type { Link } from './link/link.ts';
import type { Links } from './link/path.ts';

/**
 * Query and answer of a client's resolver cross no link of the model, and are on the client's wire all the same: they
 * are counted and recorded there.
 * @param link the client's own
 */
export function dnsTap(sim: Sim, links: Links, link: Link): WireTap {
  return (down, bytes, resent, inUs, reason) => {
    const { counters, traceLink } = down ? link.down : link.up;
    const lost = reason !== '';
    counters.packets++;
    counters.bytes += bytes;
    if (lost) counters.lostPackets++;
    if (resent) counters.retransmissions++;
    const id = links.nextPacketId();
    sim.trace.add(
      KIND['packet.sent'],
      sim.kernel.nowUs,
      traceLink,
      id,
      bytes,
      0,
      DNS_PACKET,
      resent ? 6 : 0,
      0,
      0,
      0,
      0,
      0,
      lost ? -1 : inUs,
      lost ? inUs : -1,
      sim.trace.text(reason),
    );
  };
}
