/** Sizes on the wire: RESP2, redis.io/docs/reference/protocol-spec. */

/** `*3\r\n`: how many strings follow. */
const ARRAY_BYTES = 4;

/** `$5\r\nhello\r\n`. */
const bulk = (bytes: number): number => `$${bytes}\r\n`.length + bytes + 2;

/** `:1\r\n`. */
const integer = (value: number): number => `:${value}\r\n`.length;

/** INFO, by which ioredis asks whether the server has loaded its data; the answer is that of Redis 7.0. */
export const INFO_BYTES = ARRAY_BYTES + bulk('info'.length);
export const INFO_REPLY_BYTES = 5_400;

export const publishBytes = (channel: string, payload: number): number =>
  ARRAY_BYTES + bulk('PUBLISH'.length) + bulk(channel.length) + bulk(payload);

export const publishReplyBytes = (receivers: number): number => integer(receivers);

/** One command for all channels, with or without a `P` or an `UN` before the word. */
export const subscribeBytes = (command: string, channels: readonly string[]): number =>
  ARRAY_BYTES + bulk(command.length) + channels.reduce((sum, channel) => sum + bulk(channel.length), 0);

/** A confirmation for each channel. */
export const confirmBytes = (command: string, channels: readonly string[]): number =>
  channels.reduce(
    (sum, channel) =>
      sum + ARRAY_BYTES + bulk(command.length) + bulk(channel.length) + integer(channels.length),
    0,
  );

export const messageBytes = (channel: string, payload: number): number =>
  ARRAY_BYTES + bulk('message'.length) + bulk(channel.length) + bulk(payload);

/** `pmessage` says the pattern as well. */
export const patternMessageBytes = (pattern: string, channel: string, payload: number): number =>
  ARRAY_BYTES + bulk('pmessage'.length) + bulk(pattern.length) + bulk(channel.length) + bulk(payload);

/** The one pattern that a server subscribes to with `subscribe: "pattern"`. */
export const PATTERN = '*';
