/**
 * Subjects are tokens between dots (docs.nats.io, Subject-Based Messaging). In a subscription `*` stands for exactly one
 * token, and `>` at the end for one or more.
 */
export function matches(pattern: string, subject: string): boolean {
  // Most subscriptions are to one subject, and every message is held against all of them.
  if (!pattern.includes('*') && !pattern.includes('>')) return pattern === subject;
  const wanted = pattern.split('.');
  const tokens = subject.split('.');
  const open = wanted.at(-1) === '>';
  if (open ? tokens.length < wanted.length : tokens.length !== wanted.length) return false;
  return wanted.every(
    (token, at) => token === '*' || token === tokens[at] || (token === '>' && at === wanted.length - 1),
  );
}

/** What all subjects of rooms begin with. */
const ROOT = 'rooms';

/** The subject of a room: what its name has between hyphens are tokens, so `doc-123` is `rooms.doc.123`. */
export const subjectOf = (room: string): string => [ROOT, ...room.split('-')].join('.');

/** How servers ask for what their clients watch. */
export type Subscribing = 'rooms' | 'siblings' | 'everything';

/** What a server subscribes to for the sake of a room. */
export function patternFor(room: string, how: Subscribing): string {
  const subject = subjectOf(room);
  if (how === 'rooms') return subject;
  if (how === 'everything') return `${ROOT}.>`;
  const tokens = subject.split('.');
  // `rooms.*` would have nothing in common with the rooms of a kind: a room of one token stands alone.
  return tokens.length <= 2 ? subject : [...tokens.slice(0, -1), '*'].join('.');
}
