import { COLUMN, type Trace } from '../trace/trace.ts';
import type { Player } from './player.ts';

/** A screen reader is told something once in this time at most, and the last word counts. */
const PAUSE_MS = 1000;
/** As many things are named one by one. */
const MOST_NAMED = 3;

/**
 * Begins to tell what happens at the playhead, for as long as the page is open.
 * @param happenings what happens at a moment, in words
 */
export function announce(
  player: Player,
  happenings: (atUs: number) => readonly string[],
  say: (text: string) => void,
): void {
  const announcer = new Announcer(player, happenings, say);
  player.subscribe(() => announcer.moved());
}

/** Tells screen readers what happens where the playhead stands, while it is stepped or moved by hand. */
class Announcer {
  readonly #player: Player;
  readonly #happenings: (atUs: number) => readonly string[];
  readonly #say: (text: string) => void;
  #toldUs = 0;
  #wasPlaying = false;
  #lastMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(player: Player, happenings: (atUs: number) => readonly string[], say: (text: string) => void) {
    this.#player = player;
    this.#happenings = happenings;
    this.#say = say;
  }

  moved(): void {
    const { playing, nowUs } = this.#player;
    const stopped = this.#wasPlaying && !playing;
    this.#wasPlaying = playing;
    if (playing || (nowUs === this.#toldUs && !stopped)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), Math.max(0, this.#lastMs + PAUSE_MS - performance.now()));
  }

  #tell(): void {
    this.#toldUs = this.#player.nowUs;
    this.#lastMs = performance.now();
    const what = this.#happenings(this.#toldUs);
    if (what.length === 0) return;
    const named = what.slice(0, MOST_NAMED).join('; ');
    const more = what.length > MOST_NAMED ? `; and ${what.length - MOST_NAMED} more` : '';
    this.#say(`At ${(this.#toldUs / 1_000_000).toFixed(3)} seconds: ${named}${more}.`);
  }
}

/** Deliveries, losses and faults at one moment, in words. */
export function happeningsAt(trace: Trace, atUs: number): string[] {
  return [...faultsAt(trace, atUs), ...lossesAt(trace, atUs), ...deliveriesAt(trace, atUs)];
}

function clientTitle(trace: Trace, client: number): string {
  const one = trace.header?.clients[client];
  return one?.groupTitle || one?.group || `client ${client + 1}`;
}

function deliveriesAt(trace: Trace, atUs: number): string[] {
  const table = trace.table('message.delivered');
  const { client, latencyUs } = COLUMN['message.delivered'];
  const result: string[] = [];
  for (let row = table.firstAtOrAfter(atUs); row < table.firstAfter(atUs); row++) {
    const ms = Math.round(table.get(row, latencyUs) / 1000);
    result.push(`delivered to ${clientTitle(trace, table.get(row, client))} after ${ms} milliseconds`);
  }
  return result;
}

/** A flight takes less than this; losses of longer ones are not told. */
const LONGEST_FLIGHT_US = 2_000_000;

function lossesAt(trace: Trace, atUs: number): string[] {
  const table = trace.table('packet.sent');
  const { dropsAtUs, link } = COLUMN['packet.sent'];
  const result: string[] = [];
  const last = table.firstAfter(atUs);
  for (let row = table.firstAtOrAfter(atUs - LONGEST_FLIGHT_US); row < last; row++) {
    const drops = table.get(row, dropsAtUs);
    if (drops < 0 || table.atUs(row) + drops !== atUs) continue;
    const client = trace.header?.links[table.get(row, link) >> 1]?.client ?? -1;
    const way = (table.get(row, link) & 1) === 1 ? 'to' : 'from';
    result.push(`a packet ${way} ${clientTitle(trace, client)} is lost`);
  }
  return result;
}

function faultsAt(trace: Trace, atUs: number): string[] {
  const label = (fault: number) => trace.header?.faults[fault]?.label ?? 'a fault';
  const result: string[] = [];
  for (const [kind, word] of [
    ['fault.began', 'begins'],
    ['fault.ended', 'ends'],
  ] as const) {
    const table = trace.table(kind);
    for (let row = table.firstAtOrAfter(atUs); row < table.firstAfter(atUs); row++) {
      result.push(`${label(table.get(row, 2))} ${word}`);
    }
  }
  return result;
}
