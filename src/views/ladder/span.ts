import type { Selection } from '../view.ts';

/**
 * Something that lasts, beside a lifeline or between two:
 *
 * - `held`: data that arrived and waits behind a hole; `resend`: from a sending to the next of the same bytes
 * - `wait`: until a client does something again, or a request is answered; `kept`: an update that waits to be sent
 * - `connect`, `dns`: what the depths that hide their packets show instead
 * - `state`, `timer`: of a machine; `fault`: of the scenario
 */
export type SpanKind = 'held' | 'resend' | 'wait' | 'kept' | 'connect' | 'dns' | 'state' | 'timer' | 'fault';

export interface Span {
  kind: SpanKind;
  client: number;
  /** Whose lifeline it stands at; `link`: between the two. */
  at: 'client' | 'server' | 'link';
  fromUs: number;
  /** Its end, or now while it goes on. */
  toUs: number;
  open: boolean;
  /** In a few words, with its length. */
  title: string;
  /** Why; '' if the title says it all. */
  detail: string;
  selection: Selection | null;
}

/** What spans are asked for: those that overlap a window, as they are known at a time. */
export interface Window {
  fromUs: number;
  toUs: number;
  nowUs: number;
}

/** Ends a span by now: what comes after is not known yet. Null: it has not begun, or lies outside of the window. */
export function within(
  span: Omit<Span, 'open' | 'title'>,
  { fromUs, toUs, nowUs }: Window,
  title: (us: number, open: boolean) => string,
): Span | null {
  if (span.fromUs > Math.min(toUs, nowUs) || span.toUs < fromUs) return null;
  const open = span.toUs > nowUs;
  const end = open ? nowUs : span.toUs;
  return { ...span, toUs: end, open, title: title(end - span.fromUs, open) };
}
