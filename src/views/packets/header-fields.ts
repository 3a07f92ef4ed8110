import { PACKET } from '../../trace/kinds.ts';
import { count } from '../readout/units.ts';
import type { PacketFacts } from './model.ts';

/** A field of a protocol header as it lies in rows of 32 bits. */
export interface HeaderField {
  name: string;
  /** '' where the trace has none: {@link absent} says why. */
  value: string;
  bits: number;
  absent?: 'not modelled' | 'modelled, not recorded' | undefined;
}

export interface HeaderPart {
  title: string;
  bytes: number;
  fields: HeaderField[];
}

const IP_BYTES = 20;
const UDP_BYTES = 8;
const TCP_BYTES = 20;

const field = (name: string, bits: number, value: string): HeaderField => ({ name, bits, value });
const absent = (name: string, bits: number, why: NonNullable<HeaderField['absent']> = 'not modelled') => ({
  name,
  bits,
  value: '',
  absent: why,
});

/**
 * The headers of a packet, field by field (RFC 791, RFC 9293, RFC 768), as far as they are modelled and recorded.
 * @param from @param to names that stand for the addresses
 */
export function headerParts(packet: PacketFacts, from: string, to: string): HeaderPart[] {
  const ip: HeaderPart = {
    title: 'IPv4',
    bytes: IP_BYTES,
    fields: [
      field('ver', 4, '4'),
      field('IHL', 4, '5'),
      absent('DSCP, ECN', 8),
      field('total length', 16, `${count(packet.bytes)} B`),
      absent('identification', 16),
      absent('flags, offset', 16),
      absent('TTL', 8),
      field('protocol', 8, packet.udp ? '17 UDP' : '6 TCP'),
      absent('checksum', 16),
      field('source', 32, from),
      field('destination', 32, to),
    ],
  };
  return [ip, packet.udp ? udp(packet) : tcp(packet)];
}

function udp(packet: PacketFacts): HeaderPart {
  const port = (name: string, server: boolean) =>
    server && packet.what & PACKET.DNS ? field(name, 16, '53') : absent(name, 16);
  return {
    title: 'UDP',
    bytes: UDP_BYTES,
    fields: [
      port('source port', packet.down),
      port('destination port', !packet.down),
      field('length', 16, `${count(packet.bytes - IP_BYTES)} B`),
      absent('checksum', 16),
    ],
  };
}

function tcp(packet: PacketFacts): HeaderPart {
  const bytes = packet.bytes - packet.dataBytes - IP_BYTES;
  const options = bytes - TCP_BYTES;
  const fields = [
    absent('source port', 16),
    absent('destination port', 16),
    field('sequence number', 32, count(packet.seqNo)),
    packet.what & PACKET.ACK
      ? field('acknowledgement number', 32, count(packet.ackNo))
      : field('acknowledgement number', 32, 'none: no ACK flag'),
    field('off', 4, String(bytes / 4)),
    field('', 4, ''),
    field('flags', 8, packet.flags || 'none'),
    absent('window', 16, 'modelled, not recorded'),
    absent('checksum', 16),
    absent('urgent', 16),
  ];
  if (options > 0) fields.push(field('options', 32, `${options} B: ${optionWords(packet, options)}`));
  return { title: 'TCP', bytes, fields };
}

/** What the options' size says of them: with timestamps on, 12 bytes, and 8 a SACK block after 4 of its own. */
function optionWords(packet: PacketFacts, bytes: number): string {
  if (packet.what & PACKET.SYN) return 'MSS, SACK permitted, timestamps, window scale';
  if (bytes <= 12) return 'timestamps';
  const blocks = Math.round((bytes - 12 - 4) / 8);
  return `timestamps, SACK with ${blocks} ${blocks === 1 ? 'block' : 'blocks'}`;
}
