/** What the log is called in the header, and in stories. */
export const TOPIC_NAME = 'updates';

/** The group in which servers share the partitions. */
export const GROUP_NAME = 'servers';

/**
 * Who has an offset in the log: each server, the group if they share one, and last up to where replicas agree.
 * @param pattern how servers read
 */
export function consumersOf<Server>(pattern: string, servers: readonly Server[]): (Server | string)[] {
  return [...servers, ...(pattern === 'group' ? [`group ${GROUP_NAME}`] : []), 'high watermark'];
}
