import { sendCarrying } from '../../engine/contract/carry.ts';
import type { Wire } from '../../engine/contract/place.ts';
import { type Answer, answerBytes } from './protocol.ts';

/** Sends an answer with the messages of its rows. */
export function sendAnswer(wire: Wire, what: string, answer: Answer): void {
  const messages = (answer.pages ?? []).flatMap(({ rows }) => rows.map(({ message }) => message));
  sendCarrying(wire, what, answerBytes(answer), answer, messages);
}
