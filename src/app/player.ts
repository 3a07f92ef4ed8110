import { DRAGGED } from '../views/use-frame.ts';
import type { Playhead } from '../views/view.ts';

/** Model seconds that pass in a second on the wall; `null`: all that is simulated, in a few seconds. */
export type Speed = number | null;

/** From a thousandth, where a single packet can be followed, to as fast as it goes. */
export const SPEEDS: readonly Speed[] = [0.001, 0.01, 0.05, 0.1, 0.25, 1, 4, 20, null];

/** A flight of 50 ms takes half a second: the eye can follow it, and a poll is late within ten seconds. */
export const DEFAULT_SPEED: Speed = 0.1;

/** At full speed the rest of the run passes in this time, so that something can still be seen. */
const FAST_SWEEP_MS = 3000;
/** A tab that slept does not make the model jump. */
const LONGEST_FRAME_MS = 100;

/** A stretch in which nothing happens is skipped when it has lasted so long on the wall and would last longer still. */
const QUIET_BEFORE_MS = 400;
const QUIET_AFTER_MS = 250;
const LEAST_SKIPPED_MS = 500;
/** Longer than between two steps of a drag: a hand that moves the playhead has let go of it, or waits. */
const REST_MS = 150;
/** How long it is said that something was skipped. */
const SAID_MS = 2500;

/** What the player needs of the browser: it holds the only wall clock there is. */
export interface WallClock {
  nowMs(): number;
  /** Calls back before the next picture is drawn. Returns how to call it off. */
  nextFrame(callback: () => void): () => void;
}

export const browserClock: WallClock = {
  nowMs: () => performance.now(),
  nextFrame(callback) {
    const handle = requestAnimationFrame(callback);
    return () => cancelAnimationFrame(handle);
  },
};

/** Moves the playhead through virtual time. It never goes past what has been simulated: there it waits. */
export class Player implements Playhead {
  readonly #clock: WallClock;
  readonly #listeners = new Set<() => void>();
  #nowUs = 0;
  #playing = false;
  #speed: Speed = DEFAULT_SPEED;
  #knownUs = 0;
  #endUs = 0;
  #sweepUs = 0;
  /** Where somebody wants to be, past what is known. */
  #wantedUs: number | null = null;
  #lastMs = 0;
  #cancelFrame: (() => void) | null = null;
  #quietMs = 0;
  #skippedUs = 0;
  #skippedAtMs = Number.NEGATIVE_INFINITY;
  #movedAtMs = Number.NEGATIVE_INFINITY;
  #dragged = false;
  /** Nothing has changed since the listeners were told. */
  #told = true;
  /** Frames that are left, after a move by hand, for those who take turns. */
  #turns = 0;
  #settling = false;
  #jumped = false;
  /** Moved by hand since the last frame, and before it. */
  #moved = false;
  #movedBefore = false;
  /** Whether stretches in which nothing happens are skipped while it plays. */
  skipsIdle = false;
  /** Tells until when nothing happens; null: something is going on. */
  quietUntil: (nowUs: number) => number | null = () => null;

  constructor(clock: WallClock = browserClock) {
    this.#clock = clock;
  }

  get nowUs(): number {
    return this.#nowUs;
  }
  /** Where it is, or is going to be as soon as that is simulated, µs. */
  get aimUs(): number {
    return this.#wantedUs ?? this.#nowUs;
  }
  get playing(): boolean {
    return this.#playing;
  }
  get dragged(): boolean {
    return this.#dragged;
  }
  get settling(): boolean {
    return this.#settling;
  }
  get jumped(): boolean {
    return this.#jumped;
  }
  /** Whether everything that watches it has been drawn, and nothing moves. */
  get rests(): boolean {
    return !this.#playing && !this.#dragged && this.#told && this.#turns === 0;
  }
  /** Virtual seconds a second on the wall, as views want to know it. */
  get speed(): number {
    return this.#speed ?? Math.max(this.#sweepUs / FAST_SWEEP_MS / 1000, 1);
  }
  /** The speed as it was chosen. */
  get chosenSpeed(): Speed {
    return this.#speed;
  }
  get endUs(): number {
    return this.#endUs;
  }
  /** Stopped at the edge of what is simulated. */
  get waiting(): boolean {
    const atEdge = this.#nowUs >= this.#knownUs && this.#knownUs < this.#endUs;
    return this.#wantedUs !== null || (this.#playing && atEdge);
  }
  get atEnd(): boolean {
    return this.#nowUs >= this.#endUs;
  }

  /** How much was skipped a moment ago, µs; 0: nothing. */
  get skippedUs(): number {
    return this.#clock.nowMs() - this.#skippedAtMs < SAID_MS ? this.#skippedUs : 0;
  }

