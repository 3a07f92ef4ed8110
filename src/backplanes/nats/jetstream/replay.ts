import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Connection } from '../client/connection.ts';
import { subjectOf } from '../subjects.ts';
import { type Body, type ConsumerSpec, say } from './api.ts';
import { CREATE, DELETE } from './names.ts';

/**
 * Reads a room's part of the stream again, from behind a message that a client has, with a consumer for this once, which is
 * told how much there is and deleted when that has come.
 * @param seq the message's sequence; 0: the stream never had it @param number of this replay at this server
 */
export function replayFrom(
  io: BackplaneIo,
  connection: Connection,
  room: number,
  after: number,
  seq: number,
  number: number,
  give: (messages: readonly number[]) => void,
): void {
  const name = `replay-${connection.place.name}-${number}`;
  const inbox = `_INBOX.${connection.place.name}.replay.${number}`;
  const messages: number[] = [];
  let left = -1;
  const finish = () => {
    connection.unsubscribe(subscription);
    connection.publish(`${DELETE}.${name}`, '', say({ is: 'delete', name }));
    give(messages);
  };
  const subscription = connection.subscribe(inbox, '', ({ payload }) => {
    const body = payload.body as Body;
    if (body.is === 'refused') finish();
    if (body.is === 'created') left = body.pending;
    if (body.is === 'delivered') {
      left--;
      if (payload.message > after || seq > 0) messages.push(payload.message);
    }
    if (left === 0) finish();
  });
  const spec: ConsumerSpec = {
    name,
    number: -1,
    durable: false,
    deliver: inbox,
    filter: subjectOf(io.rooms[room] as string),
    ackPolicy: 'none',
    deliverPolicy: 'by_start_sequence',
    startSeq: seq + 1,
    startAtUs: 0,
    replayPolicy: 'instant',
    ackWaitUs: 0,
    backoffUs: [],
    maxDeliver: 1,
    maxAckPending: 0,
    heartbeatUs: 0,
  };
  connection.publish(`${CREATE}.${name}`, inbox, say({ is: 'create', spec }));
}
