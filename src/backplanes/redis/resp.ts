/** Sizes on the wire: RESP2, redis.io/docs/reference/protocol-spec. */

/** `*3\r\n`: how many follow. */
export const array = (length: number): number => `*${length}\r\n`.length;

/** `$5\r\nhello\r\n`. */
export const bulk = (bytes: number): number => `$${bytes}\r\n`.length + bytes + 2;

/** Strings, one behind the other. */
export const words = (...each: readonly string[]): number =>
  each.reduce((sum, word) => sum + bulk(word.length), 0);

/** `:1\r\n`. */
export const integer = (value: number): number => `:${value}\r\n`.length;

/** `-ERR unknown subcommand …`: CLIENT SETINFO is of Redis 7.2, and ioredis does not mind (measured: Redis 7.0.15). */
export const UNKNOWN_BYTES = "-ERR unknown subcommand 'SETINFO'. Try CLIENT HELP.\r\n".length;

/** INFO, by which ioredis asks whether the server has loaded its data; the answer is that of Redis 7.0. */
export const INFO_BYTES = array(1) + words('info');
export const INFO_REPLY_BYTES = 5_400;
