/** The stream, and the one consumer that servers share with `pattern: "shared"`. */
export const STREAM = 'UPDATES';
export const SHARED = 'servers';

/** Subjects of the API (docs.nats.io, JetStream wire API). */
export const CREATE = `$JS.API.CONSUMER.CREATE.${STREAM}`;
export const DELETE = `$JS.API.CONSUMER.DELETE.${STREAM}`;
export const NEXT = `$JS.API.CONSUMER.MSG.NEXT.${STREAM}`;
export const ACK = `$JS.ACK.${STREAM}`;
export const API = ['$JS.API.>', '$JS.ACK.>', '$JS.FC.>'];

/** What the stream takes in. */
export const ROOMS = 'rooms.>';

/** Who has a position in the stream: each server, or all of them together. */
export function consumersOf(pattern: string, servers: readonly string[]): string[] {
  return pattern === 'shared' ? [...servers, `consumer ${SHARED}`] : [...servers];
}
