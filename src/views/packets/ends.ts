import { placeName } from '../../trace/story/hop-words.ts';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { clientName, clientOfLink, serverName, serverOfConnection } from '../log/owners.ts';

/** Names of the ends of a packet's way. */
export function endsOf(
  trace: Trace,
  header: TraceHeader,
  packet: { link: number; down: boolean; connection: number },
): { from: string; to: string } {
  const { kind, from, to } = header.links[packet.link >> 1] as TraceHeader['links'][number];
  if (kind === 'backplane') {
    const [first, second] = [placeName(trace, from), placeName(trace, to)];
    return packet.down ? { from: second, to: first } : { from: first, to: second };
  }
  const client = clientName(header, clientOfLink(header, packet.link));
  const number = packet.connection > 0 ? serverOfConnection(trace, packet.connection) : -1;
  // Nothing is known of the connection: of one server there is no doubt.
  const end = number === -1 && header.loadBalancer === null ? 0 : number;
  const server =
    packet.connection === 0 ? 'Resolver' : kind === 'edge' ? 'Load balancer' : serverName(header, end);
  return packet.down ? { from: server, to: client } : { from: client, to: server };
}
