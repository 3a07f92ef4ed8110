import type { OptionSpecs } from './option-spec.ts';
import type { Vocabulary } from './transport.ts';

export interface BackplaneManifest {
  kind: string;
  title: string;
  about: string;
  options: OptionSpecs;
  guarantees: {
    delivery: 'at most once' | 'at least once' | 'effectively once';
    ordered: 'room' | 'none';
    replay: boolean;
  };
  vocabulary: Vocabulary;
  sources: readonly string[];
  leavesOut: readonly string[];
}

/** Hop 2 at work: how a message gets from its source to the servers. */
export interface Backplane {
  /** The source has a message. @returns whether it was accepted */
  offer(): boolean;
  /** An accepted message sets out for the servers. */
  publish(message: number): void;
  readonly facts: { published: number; forwarded: number };
}

/** What a backplane can do with the servers. */
export interface BackplaneIo {
  readonly servers: number;
  isUp(server: number): boolean;
  hand(server: number, message: number): void;
}

export interface BackplanePlugin {
  manifest: BackplaneManifest;
  create(io: BackplaneIo, options: Readonly<Record<string, unknown>>): Backplane;
}