  subscribe(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** Tells how far the run is known, and how long it is. To be called whenever the trace has grown or was changed. */
  extent(knownUs: number, endUs: number): void {
    this.#knownUs = Math.min(knownUs, endUs);
    this.#endUs = endUs;
    this.#sweepUs = endUs - this.#nowUs;
    if (this.#wantedUs !== null) this.seek(this.#wantedUs);
    else if (this.#nowUs > endUs) this.#nowUs = endUs;
    this.#requestFrame();
  }

  play(): void {
    if (this.#playing) return;
    if (this.atEnd) this.seek(0); // play at the end means: again
    this.#playing = true;
    this.#lastMs = this.#clock.nowMs();
    this.#sweepUs = this.#endUs - this.#nowUs;
    this.#requestFrame();
  }

  pause(): void {
    this.#playing = false;
    this.#wantedUs = null;
    this.#requestFrame();
  }

  toggle(): void {
    if (this.#playing) this.pause();
    else this.play();
  }

  setSpeed(speed: Speed): void {
    this.#speed = speed;
    this.#sweepUs = this.#endUs - this.#nowUs;
    this.#requestFrame();
  }

  /** @param by +1 the next faster speed, -1 the next slower one */
  changeSpeed(by: 1 | -1): void {
    const index = SPEEDS.indexOf(this.#speed) + by;
    if (index >= 0 && index < SPEEDS.length) this.setSpeed(SPEEDS[index] as Speed);
  }

  /** Goes to a moment, or as near as is known yet: then it goes on there by itself once that is simulated. */
  seek(atUs: number): void {
    const target = Math.round(Math.min(Math.max(atUs, 0), this.#endUs));
    this.#wantedUs = target > this.#knownUs ? target : null;
    this.#nowUs = Math.min(target, this.#knownUs);
    this.#movedAtMs = this.#clock.nowMs();
    this.#turns = DRAGGED;
    this.#moved = true;
    this.#requestFrame();
  }

  /** One frame at most tells the listeners, whatever number of changes led to it. */
  #requestFrame(): void {
    this.#told = false;
    this.#awaitFrame();
  }

  #awaitFrame(): void {
    this.#cancelFrame ??= this.#clock.nextFrame(() => this.#frame());
  }

  #frame(): void {
    this.#cancelFrame = null;
    const nowMs = this.#clock.nowMs();
    if (this.#playing) {
      this.#advance(Math.min(Math.max(nowMs - this.#lastMs, 0), LONGEST_FRAME_MS));
      if (this.atEnd && this.#endUs > 0) this.#playing = false;
      else this.#awaitFrame();
      this.#told = false;
    }
    this.#lastMs = nowMs;
    const dragged = !this.#playing && nowMs - this.#movedAtMs < REST_MS;
    const comesToRest = this.#dragged && !dragged && !this.#playing;
    const changed = dragged !== this.#dragged || !this.#told;
    const turn = this.#turns > 0;
    this.#jumped = comesToRest ? this.#told : dragged && this.#moved && !this.#movedBefore;
    this.#movedBefore = this.#moved;
    this.#moved = false;
    if (this.#jumped) this.#turns = DRAGGED;
    else if (turn) this.#turns--;
    if (dragged || this.#turns > 0) this.#awaitFrame();
    if (!changed && !turn) return;
    this.#settling = !changed;
    this.#dragged = dragged;
    this.#told = true;
    for (const listener of this.#listeners) listener();
  }

  #advance(elapsedMs: number): void {
    const byUs =
      this.#speed === null ? (this.#sweepUs * elapsedMs) / FAST_SWEEP_MS : elapsedMs * 1000 * this.#speed;
    // Where a run that was started again has not come yet, it is waited for.
    this.#nowUs = Math.max(this.#nowUs, Math.min(this.#nowUs + byUs, this.#knownUs));
    if (this.skipsIdle && this.#speed !== null) this.#skip(elapsedMs, this.#speed);
  }

  /** Leaves the beginning and the end of a quiet stretch, so that it can be seen that there was one. */
  #skip(elapsedMs: number, speed: number): void {
    const untilUs = this.quietUntil(this.#nowUs);
    this.#quietMs = untilUs === null ? 0 : this.#quietMs + elapsedMs;
    if (untilUs === null || this.#quietMs < QUIET_BEFORE_MS) return;
    const targetUs = Math.min(Math.round(untilUs - QUIET_AFTER_MS * 1000 * speed), this.#knownUs);
    const byUs = targetUs - this.#nowUs;
    if (byUs < LEAST_SKIPPED_MS * 1000 * speed) return;
    const nowMs = this.#clock.nowMs();
    this.#nowUs = targetUs;
    this.#quietMs = 0;
    this.#skippedUs = byUs;
    this.#skippedAtMs = nowMs;
  }
}
