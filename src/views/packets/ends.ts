import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { clientName, clientOfLink, serverName, serverOfConnection } from '../log/owners.ts';

/** Names of the ends of a packet's way. */
export function endsOf(
  trace: Trace,
  header: TraceHeader,
  packet: { link: number; down: boolean; connection: number },
): { from: string; to: string } {
  const client = clientName(header, clientOfLink(header, packet.link));
  const number = packet.connection > 0 ? serverOfConnection(trace, packet.connection) : -1;
  const server = packet.connection === 0 ? 'Resolver' : serverName(header, Math.max(0, number));
  return packet.down ? { from: server, to: client } : { from: client, to: server };
}
