/** Sizes on the wire, bytes: HTTP/2 (RFC 9113 §4.1: nine bytes before each frame), gRPC's five, and protobuf. */

const FRAME = 9;
const GRPC_PREFIX = 5;
/** A header block that HPACK knows most of: an estimate. */
const REQUEST_HEADERS = 40;
const RESPONSE_HEADERS = 12;
const TRAILERS = 12;
/** A tag and a small number, or the length before a string. */
const FIELD = 2;
/** etcd's ResponseHeader: cluster and member id, revision, term. */
const ETCD_HEADER = 28;
/** A lease's id, 64 bits. */
const ID = 10;
const KEY = '/fleet/server-10'.length;

const request = (body: number): number => FRAME + REQUEST_HEADERS + FRAME + GRPC_PREFIX + body;
const response = (body: number): number =>
  FRAME + RESPONSE_HEADERS + FRAME + GRPC_PREFIX + body + FRAME + TRAILERS;
/** A message on a stream that is open already. */
const streamed = (body: number): number => FRAME + GRPC_PREFIX + body;

export const rangeBytes = (): number => request(2 * (FIELD + KEY)) + request(2 * (FIELD + KEY) + FIELD);
export const membersBytes = (members: number): number =>
  response(ETCD_HEADER + members * (2 * (FIELD + KEY) + 3 * FIELD + ID));
export const eventBytes = (changes: number): number =>
  streamed(ETCD_HEADER + changes * (2 * (FIELD + KEY) + 3 * FIELD + ID));
export const grantBytes = (): number => request(FIELD);
export const grantedBytes = (): number => response(ETCD_HEADER + ID + FIELD);
export const putBytes = (): number => request(2 * (FIELD + KEY) + ID);
export const revokeBytes = (): number => request(ID);
export const doneBytes = (): number => response(ETCD_HEADER);
export const keepAliveBytes = (): number => streamed(ID);
export const keptBytes = (): number => streamed(ETCD_HEADER + ID + FIELD);

const listOf = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + FIELD + name.length, 0);

/** An update: its payload, its room, and whom it is for. */
export const updateBytes = (payload: number, room: string, clients: readonly string[]): number =>
  request(FIELD + payload + FIELD + room.length + 2 * FIELD + listOf(clients));
export const takenBytes = (): number => response(FIELD);
/** Whom it is not for, and a server for each. */
export const movedBytes = (clients: readonly string[]): number =>
  response(FIELD + listOf(clients) + clients.length * (FIELD + KEY));
