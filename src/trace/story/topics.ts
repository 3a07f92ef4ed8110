import { COLUMN, type Trace } from '../trace.ts';
import { handedUs } from './across-hop.ts';
import type { Lookup } from './lookup.ts';
import type { Step } from './story.ts';
import { plural, serverName } from './words.ts';

const FANNED = COLUMN['message.fanned-out'];
const READ = COLUMN['cache.read'];
const PUBLISHED = COLUMN['message.published'];

/** Whether messages go to topics of users, or into a cached entry. */
export const isLaidOut = (trace: Trace): boolean =>
  trace.table('message.fanned-out').length + trace.table('cache.read').length > 0;

/** What topics had to do with a message's way to a server: its copies, or the read that brought it. */
export function topicSteps(lookup: Lookup, message: number, server: number): Step[] {
  const { trace } = lookup;
  if (!isLaidOut(trace)) return [];
  const steps: Step[] = [];
  const add = (atUs: number, seq: number, text: string) =>
    steps.push({ atUs, seq, text, tone: 'normal', term: 'topic design' });
  const fanned = trace.table('message.fanned-out');
  const published = lookup.publishedRow(message);
  const publishedUs = trace.table('message.published').atUs(published);
  for (let row = fanned.firstAtOrAfter(publishedUs); row < fanned.length; row++) {
    if (fanned.get(row, FANNED.message) !== message) continue;
    const topics = plural(fanned.get(row, FANNED.topics), 'time');
    add(fanned.atUs(row), fanned.get(row, 0), `published ${topics}, to the topic of each member of its room`);
    break;
  }
  const handed = handedUs(lookup, message, server);
  if (handed < 0) return steps;
  const reads = trace.table('cache.read');
  const room = trace.table('message.published').get(published, PUBLISHED.room);
  for (let row = reads.firstAfter(handed) - 1; row >= 0 && reads.atUs(row) >= publishedUs; row--) {
    if (reads.get(row, READ.server) !== server || reads.get(row, READ.room) !== room) continue;
    const many = plural(reads.get(row, READ.messages), 'new message');
    add(reads.atUs(row), reads.get(row, 0), `${serverName(trace, server)} has read the entry: ${many}`);
    break;
  }
  return steps;
}
