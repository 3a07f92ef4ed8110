const SEED = 0x9747b28c;
const MIX = 0x5bd1e995;

/**
 * MurmurHash2 (Austin Appleby), 32 bits, with the seed and the signed result of the Java client
 * (org.apache.kafka.common.utils.Utils#murmur2), so that a key lands on the partition that it lands on in Kafka.
 * @param key of ASCII characters, as names of rooms are
 */
export function murmur2(key: string): number {
  const { length } = key;
  const byte = (at: number) => key.charCodeAt(at) & 0xff;
  let hash = SEED ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let word = byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24);
    word = Math.imul(word, MIX);
    word ^= word >>> 24;
    hash = Math.imul(hash, MIX) ^ Math.imul(word, MIX);
  }
  const rest = length - at;
  if (rest > 2) hash ^= byte(at + 2) << 16;
  if (rest > 1) hash ^= byte(at + 1) << 8;
  if (rest > 0) hash = Math.imul(hash ^ byte(at), MIX);
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return hash ^ (hash >>> 15);
}

/** The partition of a record with a key: the hash without its sign, modulo their number (BuiltInPartitioner). */
export const partitionFor = (key: string, partitions: number): number =>
  (murmur2(key) & 0x7fffffff) % partitions;
