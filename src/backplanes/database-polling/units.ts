import type { Wire } from '../../engine/contract/place.ts';
import { type Answer, answerBytes } from './protocol.ts';

/** Sends an answer in as few units as a unit's messages without a gap allow; the last one carries the content. */
export function sendAnswer(wire: Wire, what: string, answer: Answer): void {
  const runs: [first: number, length: number][] = [];
  for (const { rows } of answer.pages ?? [])
    for (const { message } of rows) {
      const last = runs.at(-1);
      if (last !== undefined && last[0] + last[1] === message) last[1]++;
      else runs.push([message, 1]);
    }
  const bytes = answerBytes(answer);
  const share = Math.floor(bytes / Math.max(1, runs.length));
  runs.slice(0, -1).forEach(([first, length]) => wire.send(what, share, null, first, length));
  const [first, length] = runs.at(-1) ?? [0, 0];
  wire.send(what, bytes - share * Math.max(0, runs.length - 1), answer, first, length);
}
