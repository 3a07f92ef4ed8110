import type { Packet } from './contract.ts';

/** A TCP segment as an IP packet, with what the other end reads from its header. */
export class Segment implements Packet {
  id = 0;
  connection: number;
  bytes: number;
  what: number;
  why: number;
  seqNo: number;
  ackNo: number;
  dataBytes: number;
  firstUnit: number;
  lastUnit: number;
  extra: unknown = null;
  /** Nothing more was waiting behind it: the application's write ends here. */
  push: boolean;
  /** Bytes that the sender of this segment is ready to take, from `ackNo`. */
  window: number;
  /** Timestamp option, in ms: the sender's clock, and the newest one it got in order. */
  timestamp: number;
  echo: number;
  /** SACK blocks: start, end, start, end …; a DSACK comes first. */
  sacks: number[] | null;

  constructor(
    connection: number,
    bytes: number,
    what: number,
    why: number,
    seqNo: number,
    ackNo: number,
    dataBytes: number,
    firstUnit: number,
    lastUnit: number,
    push: boolean,
    window: number,
    timestamp: number,
    echo: number,
    sacks: number[] | null,
  ) {
    this.connection = connection;
    this.bytes = bytes;
    this.what = what;
    this.why = why;
    this.seqNo = seqNo;
    this.ackNo = ackNo;
    this.dataBytes = dataBytes;
    this.firstUnit = firstUnit;
    this.lastUnit = lastUnit;
    this.push = push;
    this.window = window;
    this.timestamp = timestamp;
    this.echo = echo;
    this.sacks = sacks;
  }
}
