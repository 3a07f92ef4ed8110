/** An IP packet on its way. Fields of TCP are 0 or null in a datagram. */
export interface Packet {
  /** Number in the trace; a copy made by the network keeps it. */
  id: number;
  connection: number;
  /** Size as an IP packet, headers included. */
  bytes: number;
  /** Bits of PACKET. */
  what: number;
  /** Index into RESENT: why it was sent again, 0 the first time. */
  why: number;
  /** Relative to the SYN, which is byte 0. */
  seqNo: number;
  ackNo: number;
  dataBytes: number;
  /** Units with bytes in it (0, 0: none). */
  firstUnit: number;
  lastUnit: number;
  /** Whatever else the protocol's other end needs (SACK blocks, timestamps, the DNS question …). */
  extra: unknown;
}

/** Where packets come out. */
export interface Receiver {
  receive(packet: Packet): void;
}

/** One way through the network, from a host to another: one or more links in a row. */
export interface Path {
  /**
   * Sends a packet: its fate is decided now, recorded as `packet.sent`, and, if it arrives, `to.receive(packet)` runs
   * at that time with `trace.cause` set to the record. The packet must not be changed afterwards.
   */
  send(packet: Packet, to: Receiver): void;
}
