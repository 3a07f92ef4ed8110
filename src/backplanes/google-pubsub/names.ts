/** What the log is called in the header, and in stories. */
export const TOPIC_NAME = 'updates';

/** The subscription that all servers share. */
export const SHARED_NAME = 'servers';

/** Zones that a topic is stored in, and how many of them have it before it is confirmed (publish-message-overview). */
export const ZONES = 3;
export const ZONES_NEEDED = 2;

/** Who has a place in the log: each server’s subscription, or the one that they share. */
export const subscriptionsOf = (subscription: string, servers: readonly string[]): string[] =>
  subscription === 'shared' ? [`subscription ${SHARED_NAME}`] : [...servers];
