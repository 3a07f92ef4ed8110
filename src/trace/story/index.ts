/**
 * Stories: what a trace says about anything in it, in plain words. Pure queries; nothing here draws.
 *
 * - {@link storyOf}: the story of a message, packet, connection, client, server, node, fault, machine or record
 * - {@link storyOfDelivery}: one message to one client, with its latency in parts that add up
 * - {@link chainOfCauses}: what led to a record
 * - {@link nowSentence}: what just happened, and why it matters
 * - {@link EXPLANATIONS}: the mechanisms, their sources and what is left out
 */
import type { Trace } from '../trace.ts';
import { storyOfClient } from './client.ts';
import { storyOfConnection } from './connection.ts';
import { storyOfDelivery } from './delivery.ts';
import { storyOfActor, storyOfFault, storyOfMessage, storyOfServer } from './others.ts';
import { storyOfPacket } from './packet.ts';
import { storyOfPlace } from './place.ts';
import { storyOfRecord } from './record.ts';
import type { Story, Subject } from './story.ts';

/** What is told of a subject at a moment; null if the trace does not know it. */
export function storyOf(trace: Trace, subject: Subject, nowUs: number): Story | null {
  switch (subject.kind) {
    case 'message':
      return subject.client === null
        ? storyOfMessage(trace, subject.message)
        : storyOfDelivery(trace, subject.message, subject.client);
    case 'packet':
      return storyOfPacket(trace, subject.seq);
    case 'connection':
      return storyOfConnection(trace, subject.connection);
    case 'client':
      return storyOfClient(trace, subject.client, nowUs);
    case 'server':
      return storyOfServer(trace, subject.server, nowUs);
    case 'place':
      return storyOfPlace(trace, subject.place, nowUs);
    case 'fault':
      return storyOfFault(trace, subject.fault);
    case 'actor':
      return storyOfActor(trace, subject.actor, nowUs);
    case 'record':
      return storyOfPacket(trace, subject.seq) ?? storyOfRecord(trace, subject.seq);
  }
}

export { chainOfCauses } from './chain.ts';
export { storyOfClient } from './client.ts';
export { storyOfConnection } from './connection.ts';
export { isExpected, storyOfDelivery } from './delivery.ts';
export { EXPLANATIONS, explanationOf } from './explanations.ts';
export { partFigures } from './figures.ts';
export { heldBehind } from './held-behind.ts';
export { nowSentence } from './now.ts';
export { storyOfPacket } from './packet.ts';
export { slowestUntil } from './places.ts';
export type { Lead, Part, Step, Story, Subject } from './story.ts';
