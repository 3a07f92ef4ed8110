import { array, bulk, integer } from '../resp.ts';

export const publishBytes = (channel: string, payload: number): number =>
  array(3) + bulk('PUBLISH'.length) + bulk(channel.length) + bulk(payload);

export const publishReplyBytes = (receivers: number): number => integer(receivers);

/** One command for all channels, with or without a `P` or an `UN` before the word. */
export const subscribeBytes = (command: string, channels: readonly string[]): number =>
  array(1 + channels.length) +
  bulk(command.length) +
  channels.reduce((sum, channel) => sum + bulk(channel.length), 0);

/** A confirmation for each channel. */
export const confirmBytes = (command: string, channels: readonly string[]): number =>
  channels.reduce(
    (sum, channel) => sum + array(3) + bulk(command.length) + bulk(channel.length) + integer(channels.length),
    0,
  );

export const messageBytes = (channel: string, payload: number): number =>
  array(3) + bulk('message'.length) + bulk(channel.length) + bulk(payload);

/** `pmessage` says the pattern as well. */
export const patternMessageBytes = (pattern: string, channel: string, payload: number): number =>
  array(4) + bulk('pmessage'.length) + bulk(pattern.length) + bulk(channel.length) + bulk(payload);

/** The one pattern that a server subscribes to with `subscribe: "pattern"`. */
export const PATTERN = '*';
