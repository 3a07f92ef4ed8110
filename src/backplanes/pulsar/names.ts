/** What the partitioned topic is called in the header, and in stories. */
export const TOPIC_NAME = 'updates';

/** The subscription that servers share. */
export const SHARED_NAME = 'servers';

/** Who has a cursor in each partition: each server’s subscription, or the one that they share. */
export const subscriptionsOf = (type: string, servers: readonly string[]): string[] =>
  type === 'exclusive' ? [...servers] : [`subscription ${SHARED_NAME}`];

/** Java’s String.hashCode without its sign (JavaStringHash), of ASCII characters. */
export function javaStringHash(key: string): number {
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
  return hash & 0x7fffffff;
}
