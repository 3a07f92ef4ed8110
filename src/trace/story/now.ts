import { type Follower, follow } from '../ahead.ts';
import { firstIndex } from '../search.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { type Moment, momentsUntil, RANK } from './moments.ts';
import { say } from './now-words.ts';
import type { Said } from './story.ts';

/** How long a sentence stays at least, seconds on the wall; one of weight stays twice as long. */
const STAYS_S = 2.5;
const WEIGHTY = RANK.held;
/** What "as fast as it goes" is taken for, virtual seconds a second. */
const FASTEST = 10;
const USUAL = 0.1;
/** So many of the shortest stays are gone on by at a time. */
const AHEAD = 4;

/** What just happened, and why it matters. */
export interface NowSentence extends Said {
  atUs: number;
  seq: number;
}

/** Which moment is spoken of from when on. A function of the trace and the speed, however often and in which order asked. */
class Schedule implements Follower {
  readonly entries: { fromUs: number; moment: Moment }[] = [];
  readonly #trace: Trace;
  readonly #stayUs: number;
  #next = 0;
  #untilUs = -1;
  /** Whose delivery was spoken of last. */
  #client = -1;

  constructor(trace: Trace, stayUs: number) {
    this.#trace = trace;
    this.#stayUs = stayUs;
    follow(trace.table('message.delivered'), this);
  }

  /** Goes on by a few sentences, up to the newest instant, which may not be over. */
  readOn(): boolean {
    const table = this.#trace.table('message.delivered');
    const overUs = table.length === 0 ? 0 : table.atUs(table.length - 1) - 1;
    this.#reach(Math.min(Math.max(this.#untilUs, 0) + AHEAD * this.#stayUs, overUs));
    return this.#untilUs < overUs;
  }

  at(nowUs: number): Moment | null {
    this.#reach(nowUs);
    const { entries } = this;
    return entries[firstIndex(entries, ({ fromUs }) => fromUs > nowUs) - 1]?.moment ?? null;
  }

  #reach(untilUs: number): void {
    if (untilUs <= this.#untilUs) return;
    const moments = momentsUntil(this.#trace, untilUs);
    for (; this.#next < moments.length; this.#next++) {
      const moment = moments[this.#next] as Moment;
      if (moment.atUs > untilUs) break;
      this.#fill(moment.atUs - 1);
      const last = this.entries.at(-1);
      if (last === undefined || moment.rank > last.moment.rank || moment.atUs >= this.#freeUs(false))
        this.entries.push({ fromUs: moment.atUs, moment });
    }
    this.#fill(untilUs);
    this.#untilUs = untilUs;
  }

  /** When what is said now has been said for long enough; beside something of weight, routine waits twice as long. */
  #freeUs(routine: boolean): number {
    const last = this.entries.at(-1);
    if (last === undefined) return 0;
    return last.fromUs + this.#stayUs * (routine && last.moment.rank >= WEIGHTY ? 2 : 1);
  }

  /** Where nothing of weight happens, deliveries are spoken of, one after the other, to different clients if possible. */
  #fill(untilUs: number): void {
    const table = this.#trace.table('message.delivered');
    const { client } = COLUMN['message.delivered'];
    for (;;) {
      const freeUs = this.#freeUs(true);
      const patientUs = freeUs + this.#stayUs;
      let row = table.firstAtOrAfter(freeUs);
      while (row < table.length && table.atUs(row) < patientUs && table.get(row, client) === this.#client)
        row++;
      if (row >= table.length || table.atUs(row) > untilUs) return;
      const atUs = table.atUs(row);
      this.#client = table.get(row, client);
      const moment: Moment = { kind: 'routine', rank: RANK.routine, atUs, seq: table.get(row, 0), row };
      this.entries.push({ fromUs: atUs, moment });
    }
  }
}

const schedules = new WeakMap<Trace, Map<number, Schedule>>();
const said = new WeakMap<Trace, Map<number, NowSentence>>();

/**
 * One or two sentences about what just happened. They depend on the trace, the time and the speed alone, so that going
 * back says the same again; each stays long enough to be read at that speed.
 * @param speed virtual seconds a second on the wall; null: as fast as it goes
 */
export function nowSentence(trace: Trace, nowUs: number, speed: number | null = USUAL): NowSentence | null {
  if (trace.header === null) return null;
  const stayUs = Math.max(1000, Math.round(STAYS_S * (speed ?? FASTEST) * 1e6));
  let bySpeed = schedules.get(trace);
  if (bySpeed === undefined) schedules.set(trace, (bySpeed = new Map()));
  let schedule = bySpeed.get(stayUs);
  if (schedule === undefined) bySpeed.set(stayUs, (schedule = new Schedule(trace, stayUs)));
  const moment = schedule.at(nowUs);
  if (moment === null) return null;
  let sentences = said.get(trace);
  if (sentences === undefined) said.set(trace, (sentences = new Map()));
  // A packet that was sent again and lost again has two moments under one record.
  const key = moment.seq * 2 + (moment.kind === 'loss' ? 1 : 0);
  let sentence = sentences.get(key);
  if (sentence === undefined) {
    sentence = { atUs: moment.atUs, seq: moment.seq, ...say(trace, moment) };
    sentences.set(key, sentence);
  }
  return sentence;
}
