/** How a step of a story sounds. */
export type Tone = 'normal' | 'loss' | 'wait' | 'good';

/** One step of a story, at its moment. */
export interface Step {
  atUs: number;
  /** Seq of the record to go to. */
  seq: number;
  text: string;
  /** More about it, in small type. */
  detail?: string;
  tone: Tone;
  /** A mechanism that explains it: a key of the explanations. */
  term?: string | undefined;
}

/** What a stretch of time was spent on. The order is that of the colours and patterns of the bar. */
export type PartKind =
  /** on the wire, the copy that arrived */
  | 'network'
  /** waiting for the client to ask */
  | 'ask'
  /** no connection: not noticed yet, or waiting before the next attempt */
  | 'away'
  /** DNS, TCP, TLS */
  | 'connecting'
  /** waiting until what was lost is sent again */
  | 'resend'
  /** arrived, behind something that had not */
  | 'held'
  /** work of the server, or of the client */
  | 'cpu'
  /** waiting in the sender's window */
  | 'window'
  /** stopped by a fault: asleep, paused */
  | 'stopped'
  /** the trace does not say */
  | 'unknown';

/** A part of a latency; the parts of one follow each other and add up to it. */
export interface Part {
  kind: PartKind;
  label: string;
  fromUs: number;
  us: number;
}

/** Something to select: ids are those of the trace. */
export type Subject =
  | { kind: 'message'; message: number; client: number | null }
  | { kind: 'packet'; seq: number }
  | { kind: 'connection'; connection: number }
  | { kind: 'client'; client: number }
  | { kind: 'server'; server: number }
  | { kind: 'place'; place: number }
  | { kind: 'fault'; fault: number }
  | { kind: 'actor'; actor: number }
  | { kind: 'record'; seq: number };

/** A line that leads on to another story, with a figure. */
export interface Lead {
  subject: Subject;
  text: string;
  figure: string;
  tone: Tone;
}

/** What can be told of anything. */
export interface Story {
  title: string;
  /** The one large figure, if there is one ("312 ms", "lost"). */
  figure: string;
  figureTone: Tone;
  sentence: string;
  parts: Part[];
  steps: Step[];
  /** Titled lists of other stories. */
  leads: { title: string; items: Lead[]; more: number }[];
  /** Seq from which the chain of causes is told, -1: none. */
  seq: number;
  /** Keys of the explanations that this story stands on. */
  terms: string[];
}

/** Why a message has not reached a client, as far as the trace goes. */
export interface Reason {
  /** `lost`: it will not come any more; `waiting`: it may; `none`: nobody expects it. */
  state: 'lost' | 'waiting' | 'none';
  text: string;
  term: string;
  /** When it was decided, with the record; left out: it is what holds at the end. */
  atUs?: number;
  seq?: number;
}

/** What is said of a moment. */
export interface Said {
  headline: string;
  why: string;
  /** Keys of the explanations. */
  terms: string[];
  tone: Tone;
  subject: Subject;
}
