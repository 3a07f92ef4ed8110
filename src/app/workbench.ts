import type { BadInput } from '../pages/play/model.ts';
import { problemsLine, type ScenarioInput, validate } from '../scenarios/validate.ts';
import type { Place } from './address.ts';
import { AddressBar } from './address-bar.ts';
import { type Change, ScenarioEdits } from './edit/scenario-edits.ts';
import { tellingMoment } from './moments.ts';
import type { Player } from './player.ts';
import { FIRST_PRESET, findPreset, presetItems } from './presets.ts';
import { Runs } from './runs.ts';
import {
  changed,
  createPlayStore,
  keptSelection,
  type PlayStore,
  redone,
  undone,
  type Version,
} from './store.ts';
import { storedTheme } from './theme.ts';
import type { RunInPage, WorkerLike } from './worker/client.ts';

/** Changes of the same thing within this time are one step of the history. */
const MERGE_MS = 1500;
const TOAST_MS = 3000;

/** The scenario under work, and what follows from a change of it: another run, another address, a step of the history. */
export class Workbench extends ScenarioEdits {
  readonly store: PlayStore;
  readonly player: Player;
  protected readonly address: AddressBar;
  readonly #runs: Runs;
  /** Goes to a moment worth seeing as soon as one is known. */
  #seekTelling = false;
  /** A person has been at the playhead: the address tells where it is. */
  #moved: boolean;
  #lastEdit = { key: '', atMs: Number.NEGATIVE_INFINITY };
  #toastTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: Place, badInput: BadInput | null, player: Player, spawn: () => WorkerLike) {
    super();
    this.player = player;
    this.#moved = place.atUs !== null;
    this.#runs = new Runs(spawn, player, () => this.#runChanged());
    const plan = planOf(place.scenario);
    this.#runs.start(plan, true);
    this.store = createPlayStore({
      scenario: place.scenario,
      preset: place.preset,
      plan,
      run: this.#runs.shown as RunInPage,
      progress: '',
      selection: null,
      past: [],
      future: [],
      theme: storedTheme(),
      badInput,
      toast: null,
      announcement: '',
      keysShown: false,
      presets: [],
      speed: player.chosenSpeed,
    });
    this.address = new AddressBar(() => ({ ...this.store.getState(), atUs: this.#momentInAddress() }));
    this.#goTo(place.atUs);
    if (badInput === null) this.address.replace();
    player.subscribe(() => this.#playheadMoved());
  }

  /** The run of the scenario as it is now, which may still be on its way. */
  get latestRun(): RunInPage {
    return (this.#runs.pending ? this.#runs.latest : this.store.getState().run) ?? this.store.getState().run;
  }

  get settled(): boolean {
    return !this.#runs.pending && this.store.getState().run.state !== 'simulating';
  }

  async wantPresets() {
    if (this.store.getState().presets.length === 0) this.store.setState({ presets: await presetItems() });
  }

  async choosePreset(id: string) {
    const preset = await findPreset(id);
    if (preset !== undefined) this.open({ scenario: preset.scenario, preset, atUs: null });
  }

  backToPreset() {
    const { preset } = this.store.getState();
    if (preset !== null) this.edit('', () => preset.scenario);
  }

  undo() {
    const before = undone(this.store.getState());
    if (before !== null) this.#adopt(before);
  }

  redo() {
    const next = redone(this.store.getState());
    if (next !== null) this.#adopt(next);
  }

  restart() {
    this.#runs.start(this.store.getState().plan, true);
  }

  protected get momentUs(): number {
    return Math.round(this.player.nowUs);
  }

  protected edit(key: string, change: Change) {
    const state = this.store.getState();
    const scenario = change(state.scenario);
    if (scenario === state.scenario || JSON.stringify(scenario) === JSON.stringify(state.scenario)) return;
    const nowMs = performance.now();
    const merge = key !== '' && key === this.#lastEdit.key && nowMs - this.#lastEdit.atMs < MERGE_MS;
    if (this.#adopt(changed(state, { scenario, preset: state.preset }, merge))) {
      this.#lastEdit = { key, atMs: nowMs };
    }
  }

  /** Takes on another version of the scenario, runs it, and leaves the playhead where it is. */
  #adopt(next: Version & { past: readonly Version[]; future: readonly Version[] }): boolean {
    const validation = validate(next.scenario);
    if (!validation.ok) {
      this.toast(problemsLine(validation.problems));
      return false;
    }
    this.takeOver();
    this.#lastEdit.key = '';
    const { plan, selection } = this.store.getState();
    const kept = keptSelection(selection, plan, validation.plan);
    this.store.setState({ ...next, plan: validation.plan, selection: kept, badInput: null });
    this.#runs.start(validation.plan, false);
    this.address.replaceSoon();
    return true;
  }

  /** Another scenario altogether: its history begins with the one before. */
  protected open(place: Place, push = true) {
    const state = this.store.getState();
    const next = changed(state, { scenario: place.scenario, preset: place.preset }, false);
    this.player.pause();
    this.player.seek(0);
    const plan = planOf(place.scenario);
    this.store.setState({ ...next, plan, selection: null, badInput: null });
    this.#runs.start(plan, true);
    this.#goTo(place.atUs);
    if (push) this.address.push();
  }

  /** The playhead is a person's from now on. */
  protected takeOver() {
    this.#seekTelling = false;
    this.#moved = true;
  }

  #goTo(atUs: number | null) {
    this.#seekTelling = atUs === null;
    this.#moved = atUs !== null;
    if (atUs !== null) this.player.seek(atUs);
    else this.#lookForMoment();
  }

  #lookForMoment() {
    if (!this.#seekTelling || this.player.playing) return;
    const moment = tellingMoment(this.store.getState().run.trace);
    if (moment === null) return;
    this.#seekTelling = false;
    this.player.seek(moment);
  }

  #runChanged() {
    const run = this.#runs.shown;
    if (run === null || this.store === undefined) return;
    // The playhead tells the views that a trace has grown; all else is drawn anew only for what can be read there.
    const progress = `${run.generation} ${run.state} ${run.trace.omitted > 0 ? run.trace.records >> 18 : ''}`;
    this.store.setState({ run, progress });
    this.#lookForMoment();
  }

  #playheadMoved() {
    if (!this.player.playing && this.#moved && this.store.getState().badInput === null) {
      this.address.replaceSoon();
    }
  }

  /** The telling moment that the page finds by itself needs no saying. */
  #momentInAddress(): number | null {
    return this.#moved ? this.momentUs : null;
  }

  protected toast(toast: string) {
    this.store.setState({ toast });
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => this.store.setState({ toast: null }), TOAST_MS);
  }
}

/** The plan of a scenario that is known to hold water. */
function planOf(scenario: ScenarioInput) {
  const validation = validate(scenario);
  if (validation.ok) return validation.plan;
  const fallback = validate(FIRST_PRESET.scenario);
  if (fallback.ok) return fallback.plan;
  throw new Error(`The first preset does not hold: ${problemsLine(fallback.problems)}`);
}
