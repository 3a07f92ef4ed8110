/** Opcodes (RFC 6455 §5.2). */
export const OPCODE = { TEXT: 1, CLOSE: 8, PING: 9, PONG: 10 } as const;

/** Close codes (RFC 6455 §7.4.1); 1006 is never on the wire. */
export const CLOSE_CODE = { NORMAL: 1000, GOING_AWAY: 1001 } as const;

/** `Upgrade Required`, the body of a 426. Measured: ws 8.21 on Node 20.20 sends 179 bytes, 163 of them header. */
export const REQUIRED_BODY_BYTES = 16;

/** A frame's size: 2 bytes of header, 2 or 8 more for long payloads, 4 for the mask that clients must use. */
export function frameBytes(payloadBytes: number, masked: boolean): number {
  const length = payloadBytes < 126 ? 0 : payloadBytes < 65536 ? 2 : 8;
  return 2 + length + (masked ? 4 : 0) + payloadBytes;
}

/** Several messages in one frame are an array: two brackets, and commas between them. */
export const listBytes = (bytes: readonly number[]): number =>
  bytes.reduce((sum, one) => sum + one, 0) + (bytes.length > 1 ? bytes.length + 1 : 0);

/** A close frame carries its code. */
export const CLOSE_PAYLOAD_BYTES = 2;

/** `{"session":"…","cursor":…}`: what a resumable session begins with. */
export const WELCOME_PAYLOAD_BYTES = 48;

/** `{"room":"…","version":…,"state":…}` around a snapshot's state. */
export const SNAPSHOT_EXTRA_BYTES = 40;
