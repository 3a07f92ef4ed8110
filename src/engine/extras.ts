import { Asking } from './client/asking.ts';
import { Writes } from './client/writes.ts';
import { EDGE_WORDS } from './edge-words.ts';
import { Readers } from './hop/readers.ts';
import { Door } from './server/door.ts';
import { createProcessor } from './server/processor.ts';
import { Snapshots } from './server/snapshots.ts';
import { Threads } from './server/threads.ts';
import { UserTopics } from './user-topics.ts';

/** What few worlds are made of: a page loads it where its scenario asks for it ({@link Parts}). */
export const EXTRAS = {
  Asking,
  createProcessor,
  Door,
  EDGE_WORDS,
  Readers,
  Snapshots,
  Threads,
  UserTopics,
  Writes,
};
