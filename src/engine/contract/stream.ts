/** Why one end of a connection is over. */
export type CloseReason =
  | 'finished' // FIN both ways
  | 'reset' // the peer sent RST
  | 'timed out' // retransmissions or keep-alive probes went unanswered
  | 'refused' // nobody listens there
  | 'aborted' // this end gave it up
  | 'unreachable'; // this host has no network

/** One end of a reliable, ordered byte stream: TCP, or TLS over TCP. It carries byte counts and unit numbers. */
export interface Stream {
  /** Number of the connection in the trace, from 1. */
  readonly connection: number;
  /**
   * Queues a unit; the peer gets it when its last byte is in order there.
   * @param bytes at least 1
   * @param more the next unit follows at once, and both go out as what one write has (`MSG_MORE`)
   */
  write(bytes: number, unit: number, more?: boolean): void;
  /** Half-closes: FIN after everything written. */
  end(): void;
  /** Drops everything and sends RST (if the network takes it). `closed('aborted')` is not called on this end. */
  abort(): void;
  /** Bytes written and not yet acknowledged by the peer, unsent ones included. */
  readonly pendingBytes: number;
}

/** A stream right on TCP, whose user may leave what has come to the kernel: the window then closes (RFC 9293 §3.8.6). */
export interface SocketStream extends Stream {
  /** Takes units in from now on, or leaves them in the receive buffer, where they wait for this end to read again. */
  read(on: boolean): void;
}

/** What the user of a stream is told, always from an event of its own kind, never from inside a call to the stream. */
export interface StreamOwner {
  /** The stream can carry data: TCP established (and TLS ready, where there is TLS). */
  opened(): void;
  /** A whole unit is here, in order. */
  received(unit: number): void;
  /** Of the next unit so many bytes are here, in order, and not yet all of them. */
  arriving?(bytes: number): void;
  /** The peer acknowledged data: there may be room for more. */
  acknowledged?(): void;
  /** The peer will send no more (FIN, in order). */
  ended(): void;
  /** The stream is over. Called once, last. */
  closed(reason: CloseReason): void;
}
