import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { readingOf } from '../reading/reading.ts';
import { shownText } from './client-state.ts';

/** Characters of what an earlier run had at this moment; a card has little room for them. */
const LENGTH = 5;

/** What a client showed at this moment in an earlier run, if that is something else than here; else ''. */
export function earlierText(
  ghost: Trace | null,
  trace: Trace,
  header: TraceHeader,
  client: number,
  nowUs: number,
): string {
  const name = header.clients[client]?.name;
  const there = ghost?.header?.clients.findIndex((one) => one.name === name) ?? -1;
  if (ghost === null || there < 0) return '';
  const [then, now] = [shownText(ghost, there, nowUs, LENGTH), shownText(trace, client, nowUs, LENGTH)];
  const count = (of: Trace, who: number) => readingOf(of).delivered.countAt(who, nowUs);
  if (then.text === now.text && count(ghost, there) === count(trace, client)) return '';
  return then.text === '' ? 'nothing yet' : `“${then.more ? '…' : ''}${then.text}”`;
}
